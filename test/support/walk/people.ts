/** Who walks: people with a temporary password or their own, signed up or invited, with all kinds of factors, and nobody. */
import fc from "fast-check";
import { makeCredential } from "../authenticator.ts";
import type { TestHouse } from "../house.ts";
import { attributeList } from "../people.ts";
import { password } from "../pool.ts";
import type { Ground } from "./grounds.ts";
import type { Person, Second } from "./model.ts";
import { confirmDevice, customTokens, registerAuthenticator, registerPasskey } from "./possessions.ts";

/** What a person is to have, where the ground allows it. */
export interface Traits {
  readonly isThere: boolean;
  readonly comes: "by sign-up" | "with a temporary password" | "with a password";
  readonly hasPhone: boolean;
  readonly hasAuthenticator: boolean;
  readonly switchesOn: "nothing" | "one" | "all";
  readonly hasPasskey: boolean;
  readonly countsPasskey: boolean;
}

/** Any person. */
export const traits: fc.Arbitrary<Traits> = fc.record({
  isThere: fc.integer({ min: 0, max: 11 }).map((number) => number > 0),
  comes: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom("by sign-up", "with a temporary password") },
    { weight: 4, arbitrary: fc.constant("with a password") },
  ),
  hasPhone: fc.boolean(),
  hasAuthenticator: fc.boolean(),
  switchesOn: fc.constantFrom("nothing", "one", "all"),
  hasPasskey: fc.integer({ min: 0, max: 3 }).map((number) => number > 0),
  countsPasskey: fc.boolean(),
});

let made = 0;

/** Makes a person, or nobody of its name. */
export async function makePerson(house: TestHouse, ground: Ground, wanted: Traits): Promise<Person> {
  const address = `walker-${++made}@example.com`;
  const signsUp = wanted.comes === "by sign-up";
  const email = ground.hasPlainNames && !signsUp ? undefined : address;
  const person: Person = {
    name: ground.hasPlainNames ? `walker-${made}` : address,
    password,
    isThere: wanted.isThere,
    isConfirmed: !signsUp,
    isEnabled: true,
    isTemporary: wanted.comes === "with a temporary password",
    mustReset: false,
    email,
    phone: wanted.hasPhone ? `+1555${String(made).padStart(7, "0")}` : undefined,
    totp: undefined,
    seconds: [],
    passkey: undefined,
    countsPasskey: false,
    device: undefined,
    failures: 0,
    lockedUntil: 0,
    signedOutAt: 0,
  };
  if (!person.isThere) return person;
  if (signsUp) await signUp(house, ground, person);
  else await invite(house, ground, person);
  if (wanted.comes === "with a password") await equip(house, ground, person, wanted);
  return person;
}

const contactsOf = ({ email, phone }: Person) => ({ ...(email && { email }), ...(phone && { phone_number: phone }) });

async function signUp({ api }: TestHouse, { ClientId }: Ground, person: Person): Promise<void> {
  const UserAttributes = attributeList(contactsOf(person));
  await api.signUp({ ClientId, Username: person.name, Password: person.password, UserAttributes });
}

async function invite({ api }: TestHouse, { UserPoolId }: Ground, person: Person): Promise<void> {
  const Username = person.name;
  await api.adminCreateUser({
    UserPoolId,
    Username,
    MessageAction: "SUPPRESS",
    TemporaryPassword: person.password,
    UserAttributes: attributeList({
      ...contactsOf(person),
      ...(person.email && { email_verified: "true" }),
      ...(person.phone && { phone_number_verified: "true" }),
    }),
  });
}

/** Gives a person what it is to have. */
async function equip(house: TestHouse, ground: Ground, person: Person, wanted: Traits): Promise<void> {
  const { api, clock } = house;
  const { UserPoolId } = ground;
  await api.adminSetUserPassword({ UserPoolId, Username: person.name, Password: password, Permanent: true });
  const hasAuthenticator = wanted.hasAuthenticator && ground.factors.includes("totp");
  const hasPasskey = wanted.hasPasskey && ground.hasPasskeys;
  if (!hasAuthenticator && !hasPasskey && wanted.switchesOn === "nothing") return;
  const tokens = await customTokens(house, ground, person.name);
  const { AccessToken } = tokens;
  if (tokens.NewDeviceMetadata) person.device = await confirmDevice(house, tokens);
  if (hasAuthenticator) {
    person.totp = await registerAuthenticator(house, AccessToken);
    clock.advance(30_000);
  }
  if (hasPasskey) {
    person.passkey = makeCredential();
    await registerPasskey(house, AccessToken, person.passkey);
  }
  const ready = readySeconds(ground, person);
  const seconds = wanted.switchesOn === "all" ? ready : ready.slice(0, wanted.switchesOn === "one" ? 1 : 0);
  person.countsPasskey = hasPasskey && wanted.countsPasskey;
  await switchOn(house, ground, person, seconds);
}

/** The second factors that a person could switch on. */
export function readySeconds({ factors }: Ground, { email, phone, totp }: Person): Second[] {
  return [
    ...(totp !== undefined && factors.includes("totp") ? ["SOFTWARE_TOKEN_MFA" as const] : []),
    ...(phone !== undefined && factors.includes("sms") ? ["SMS_MFA" as const] : []),
    ...(email !== undefined && factors.includes("email") ? ["EMAIL_OTP" as const] : []),
  ];
}

/** Has these second factors switched on, and no others, as an administrator does it. */
export async function switchOn(
  { api }: TestHouse,
  { UserPoolId }: Ground,
  person: Person,
  seconds: readonly Second[],
): Promise<void> {
  await api.adminSetUserMFAPreference({
    UserPoolId,
    Username: person.name,
    SMSMfaSettings: { Enabled: seconds.includes("SMS_MFA") },
    EmailMfaSettings: { Enabled: seconds.includes("EMAIL_OTP") },
    SoftwareTokenMfaSettings: { Enabled: seconds.includes("SOFTWARE_TOKEN_MFA") },
    WebAuthnMfaSettings: { Enabled: person.countsPasskey },
  });
  person.seconds = seconds;
}

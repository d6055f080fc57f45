/** What a walker answers with: rightly, as a client does it, or wrongly. */
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import { createDeviceVerifier, createSrpSession, signSrpSession, signSrpSessionWithDevice } from "cognito-srp-helper";
import { stepAt } from "../../../src/lib/totp.ts";
import type { TestHouse } from "../house.ts";
import { authenticatorCode } from "../signing-in.ts";
import type { Ground } from "./grounds.ts";
import type { Chain, Given, Person } from "./model.ts";

type SrpSession = ReturnType<typeof createSrpSession>;

/** A question that waits. */
export interface Pending {
  readonly challenge: ChallengeNameType;
  readonly session: string;
  readonly parameters: Record<string, string>;
  readonly offered: readonly string[];
  readonly code: string | undefined;
  readonly srp: SrpSession | undefined;
}

/** An answer that is ready to be sent. */
interface Prepared {
  readonly session: string;
  readonly responses: Record<string, string>;
  readonly gives: readonly Given[];
  /** Whether there is no right and wrong to it: it opens nothing by itself. */
  readonly isOpen: boolean;
  /** Sessions that were spent on the way to it. */
  readonly spentSessions: readonly string[];
  readonly srp?: SrpSession | undefined;
  /** What has become of the person once the answer was taken. */
  settle(): void;
}

const prepared = (session: string, responses: Record<string, string>, more: Partial<Prepared> = {}): Prepared => ({
  session,
  responses,
  gives: [],
  isOpen: false,
  spentSessions: [],
  settle: () => undefined,
  ...more,
});

/** The step of an authenticator that is now. */
export const totpStepOf = ({ clock }: Pick<TestHouse, "clock">): number => stepAt(clock.now());

/** A client's half of an exchange, with a secret that is short: these walks are not about its strength. */
export const srpFor = (name: string, password: string, poolId: string): SrpSession =>
  createSrpSession(name, password, poolId, false);

/** The time as clients write it. */
const timestamp = (now: number): string => {
  const [day = "", date = "", month = "", year = "", time = ""] = new Date(now)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
};

type Answer = (
  house: TestHouse,
  chain: Chain,
  pending: Pending,
  isRight: boolean,
) => Promise<Prepared | undefined> | Prepared | undefined;

const code =
  (name: string, first: Given): Answer =>
  (_house, { given }, pending, isRight) => {
    const wrong = pending.code === "00000000" ? "11111111" : "00000000".slice(0, pending.code?.length ?? 6);
    const isFirst = given.size === 0;
    return prepared(
      pending.session,
      { [name]: isRight ? (pending.code ?? "none") : wrong },
      {
        gives: [isFirst ? "code first" : first],
        isOpen: false,
      },
    );
  };

const answers: Partial<Record<ChallengeNameType, Answer>> = {
  PASSWORD: (_house, { person }, { session }, isRight) =>
    prepared(session, { PASSWORD: isRight ? person.password : "Wr0ng-one!" }, { gives: ["password"] }),
  PASSWORD_SRP: (_house, { person, ground }, { session }, isRight) => {
    const srp = srpFor(person.name, isRight ? person.password : "Wr0ng-one!", ground.UserPoolId);
    return prepared(session, { SRP_A: srp.largeA }, { isOpen: true, srp });
  },
  PASSWORD_VERIFIER: ({ clock }, { person }, { session, parameters, srp }, isRight) => {
    if (!srp) return undefined;
    const timed = { ...srp, timestamp: timestamp(clock.now()), password: isRight ? person.password : "Wr0ng-one!" };
    const signed = signSrpSession(timed, { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters: parameters });
    return prepared(session, claimOf(signed), { gives: ["password"] });
  },
  NEW_PASSWORD_REQUIRED: (_house, { person }, { session }, isRight) => {
    const password = `Brand-new-${session.length}1!`;
    return prepared(
      session,
      { NEW_PASSWORD: isRight ? password : "short" },
      {
        gives: ["new password"],
        settle: () => {
          person.password = password;
          person.isTemporary = false;
        },
      },
    );
  },
  SMS_MFA: code("SMS_MFA_CODE", "second factor"),
  EMAIL_OTP: code("EMAIL_OTP_CODE", "second factor"),
  SMS_OTP: code("SMS_OTP_CODE", "second factor"),
  SOFTWARE_TOKEN_MFA: (house, { person }, { session }, isRight) => {
    if (person.totp === undefined) return undefined;
    const right = authenticatorCode(house, person.totp);
    const SOFTWARE_TOKEN_MFA_CODE = isRight ? right : right === "000000" ? "111111" : "000000";
    return prepared(session, { SOFTWARE_TOKEN_MFA_CODE }, { gives: ["second factor"] });
  },
  SELECT_MFA_TYPE: (_house, _chain, { session, parameters }, isRight) => {
    const [first = ""]: string[] = JSON.parse(parameters["MFAS_CAN_CHOOSE"] ?? "[]");
    return prepared(session, { ANSWER: isRight ? first : "MFA_SETUP" });
  },
  SELECT_CHALLENGE: (_house, _chain, { session, offered }, isRight) =>
    // The choice changes with the session: every one of the offered is walked in time.
    prepared(session, { ANSWER: isRight ? (offered[session.charCodeAt(20) % offered.length] ?? "") : "MFA_SETUP" }),
  MFA_SETUP: (house, chain, pending, isRight) =>
    isRight ? setUp(house, chain, pending) : prepared(pending.session, {}),
  CUSTOM_CHALLENGE: (_house, _chain, { session }, isRight) =>
    prepared(session, { ANSWER: isRight ? "4" : "5" }, { isOpen: true, gives: isRight ? ["custom answer"] : [] }),
  DEVICE_SRP_AUTH: (_house, { person, ground }, { session }, isRight) => {
    if (!person.device) return undefined;
    const srp = srpFor(person.name, "unused", ground.UserPoolId);
    const DEVICE_KEY = isRight ? person.device.key : "us-east-1_00000000-0000-0000-0000-000000000000";
    return prepared(session, { DEVICE_KEY, SRP_A: srp.largeA }, { srp });
  },
  DEVICE_PASSWORD_VERIFIER: ({ clock }, { person }, { session, parameters, srp }, isRight) => {
    if (!srp || !person.device) return undefined;
    const { key, groupKey, password } = person.device;
    const timed = { ...srp, timestamp: timestamp(clock.now()) };
    const signed = signSrpSessionWithDevice(
      timed,
      { ChallengeName: "DEVICE_PASSWORD_VERIFIER", ChallengeParameters: parameters },
      groupKey,
      isRight ? password : "wrong",
    );
    return prepared(session, { ...claimOf(signed), DEVICE_KEY: key }, { gives: ["device"] });
  },
};

const claimOf = (signed: ReturnType<typeof signSrpSession>): Record<string, string> => ({
  PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
  PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
  TIMESTAMP: signed.timestamp,
});

/** Sets up an authenticator with the sessions of the sign-in, as clients do before they answer. */
async function setUp(
  house: TestHouse,
  { person }: Chain,
  { session, parameters }: Pending,
): Promise<Prepared | undefined> {
  if (!parameters["MFAS_CAN_SETUP"]?.includes("SOFTWARE_TOKEN_MFA")) return undefined;
  try {
    const associated = await house.api.associateSoftwareToken({ Session: session });
    const secret = associated.SecretCode ?? "";
    const UserCode = authenticatorCode(house, secret);
    const verified = await house.api.verifySoftwareToken({ Session: associated.Session, UserCode });
    person.totp = secret;
    person.usesSecond = true;
    const spentSessions = [session, associated.Session ?? ""];
    return prepared(verified.Session ?? "", {}, { gives: ["second factor"], spentSessions });
  } catch {
    // Its session may have lapsed, or the person have set one up by another sign-in.
    return undefined;
  }
}

/** Registers the device that a sign-in was given a key for; it is remembered at once. */
async function confirmDevice(
  house: TestHouse,
  AccessToken: string | undefined,
  {
    DeviceKey: key = "",
    DeviceGroupKey: groupKey = "",
  }: { readonly DeviceKey?: string | undefined; readonly DeviceGroupKey?: string | undefined },
): Promise<Person["device"]> {
  const { DeviceRandomPassword: password, DeviceSecretVerifierConfig } = createDeviceVerifier(key, groupKey);
  await house.api.confirmDevice({ AccessToken, DeviceKey: key, DeviceSecretVerifierConfig });
  return { key, groupKey, password };
}

type Deed = "disable" | "enable" | "reset" | "set password" | "use authenticator";

async function administer({ api }: TestHouse, { UserPoolId }: Ground, person: Person, deed: Deed): Promise<void> {
  const user = { UserPoolId, Username: person.name };
  switch (deed) {
    case "disable":
      await api.adminDisableUser(user);
      person.isEnabled = false;
      return;
    case "enable":
      await api.adminEnableUser(user);
      person.isEnabled = true;
      return;
    case "reset":
      // A user whose password is still its administrator's has none to reset.
      await api.adminResetUserPassword(user).then(
        () => {
          person.mustReset = true;
        },
        () => undefined,
      );
      return;
    case "set password":
      person.password = "Set-for-good1!";
      await api.adminSetUserPassword({ ...user, Password: person.password, Permanent: true });
      Object.assign(person, { mustReset: false, isTemporary: false, failures: 0, lockedUntil: 0 });
      return;
    case "use authenticator":
      if (person.totp === undefined) return;
      await api.adminSetUserMFAPreference({ ...user, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
      person.usesSecond = true;
  }
}

export const answerFor = {
  challenge: async (house: TestHouse, chain: Chain, pending: Pending, isRight: boolean) =>
    answers[pending.challenge]?.(house, chain, pending, isRight),
  device: confirmDevice,
  administrator: administer,
};

/** Passkeys in the hands of an authenticator that cheats: what it signs for, with what key, and how. */
import { generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type { WebAuthnConfigurationType } from "@aws-sdk/client-cognito-identity-provider";
import { beforeAll, describe, expect, it } from "vitest";
import {
  assert,
  type Ceremony,
  type Credential,
  coseOfPoint,
  coseOfRsa,
  derOf,
  makeCredential,
  register,
  registrationOf,
  signHigh,
  signPlain,
} from "../support/authenticator.ts";
import { useHouse } from "../support/house.ts";
import { signIn } from "../support/people.ts";
import { makePool, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

const house = useHouse();
let pool: TestPool;

async function passkeyPool(webAuthn: WebAuthnConfigurationType = {}): Promise<TestPool> {
  const made = await makePool(house, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
    client: {
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    },
  });
  await house.api.setUserPoolMfaConfig({
    UserPoolId: made.UserPoolId,
    WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "preferred", ...webAuthn },
  });
  return made;
}

beforeAll(async () => {
  pool = await passkeyPool();
});

let made = 0;

/** A user who is signed in, of the usual pool or another. */
async function newPerson(of = pool) {
  const name = `passkey-${++made}@example.com`;
  await of.createUser(name);
  return { name, AccessToken: await signIn(house, of, name) };
}

/** Begins a registration and gives its challenge. */
async function challengeFor(AccessToken: string): Promise<string> {
  const { CredentialCreationOptions } = await house.api.startWebAuthnRegistration({ AccessToken });
  return JSON.parse(JSON.stringify(CredentialCreationOptions)).challenge;
}

const complete = (AccessToken: string, Credential: ReturnType<typeof register>) =>
  house.api.completeWebAuthnRegistration({ AccessToken, Credential });

/** A user with a registered passkey. */
async function withPasskey(of = pool) {
  const person = await newPerson(of);
  const credential = makeCredential();
  await complete(person.AccessToken, register(credential, { challenge: await challengeFor(person.AccessToken) }));
  return { ...person, credential };
}

/** Begins a sign-in by passkey. */
async function ask(USERNAME: string, { ClientId } = pool) {
  const asked = await house.api.initiateAuth({
    ClientId,
    AuthFlow: "USER_AUTH",
    AuthParameters: { USERNAME, PREFERRED_CHALLENGE: "WEB_AUTHN" },
  });
  const options = JSON.parse(asked.ChallengeParameters?.["CREDENTIAL_REQUEST_OPTIONS"] ?? "{}");
  return { Session: asked.Session, name: asked.ChallengeName, challenge: String(options.challenge) };
}

const answer = (Session: string | undefined, USERNAME: string, credential: object, { ClientId } = pool) =>
  house.api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "WEB_AUTHN",
    Session,
    ChallengeResponses: { USERNAME, CREDENTIAL: JSON.stringify(credential) },
  });

/** Signs in with what a test wants to be different. */
async function signInWith(
  { name, credential }: { readonly name: string; readonly credential: Credential },
  changes: Partial<Ceremony> = {},
  { sign, of = pool }: { readonly sign?: (data: Buffer, key: KeyObject) => Buffer; readonly of?: TestPool } = {},
) {
  const { Session, challenge } = await ask(name, of);
  return answer(Session, name, assert(credential, { challenge, ...changes }, sign), of);
}

const wrong = { name: "NotAuthorizedException", message: "Incorrect username or password." };

describe("signing in by a passkey", () => {
  it("works from the relying party's own origins", async () => {
    const owner = await withPasskey();
    for (const origin of ["https://example.com", "https://login.example.com", "https://example.com:8443"]) {
      expect((await signInWith(owner, { origin })).AuthenticationResult?.AccessToken, origin).toBeTruthy();
    }
  });

  const refused: readonly (readonly [id: string, what: string, changes: Partial<Ceremony>])[] = [
    ["WAN-01", "from another origin", { origin: "https://evil.example" }],
    ["WAN-01", "in the clear", { origin: "http://example.com" }],
    ["WAN-01", "from a host that ends like it", { origin: "https://evil-example.com" }],
    ["WAN-01", "from a host that begins like it", { origin: "https://example.com.evil.example" }],
    ["WAN-01", "from a look-alike", { origin: "https://xn--exmple-cua.com" }],
    ["WAN-01", "from a look-alike that is written out", { origin: "https://exämple.com" }],
    ["WAN-01", "from an origin with a path", { origin: "https://example.com/" }],
    ["WAN-01", "from an app of unknown make", { origin: "android:apk-key-hash:abc" }],
    ["WAN-01", "from nowhere", { origin: "null" }],
    ["WAN-01", "in another's frame", { clientData: { crossOrigin: true } }],
    ["WAN-01", "below another's page", { clientData: { topOrigin: "https://evil.example" } }],
    ["WAN-02", "for another relying party", { rpId: "evil.example" }],
    ["WAN-02", "for a relying party that ends like it", { rpId: "evil-example.com" }],
    ["WAN-02", "for a relying party that begins like it", { rpId: "example.com.evil.example" }],
    ["WAN-02", "for a host below it", { rpId: "login.example.com" }],
    ["WAN-03", "for a registration", { clientData: { type: "webauthn.create" } }],
    ["WAN-03", "for a challenge of nobody's", { challenge: randomBytes(32).toString("base64url") }],
    ["WAN-03", "for no challenge", { challenge: "" }],
    ["WAN-04", "without anybody there", { isPresent: false }],
  ];

  it.each(refused)("%s: is refused %s", async (_id, _what, changes) => {
    const owner = await withPasskey();
    expect(await refusalOf(signInWith(owner, changes))).toEqual(wrong);
  });

  it.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a list", "[]"],
    ["no response", '{"id":"x"}'],
    ["client data that is none", '{"id":"x","response":{"clientDataJSON":"AAAA"}}'],
    ["an id of a megabyte", JSON.stringify({ id: "A".repeat(1_000_000), response: {} })],
  ])("is refused with %s for a credential", async (_what, CREDENTIAL) => {
    const { name } = await withPasskey();
    const { Session } = await ask(name);
    const call = house.api.respondToAuthChallenge({
      ClientId: pool.ClientId,
      ChallengeName: "WEB_AUTHN",
      Session,
      ChallengeResponses: { USERNAME: name, CREDENTIAL },
    });
    expect([
      "NotAuthorizedException",
      "InvalidParameterException",
      "SerializationException",
      "RequestEntityTooLargeException",
    ]).toContain((await refusalOf(call)).name);
  });

  it("PWD-07: works while wrong passwords have locked its user: nobody is kept out by guesses of others", async () => {
    const owner = await withPasskey();
    for (let tries = 0; tries < 6; tries++) await refusalOf(signIn(house, pool, owner.name, "Wr0ng-one!"));
    expect((await refusalOf(signIn(house, pool, owner.name))).message).toBe("Password attempts exceeded");
    expect((await signInWith(owner)).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("WAN-03: is worth one sign-in, that for which it was signed, and only in time", async () => {
    const owner = await withPasskey();
    const other = await withPasskey();
    const [first, second] = [await ask(owner.name), await ask(owner.name)];
    const signed = assert(owner.credential, { challenge: first.challenge });
    expect(await refusalOf(answer(second.Session, owner.name, signed))).toEqual(wrong);
    const foreign = await ask(other.name);
    const stolen = assert(owner.credential, { challenge: foreign.challenge });
    expect(await refusalOf(answer(foreign.Session, other.name, stolen))).toEqual(wrong);
    expect((await answer(first.Session, owner.name, signed)).AuthenticationResult).toBeTruthy();
    expect((await refusalOf(answer(first.Session, owner.name, signed))).message).toBe(
      "Invalid session for the user, session can only be used once.",
    );
    const late = await ask(owner.name);
    house.clock.advance(3 * 60 * 1000);
    const tooLate = answer(late.Session, owner.name, assert(owner.credential, { challenge: late.challenge }));
    expect((await refusalOf(tooLate)).message).toBe("Invalid session for the user, session is expired.");
  });

  it("WAN-03: is not the answer to a registration, nor the other way round", async () => {
    const owner = await withPasskey();
    const registering = await challengeFor(owner.AccessToken);
    expect(await refusalOf(signInWith(owner, { challenge: registering }))).toEqual(wrong);
    const { challenge } = await ask(owner.name);
    expect((await refusalOf(complete(owner.AccessToken, register(makeCredential(), { challenge })))).name).toBe(
      "WebAuthnChallengeNotFoundException",
    );
  });

  it("is refused where its counter stands still or runs back: it may have been copied", async () => {
    const owner = await withPasskey();
    await signInWith(owner, { counter: 5 });
    expect(await refusalOf(signInWith(owner, { counter: 5 }))).toEqual(wrong);
    expect(await refusalOf(signInWith(owner, { counter: 4 }))).toEqual(wrong);
    expect((await signInWith(owner, { counter: 6 })).AuthenticationResult).toBeTruthy();
  });

  it("WAN-04: needs its holder verified where the pool says so, at registration and at sign-in", async () => {
    const of = await passkeyPool({ UserVerification: "required" });
    const person = await newPerson(of);
    const credential = makeCredential();
    const challenge = await challengeFor(person.AccessToken);
    const unverified = complete(person.AccessToken, register(credential, { challenge, isVerified: false }));
    expect((await refusalOf(unverified)).name).toBe("WebAuthnCredentialNotSupportedException");
    await complete(person.AccessToken, register(credential, { challenge: await challengeFor(person.AccessToken) }));
    const owner = { ...person, credential };
    expect(await refusalOf(signInWith(owner, { isVerified: false }, { of }))).toEqual(wrong);
    expect((await signInWith(owner, {}, { of })).AuthenticationResult).toBeTruthy();
  });

  it("WAN-04: stands for a second factor only with its holder verified", async () => {
    const of = await passkeyPool({ FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION" });
    await house.api.setUserPoolMfaConfig({
      UserPoolId: of.UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } },
      WebAuthnConfiguration: {
        RelyingPartyId: "example.com",
        UserVerification: "preferred",
        FactorConfiguration: "MULTI_FACTOR_WITH_USER_VERIFICATION",
      },
    });
    const owner = await withPasskey(of);
    const { UserPoolId } = of;
    await house.api.adminUpdateUserAttributes({
      UserPoolId,
      Username: owner.name,
      UserAttributes: [
        { Name: "phone_number", Value: "+15555550100" },
        { Name: "phone_number_verified", Value: "true" },
      ],
    });
    await house.api.adminSetUserMFAPreference({
      UserPoolId,
      Username: owner.name,
      SMSMfaSettings: { Enabled: true },
      WebAuthnMfaSettings: { Enabled: true },
    });
    expect((await signInWith(owner, { isVerified: false }, { of })).ChallengeName).toBe("SMS_MFA");
    expect((await signInWith(owner, {}, { of })).AuthenticationResult).toBeTruthy();
  });

  it.each([
    ["two numbers that are not DER", signPlain, false],
    ["the greater second number, which is as right", signHigh, true],
    ["zero for the first number", () => derOf(0n, 1n), false],
    ["zero for the second number", () => derOf(1n, 0n), false],
    ["zero for both", () => derOf(0n, 0n), false],
    ["nothing", () => Buffer.alloc(0), false],
    ["a key of its own", (data: Buffer) => signWithOther(data), false],
  ] as const)("WAN-10: with a signature of %s", async (_what, sign, isRight) => {
    const owner = await withPasskey();
    const outcome = signInWith(owner, {}, { sign });
    if (isRight) return expect((await outcome).AuthenticationResult).toBeTruthy();
    expect(await refusalOf(outcome)).toEqual(wrong);
  });
});

const signWithOther = (data: Buffer): Buffer =>
  signHigh(data, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);

describe("registering a passkey", () => {
  it.each([
    ["WAN-01", "from another origin", { origin: "https://evil.example" }, "WebAuthnOriginNotAllowedException"],
    ["WAN-01", "in the clear", { origin: "http://example.com" }, "WebAuthnOriginNotAllowedException"],
    [
      "WAN-01",
      "from a host that ends like it",
      { origin: "https://evil-example.com" },
      "WebAuthnOriginNotAllowedException",
    ],
    ["WAN-02", "for another relying party", { rpId: "evil.example" }, "WebAuthnRelyingPartyMismatchException"],
    [
      "WAN-02",
      "for one that begins like it",
      { rpId: "example.com.evil.example" },
      "WebAuthnRelyingPartyMismatchException",
    ],
    ["WAN-03", "for another challenge", { challenge: "AAAA" }, "WebAuthnChallengeNotFoundException"],
    ["WAN-03", "for a sign-in", { clientData: { type: "webauthn.get" } }, "WebAuthnCredentialNotSupportedException"],
    ["WAN-04", "without anybody there", { isPresent: false }, "WebAuthnCredentialNotSupportedException"],
    ["WAN-01", "in another's frame", { clientData: { crossOrigin: true } }, "WebAuthnCredentialNotSupportedException"],
  ] as const)("%s: is refused %s", async (_id, _what, changes, name) => {
    const { AccessToken } = await newPerson();
    const challenge = await challengeFor(AccessToken);
    expect((await refusalOf(complete(AccessToken, register(makeCredential(), { challenge, ...changes })))).name).toBe(
      name,
    );
    expect((await house.api.listWebAuthnCredentials({ AccessToken })).Credentials).toEqual([]);
  });

  const keys: readonly (readonly [what: string, publicKey: () => Buffer])[] = [
    ["an algorithm that was not offered, RS1", () => coseOfRsa(2048, -65_535).publicKey],
    ["an algorithm that was not offered, PS256", () => coseOfRsa(2048, -37).publicKey],
    ["an elliptic curve under the name of RSA", () => coseOfPoint(randomBytes(32), randomBytes(32), -257)],
    ["a point that is not on the curve", () => coseOfPoint(randomBytes(32), randomBytes(32))],
    ["a number that is too short", () => coseOfPoint(randomBytes(31), randomBytes(32))],
    ["an RSA key of 512 bits", () => coseOfRsa(512).publicKey],
    ["an RSA key of 1024 bits", () => coseOfRsa(1024).publicKey],
    ["an RSA key under the name of a curve", () => coseOfRsa(2048, -7).publicKey],
    ["a map that ends too early", () => makeCredential().publicKey.subarray(0, 20)],
    ["nothing", () => Buffer.alloc(0)],
    ["a thousand lists in each other", () => Buffer.alloc(1_000, 0x81)],
    ["a map without end", () => Buffer.concat([Buffer.of(0xbf), Buffer.alloc(64, 0x01)])],
  ];

  it.each(keys)("WAN-08: is refused with %s for a key", async (_what, publicKey) => {
    const { AccessToken } = await newPerson();
    const challenge = await challengeFor(AccessToken);
    const call = complete(AccessToken, register({ id: randomBytes(32), publicKey: publicKey() }, { challenge }));
    expect((await refusalOf(call)).name).toBe("WebAuthnCredentialNotSupportedException");
  });

  it.each([
    [
      "bytes after the key",
      (credential: Credential, challenge: string) => register(credential, { challenge }, Buffer.alloc(8, 1)),
    ],
    [
      "an id that is longer than one can be",
      (credential: Credential, challenge: string) => register({ ...credential, id: randomBytes(2_000) }, { challenge }),
    ],
    ["no CBOR", ({ id }: Credential, challenge: string) => registrationOf(id, Buffer.from("hello"), { challenge })],
    [
      "lists in each other without end",
      ({ id }: Credential, challenge: string) => registrationOf(id, Buffer.alloc(10_000, 0x81), { challenge }),
    ],
    [
      "an empty attestation",
      ({ id }: Credential, challenge: string) => registrationOf(id, Buffer.alloc(0), { challenge }),
    ],
  ])("WAN-08: is refused with %s", async (_what, make) => {
    const { AccessToken } = await newPerson();
    const call = complete(AccessToken, make(makeCredential(), await challengeFor(AccessToken)));
    expect((await refusalOf(call)).name).toBe("WebAuthnCredentialNotSupportedException");
  });

  it("WAN-08: takes an RSA key that is long enough, and signs in with it", async () => {
    const person = await newPerson();
    const credential = { id: randomBytes(32), ...coseOfRsa(2048) };
    await complete(person.AccessToken, register(credential, { challenge: await challengeFor(person.AccessToken) }));
    expect((await signInWith({ ...person, credential })).AuthenticationResult).toBeTruthy();
  });

  it("WAN-09: needs the user's own token, the client that began it, and is done once and in time", async () => {
    const person = await newPerson();
    const { AccessToken } = person;
    expect((await refusalOf(house.api.startWebAuthnRegistration({ AccessToken: "none" }))).name).toBe(
      "NotAuthorizedException",
    );
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "other",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    const elsewhere = await signIn(house, { ...pool, ClientId: UserPoolClient?.ClientId ?? "" }, person.name);
    const begun = register(makeCredential(), { challenge: await challengeFor(AccessToken) });
    expect((await refusalOf(complete(elsewhere, begun))).name).toBe("WebAuthnClientMismatchException");
    const stranger = await newPerson();
    const own = register(makeCredential(), { challenge: await challengeFor(AccessToken) });
    expect((await refusalOf(complete(stranger.AccessToken, own))).name).toBe("WebAuthnChallengeNotFoundException");
    await complete(AccessToken, own);
    expect((await refusalOf(complete(AccessToken, own))).name).toBe("WebAuthnChallengeNotFoundException");
    const late = register(makeCredential(), { challenge: await challengeFor(AccessToken) });
    house.clock.advance(5 * 60 * 1000);
    expect((await refusalOf(complete(AccessToken, late))).name).toBe("WebAuthnChallengeNotFoundException");
  });

  it("takes no passkey that somebody has registered", async () => {
    const owner = await withPasskey();
    const thief = await newPerson();
    const challenge = await challengeFor(thief.AccessToken);
    expect((await refusalOf(complete(thief.AccessToken, register(owner.credential, { challenge })))).name).toBe(
      "WebAuthnCredentialNotSupportedException",
    );
    expect((await signInWith(owner)).AuthenticationResult).toBeTruthy();
  });
});

describe("deleting a passkey", () => {
  it("WAN-06: is for its owner alone", async () => {
    const owner = await withPasskey();
    const thief = await newPerson();
    const CredentialId = owner.credential.id.toString("base64url");
    const remove = (AccessToken: string) => house.api.deleteWebAuthnCredential({ AccessToken, CredentialId });
    expect((await refusalOf(remove(thief.AccessToken))).name).toBe("ResourceNotFoundException");
    expect((await signInWith(owner)).AuthenticationResult).toBeTruthy();
    await remove(owner.AccessToken);
    expect((await refusalOf(remove(owner.AccessToken))).name).toBe("ResourceNotFoundException");
    expect((await ask(owner.name)).name).toBe("SELECT_CHALLENGE");
  });
});

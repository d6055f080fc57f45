/** Pairs of requests whose time must tell nothing: of somebody and of nobody, and of a secret that is nearly right. */
import { createHmac, randomBytes } from "node:crypto";
import type { Kind } from "./timing.ts";

/** What the requests are about. Users come often enough that no limit is met. */
export interface TimedPool {
  readonly url: string;
  /** A client without a secret that hides its users and takes every flow, of a pool that takes codes by mail. */
  readonly ClientId: string;
  readonly guarded: { readonly ClientId: string; readonly secret: string };
  /** A confirmed user with a verified address. */
  confirmed(index: number): string;
  unconfirmed(index: number): string;
  /** A name that nobody has; the same comes as often as those of users do. */
  nobody(index: number): string;
}

/** A pair, and whether a password is hashed for it, which takes long. */
export interface TimedPair {
  readonly name: string;
  readonly isSlow: boolean;
  readonly kinds: readonly [Kind, Kind];
}

async function call(url: string, operation: string, request: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(request),
  });
  return JSON.parse(await answer.text());
}

/** A client's public value: what it is does not matter, for nobody proves anything with it. */
const publicValue = "4".repeat(768);

/** The pairs of security cases SRP-10, PWD-01, COD-04, COD-07, MFA-18 and CLI-04. */
export function timedPairs(pool: TimedPool): TimedPair[] {
  const { url, ClientId, guarded, nobody } = pool;
  const initiate = (AuthFlow: string, AuthParameters: object, client = ClientId) =>
    call(url, "InitiateAuth", { ClientId: client, AuthFlow, AuthParameters });
  const ofNames = (
    name: string,
    send: (username: string) => Promise<unknown>,
    { isSlow = false, exists = pool.confirmed } = {},
  ): TimedPair => ({
    name,
    isSlow,
    kinds: [(index) => () => send(exists(index)), (index) => () => send(nobody(index))],
  });
  const proof =
    (nameOf: (index: number) => string): Kind =>
    async (index) => {
      const asked = await initiate("USER_SRP_AUTH", { USERNAME: nameOf(index), SRP_A: publicValue });
      const parameters: Record<string, string> = JSON.parse(JSON.stringify(asked["ChallengeParameters"] ?? {}));
      const ChallengeResponses = {
        USERNAME: parameters["USERNAME"],
        PASSWORD_CLAIM_SECRET_BLOCK: parameters["SECRET_BLOCK"],
        PASSWORD_CLAIM_SIGNATURE: randomBytes(32).toString("base64"),
        TIMESTAMP: "Tue Apr 2 03:04:05 UTC 2024",
      };
      const { Session } = asked;
      const request = { ClientId, ChallengeName: "PASSWORD_VERIFIER", Session, ChallengeResponses };
      return () => call(url, "RespondToAuthChallenge", request);
    };
  const right = createHmac("sha256", guarded.secret)
    .update(`${nobody(0)}${guarded.ClientId}`)
    .digest();
  const hash = (change: (bytes: Buffer) => void): Kind => {
    const bytes = Buffer.from(right);
    change(bytes);
    const SECRET_HASH = bytes.toString("base64");
    return () => () =>
      initiate("USER_PASSWORD_AUTH", { USERNAME: nobody(0), PASSWORD: "x", SECRET_HASH }, guarded.ClientId);
  };
  return [
    ofNames("SRP-10: the question of an SRP sign-in", (USERNAME) =>
      initiate("USER_SRP_AUTH", { USERNAME, SRP_A: publicValue }),
    ),
    { name: "SRP-10: the refusal of a wrong proof", isSlow: false, kinds: [proof(pool.confirmed), proof(nobody)] },
    ofNames(
      "PWD-01: the refusal of a wrong password",
      (USERNAME) => initiate("USER_PASSWORD_AUTH", { USERNAME, PASSWORD: "Wr0ng-one!" }),
      { isSlow: true },
    ),
    ofNames("COD-04: a request for a forgotten password", (Username) =>
      call(url, "ForgotPassword", { ClientId, Username }),
    ),
    ofNames("COD-04: the refusal of a code for one", (Username) =>
      call(url, "ConfirmForgotPassword", { ClientId, Username, ConfirmationCode: "000000", Password: "Brand-new1!" }),
    ),
    ofNames(
      "COD-07: a request for another sign-up code",
      (Username) => call(url, "ResendConfirmationCode", { ClientId, Username }),
      { exists: pool.unconfirmed },
    ),
    ofNames("MFA-18: a request for a code in place of a password", (USERNAME) =>
      initiate("USER_AUTH", { USERNAME, PREFERRED_CHALLENGE: "EMAIL_OTP" }),
    ),
    {
      name: "CLI-04: a secret hash that is wrong at its first byte, and one that is wrong at its last",
      isSlow: false,
      kinds: [
        hash((bytes) => bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0)),
        hash((bytes) => bytes.writeUInt8(bytes.readUInt8(31) ^ 1, 31)),
      ],
    },
  ];
}

/** What a client does to sign in, by the SDK: SRP by a published implementation, codes of an authenticator. */
import type {
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandInput,
  RespondToAuthChallengeCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { createSrpSession, signSrpSession, signSrpSessionWithDevice } from "cognito-srp-helper";
import { codeAt, stepAt } from "../../src/lib/totp.ts";
import type { TestHouse } from "./house.ts";

/** An answer of either call. */
export type Step = InitiateAuthCommandOutput | RespondToAuthChallengeCommandOutput;

/** A client that signs in. */
export interface SigningIn {
  readonly ClientId: string;
  readonly UserPoolId: string;
}

/** Signs in by SRP up to the proof, as `username` with `password`. */
export async function signInBySrp(
  { api }: Pick<TestHouse, "api">,
  { ClientId, UserPoolId }: SigningIn,
  {
    username,
    password,
    parameters = {},
  }: { readonly username: string; readonly password: string; readonly parameters?: Record<string, string> },
): Promise<Step> {
  const session = createSrpSession(username, password, UserPoolId, false);
  const asked = await api.initiateAuth({
    ClientId,
    AuthFlow: "USER_SRP_AUTH",
    AuthParameters: { USERNAME: username, SRP_A: session.largeA, ...parameters },
  });
  if (asked.ChallengeName !== "PASSWORD_VERIFIER") return asked;
  return api.respondToAuthChallenge(proofOf(session, ClientId, asked, parameters));
}

/** The answer to a question by SRP. */
export function proofOf(
  session: ReturnType<typeof createSrpSession>,
  ClientId: string,
  { ChallengeParameters = {}, Session }: Step,
  parameters: Record<string, string> = {},
): RespondToAuthChallengeCommandInput {
  const signed = signSrpSession(session, { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters });
  return {
    ClientId,
    ChallengeName: "PASSWORD_VERIFIER",
    Session,
    ChallengeResponses: {
      USERNAME: ChallengeParameters["USER_ID_FOR_SRP"] ?? "",
      PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
      PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
      TIMESTAMP: signed.timestamp,
      ...parameters,
    },
  };
}

/** The answer to a question by SRP that a remembered device is asked. */
export function deviceProofOf(
  session: ReturnType<typeof createSrpSession>,
  { ChallengeParameters = {} }: { readonly ChallengeParameters?: Record<string, string> | undefined },
  { key, groupKey, password }: { readonly key: string; readonly groupKey: string; readonly password: string },
): Record<string, string> {
  const challenge = { ChallengeName: "DEVICE_PASSWORD_VERIFIER", ChallengeParameters } as const;
  const signed = signSrpSessionWithDevice(session, challenge, groupKey, password);
  return {
    DEVICE_KEY: key,
    PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
    PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
    TIMESTAMP: signed.timestamp,
  };
}

export { createSrpSession };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code that an authenticator with this secret shows, `later` steps from now. */
export function authenticatorCode({ clock }: { readonly clock: { now(): number } }, secret: string, later = 0): string {
  const bits = [...secret].map((character) => alphabet.indexOf(character).toString(2).padStart(5, "0")).join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2));
  return codeAt(Buffer.from(bytes), stepAt(clock.now()) + later);
}

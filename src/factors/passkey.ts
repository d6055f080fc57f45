/**
 * Passkeys: registering one and proving it. Signatures, attestation and CBOR are read by an established library, loaded
 * when the first passkey is used; which origin, challenge and relying party are right is decided here.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { minute } from "../lib/clock.ts";
import type { Pool } from "../pools/pool.ts";
import { isUsableKey } from "./passkey-key.ts";
import { isAllowedOrigin, relyingPartyOf } from "./relying-party.ts";
import { listPasskeys } from "./store.ts";

/** What is shown of a passkey. */
export interface PasskeyDetails {
  readonly friendlyName: string;
  readonly relyingPartyId: string;
  readonly transports: readonly string[];
  readonly attachment?: "platform" | "cross-platform" | undefined;
}

/** A registered passkey. */
export interface Passkey {
  readonly poolId: string;
  /** Base64url. */
  readonly id: string;
  readonly sub: string;
  /** Base64url of the COSE key. */
  readonly publicKey: string;
  readonly counter: number;
  readonly details: PasskeyDetails;
  readonly createdAt: number;
}

/** A registration that waits for its answer. */
export interface PasskeyRegistration {
  readonly poolId: string;
  readonly sub: string;
  readonly clientId: string;
  readonly challenge: string;
  readonly relyingPartyId: string;
  readonly expiresAt: number;
}

/** Source: Cognito developer guide, quotas: passkeys of a user. */
export const passkeyLimit = 20;

/** Unconfirmed: how long a registration waits. */
export const registrationLifetime = 5 * minute;

const challengeBytes = 32;
const timeoutMilliseconds = 60_000;

/** ES256 and RS256. Source: IANA COSE algorithms. */
const algorithms = [-7, -257] as const;

/** A new challenge, base64url. */
export const newChallenge = (app: Pick<App, "random">): string =>
  app.random.bytes(challengeBytes).toString("base64url");

const userVerificationOf = (pool: Pool) => pool.settings.mfa?.webAuthn?.UserVerification ?? "preferred";

/** Refuses where passkeys are not a first factor of the pool. @throws WebAuthnNotEnabledException. Text unconfirmed. */
export function checkPasskeysEnabled(pool: Pool): void {
  if (pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes("WEB_AUTHN")) return;
  throw new ApiError("WebAuthnNotEnabledException", "WebAuthn is not enabled for the user pool");
}

/** The options with which a browser makes a passkey. Source: Cognito API reference, StartWebAuthnRegistration. */
export const creationOptions = (
  pool: Pool,
  user: { readonly sub: string; readonly username: string },
  registration: PasskeyRegistration,
  known: readonly Passkey[],
) => ({
  rp: { id: registration.relyingPartyId, name: registration.relyingPartyId },
  user: { id: Buffer.from(user.sub).toString("base64url"), name: user.username, displayName: user.username },
  challenge: registration.challenge,
  pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
  timeout: timeoutMilliseconds,
  excludeCredentials: known.map(({ id }) => ({ id, type: "public-key" })),
  authenticatorSelection: {
    requireResidentKey: true,
    residentKey: "required",
    userVerification: userVerificationOf(pool),
  },
});

/** The options with which a browser proves one of a user's passkeys. */
const requestOptions = (pool: Pool, relyingPartyId: string, challenge: string, known: readonly Passkey[]) => ({
  challenge,
  rpId: relyingPartyId,
  timeout: timeoutMilliseconds,
  allowCredentials: known.map(({ id, details }) => ({ id, type: "public-key", transports: [...details.transports] })),
  userVerification: userVerificationOf(pool),
});

/** The options for a challenge that waits, with the passkeys that the user has now. */
export async function requestOptionsOf(
  app: Pick<App, "db" | "settings">,
  pool: Pool,
  user: { readonly poolId: string; readonly sub: string } | undefined,
  challenge: string,
) {
  const known = user ? await listPasskeys(app.db, user, { after: "", limit: passkeyLimit }) : [];
  return requestOptions(pool, await relyingPartyOf(app, pool), challenge, known);
}

interface ClientData {
  readonly type: string;
  readonly challenge: string;
  readonly origin: string;
}

/** What a browser says it signed for, or undefined for what no browser says. Source: Web Authentication section 5.8.1. */
function readClientData(credential: unknown): ClientData | undefined {
  if (!isRecord(credential) || !isRecord(credential["response"])) return undefined;
  const encoded = credential["response"]["clientDataJSON"];
  if (typeof encoded !== "string" || encoded.length > longestClientData) return undefined;
  try {
    const data: unknown = JSON.parse(Buffer.from(encoded, "base64url").toString());
    if (!isRecord(data)) return undefined;
    const { type, challenge, origin, crossOrigin, topOrigin } = data;
    // A page within another's frame signs for somebody who cannot see where it is.
    if (crossOrigin === true || topOrigin !== undefined) return undefined;
    if (typeof type !== "string" || typeof challenge !== "string" || typeof origin !== "string") return undefined;
    return { type, challenge, origin };
  } catch {
    // What cannot be read is refused by who asked.
    return undefined;
  }
}

const longestClientData = 4096;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Which passkey a browser has chosen, and whose it says it is, both base64url; empty where it says nothing. */
export function readDiscovered(credential: unknown): { readonly id: string; readonly userHandle: string } {
  const response = isRecord(credential) ? credential["response"] : undefined;
  const textOf = (value: unknown): string =>
    typeof value === "string" && value.length <= longestClientData ? value : "";
  return {
    id: textOf(isRecord(credential) ? credential["id"] : undefined),
    userHandle: textOf(isRecord(response) ? response["userHandle"] : undefined),
  };
}

/** What registering found out. */
export type Registered = Pick<Passkey, "id" | "publicKey" | "counter" | "details">;

/**
 * Checks the answer to a registration. @throws WebAuthnOriginNotAllowedException, WebAuthnRelyingPartyMismatchException,
 * WebAuthnChallengeNotFoundException, WebAuthnCredentialNotSupportedException. Texts unconfirmed.
 */
export async function checkRegistration(
  pool: Pool,
  registration: PasskeyRegistration,
  credential: unknown,
): Promise<Registered> {
  const { relyingPartyId, challenge } = registration;
  const data = readClientData(credential);
  if (data?.type !== "webauthn.create") throw unsupported();
  if (data.challenge !== challenge) throw noChallenge();
  if (!isAllowedOrigin(data.origin, relyingPartyId)) {
    throw new ApiError("WebAuthnOriginNotAllowedException", "The origin of the credential is not allowed");
  }
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const outcome = await verifyRegistrationResponse({
    response: credential as Parameters<typeof verifyRegistrationResponse>[0]["response"],
    expectedChallenge: challenge,
    expectedOrigin: data.origin,
    expectedRPID: relyingPartyId,
    requireUserVerification: userVerificationOf(pool) === "required",
    supportedAlgorithmIDs: [...algorithms],
  }).catch((error: unknown) => {
    throw mismatchOr(error, unsupported());
  });
  if (!outcome.verified) throw unsupported();
  const { credential: made, aaguid } = outcome.registrationInfo;
  const isSane = made.id.length <= longestId && (await isUsableKey(made.publicKey));
  if (!isSane) throw unsupported();
  const attachment = isRecord(credential) ? credential["authenticatorAttachment"] : undefined;
  const isPlatform = attachment === "platform";
  return {
    id: made.id,
    publicKey: Buffer.from(made.publicKey).toString("base64url"),
    counter: made.counter,
    details: {
      friendlyName: friendlyNames[aaguid] ?? (isPlatform ? "Platform passkey" : "Roaming passkey"),
      relyingPartyId,
      transports: made.transports ?? [],
      attachment: isPlatform ? "platform" : attachment === "cross-platform" ? "cross-platform" : undefined,
    },
  };
}

/** Source: Web Authentication Level 3 section 4: an id is of 1023 bytes at most; here in Base64url. */
const longestId = 1364;

/** Names of makers that most people know. Source: the community's list of passkey provider AAGUIDs. */
const friendlyNames: Readonly<Record<string, string>> = {
  "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4": "Google Password Manager",
  "fbfc3007-154e-4ecc-8c0b-6e020557d7bd": "iCloud Keychain",
  "08987058-cadc-4b81-b6e1-30de50dcbe96": "Windows Hello",
  "bada5566-a7aa-401f-bd96-45619a55120d": "1Password",
  "d548826e-79b4-db40-a3d8-11116f7e8349": "Bitwarden",
};

const unsupported = (): ApiError =>
  new ApiError("WebAuthnCredentialNotSupportedException", "The credential is not supported");

/** A registration that nobody began, that was completed already, or that waited too long. */
export const noChallenge = (): ApiError =>
  new ApiError("WebAuthnChallengeNotFoundException", "The challenge for the registration was not found or has expired");

/** The library says in words that the relying party is another. */
function mismatchOr(error: unknown, other: ApiError): ApiError {
  if (!(error instanceof Error) || !/RP ID/i.test(error.message)) return other;
  return new ApiError("WebAuthnRelyingPartyMismatchException", "The relying party of the credential does not match");
}

/** What a proved passkey tells. */
export interface Proved {
  readonly passkey: Passkey;
  readonly counter: number;
  readonly isUserVerified: boolean;
}

/** Checks the answer to a sign-in. Undefined for anything but a right signature of a known passkey. */
export async function checkAssertion(
  app: Pick<App, "db" | "settings">,
  pool: Pool,
  known: readonly Passkey[],
  { challenge, credential }: { readonly challenge: string; readonly credential: unknown },
): Promise<Proved | undefined> {
  const relyingPartyId = await relyingPartyOf(app, pool);
  const data = readClientData(credential);
  const passkey = isRecord(credential) ? known.find(({ id }) => id === credential["id"]) : undefined;
  if (!data || !passkey || data.type !== "webauthn.get" || data.challenge !== challenge) return undefined;
  if (!isAllowedOrigin(data.origin, relyingPartyId)) return undefined;
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const outcome = await verifyAuthenticationResponse({
    response: credential as Parameters<typeof verifyAuthenticationResponse>[0]["response"],
    expectedChallenge: challenge,
    expectedOrigin: data.origin,
    expectedRPID: relyingPartyId,
    requireUserVerification: userVerificationOf(pool) === "required",
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
      counter: passkey.counter,
    },
    // Whatever the library objects to, the passkey was not proved.
  }).catch(() => undefined);
  if (!outcome?.verified) return undefined;
  const { newCounter, userVerified } = outcome.authenticationInfo;
  return { passkey, counter: newCounter, isUserVerified: userVerified };
}

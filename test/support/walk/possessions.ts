/** What people get by an access token: an authenticator, a passkey, a remembered device. */
import type { Credential } from "../authenticator.ts";
import { register } from "../authenticator.ts";
import type { TestHouse } from "../house.ts";
import type { TestPool } from "../pool.ts";
import { authenticatorCode } from "../signing-in.ts";
import type { Person } from "./model.ts";
import { verifierOf } from "./srp-client.ts";

/** What a sign-in ends with. */
export interface Tokens {
  readonly AccessToken?: string | undefined;
  readonly RefreshToken?: string | undefined;
  readonly NewDeviceMetadata?:
    | { readonly DeviceKey?: string | undefined; readonly DeviceGroupKey?: string | undefined }
    | undefined;
}

/** Signs in by the pool's functions alone, which ask for nothing else. */
export async function customTokens({ api }: TestHouse, { ClientId }: TestPool, USERNAME: string): Promise<Tokens> {
  const asked = await api.initiateAuth({ ClientId, AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME } });
  const answer = await api.respondToAuthChallenge({
    ClientId,
    ChallengeName: "CUSTOM_CHALLENGE",
    Session: asked.Session,
    ChallengeResponses: { USERNAME, ANSWER: "4" },
  });
  return answer.AuthenticationResult ?? {};
}

/** Registers an authenticator and gives its secret. The code of now is spent. */
export async function registerAuthenticator(house: TestHouse, AccessToken: string | undefined): Promise<string> {
  const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
  await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode) });
  return SecretCode;
}

/** Registers a passkey. */
export async function registerPasskey(
  { api }: TestHouse,
  AccessToken: string | undefined,
  credential: Credential,
): Promise<void> {
  const { CredentialCreationOptions } = await api.startWebAuthnRegistration({ AccessToken });
  const { challenge } = JSON.parse(JSON.stringify(CredentialCreationOptions));
  await api.completeWebAuthnRegistration({ AccessToken, Credential: register(credential, { challenge }) });
}

/** Registers the device that a sign-in was given a key for; it is remembered at once. */
export async function confirmDevice(
  { api, app }: TestHouse,
  { AccessToken, NewDeviceMetadata }: Tokens,
): Promise<Person["device"]> {
  const { DeviceKey: key = "", DeviceGroupKey: groupKey = "" } = NewDeviceMetadata ?? {};
  const password = app.random.bytes(20).toString("base64");
  const known = { realm: groupKey, name: key, password };
  const DeviceSecretVerifierConfig = await verifierOf(app.powers, known, 0x5a17n);
  await api.confirmDevice({ AccessToken, DeviceKey: key, DeviceSecretVerifierConfig });
  return { key, groupKey, password };
}

/** The secrets of a client: made, opened, and compared without telling anything by time. */
import { createHmac } from "node:crypto";
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { UserPoolClientType } from "../contract/types.gen.ts";
import { toSeconds } from "../lib/clock.ts";
import { equalsInConstantTime } from "../lib/constant-time.ts";
import { digits, lowerCase, type Random } from "../lib/random.ts";
import type { Client, ClientSecretRecord } from "./client.ts";

type Part = Pick<App, "db" | "vault">;

/** Source: observed: 51 or 52 lower-case letters and digits. */
export const newSecret = (random: Random): string => random.text(digits + lowerCase, 51);

/** Who registered itself keeps the secret that it was given. Source: Cognito API reference, ClientType. Unconfirmed text. */
export function checkKeepsSecret({ settings }: Client): void {
  if (settings.ClientType !== "DCR") return;
  throw new ApiError("InvalidParameterException", "The secrets of a client that registered itself cannot be changed.");
}

/** Where a secret of this id is sealed for. */
export const placeOf = (secretId: string) => ({ table: "clients", column: "secrets", row: secretId });

/** Seals a further secret of a client. Its id names the second in which it was made, or the next that is free. */
export async function sealSecret(
  app: Part,
  client: Pick<Client, "id" | "poolId" | "secrets">,
  secret: string,
  now: number,
): Promise<ClientSecretRecord> {
  const keys = await app.vault.poolKeys(app.db, client.poolId);
  const taken = new Set(client.secrets.map(({ id }) => id));
  let stamp = toSeconds(now);
  while (taken.has(`${client.id}--${stamp}`)) stamp++;
  const id = `${client.id}--${stamp}`;
  return { id, sealed: keys.seal("client", placeOf(id), secret), createdAt: now };
}

/** The secrets of a client in the clear, oldest first. */
export async function clientSecrets(app: Part, client: Client): Promise<string[]> {
  if (client.secrets.length === 0) return [];
  const keys = await app.vault.poolKeys(app.db, client.poolId);
  return client.secrets.map(({ id, sealed }) => keys.open("client", placeOf(id), sealed));
}

/** The client as the API shows it, with its oldest secret. */
export async function describeClient(app: Part, client: Client): Promise<UserPoolClientType> {
  const [secret] = await clientSecrets(app, client);
  const { sessionReuseMinutes: _reuse, ...settings } = client.settings;
  return {
    UserPoolId: client.poolId,
    ClientName: client.name,
    ClientId: client.id,
    ClientSecret: secret,
    ClientType: "REGULAR",
    ...settings,
    LastModifiedDate: new Date(client.modifiedAt),
    CreationDate: new Date(client.createdAt),
  };
}

/**
 * Whether a client proves itself by this secret. A public client has none to give: giving one is a mix-up and proves
 * nothing.
 */
export async function provesClient(app: Part, client: Client, secret: string | undefined): Promise<boolean> {
  const secrets = await clientSecrets(app, client);
  if (secret === undefined) return secrets.length === 0;
  return secrets.some((known) => equalsInConstantTime(known, secret));
}

/**
 * Checks the SECRET_HASH of a call: Base64(HMAC-SHA256(secret, username + client id)) with any active secret.
 * @throws NotAuthorizedException. Source: Cognito developer guide, computing secret hash values.
 */
export async function checkSecretHash(
  app: Part,
  client: Client,
  username: string,
  secretHash: string | undefined,
): Promise<void> {
  const secrets = await clientSecrets(app, client);
  if (secretHash === undefined) {
    if (secrets.length === 0) return;
    throw new ApiError(
      "NotAuthorizedException",
      `Client ${client.id} is configured with secret but SECRET_HASH was not received`,
    );
  }
  const isRight = secrets.some((secret) => equalsInConstantTime(hashWith(secret, username, client), secretHash));
  if (!isRight) {
    throw new ApiError("NotAuthorizedException", `Unable to verify secret hash for client ${client.id}`);
  }
}

const hashWith = (secret: string, username: string, client: Client): string =>
  createHmac("sha256", secret)
    .update(username + client.id)
    .digest("base64");

/** The SECRET_HASH that a client itself would send: the pages call the API in their client's name. */
export async function secretHashOf(app: Part, client: Client, username: string): Promise<string | undefined> {
  const [secret] = await clientSecrets(app, client);
  return secret === undefined ? undefined : hashWith(secret, username, client);
}

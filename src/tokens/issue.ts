/** Signs the tokens of a family. */
import type { App } from "../app.ts";
import { type Client, readableAttributes, tokenLifetimes } from "../clients/client.ts";
import { groupClaims } from "../groups/group.ts";
import { groupsOfUser } from "../groups/store.ts";
import { type SigningKey, signingKeys } from "../keys/signing-key.ts";
import { signJws } from "../lib/jws.ts";
import type { Pool } from "../pools/pool.ts";
import { refuseTrigger } from "../triggers/trigger.ts";
import type { User } from "../users/user.ts";
import { accessTokenClaims, type Claims, idTokenClaims, machineTokenClaims, type Subject } from "./claims.ts";
import type { Family } from "./family.ts";
import { issuerOf } from "./issuer.ts";
import { sealRefreshToken } from "./refresh-token.ts";
import { attributeFilter } from "./scopes.ts";

/** Tokens as a door hands them out. */
export interface IssuedTokens {
  readonly accessToken: string;
  /** Absent where a hosted sign-in was not granted `openid`. */
  readonly idToken?: string;
  /** Life of the access token, in seconds. */
  readonly expiresIn: number;
}

/** Whom tokens are for. */
export interface Bearer {
  readonly pool: Pool;
  readonly client: Client;
  readonly user: User;
}

/** Signs an access token and, unless the grant lacks `openid`, an ID token for a family. */
export async function issueTokens(app: App, bearer: Bearer, family: Family, nonce?: string): Promise<IssuedTokens> {
  const { pool, client } = bearer;
  refuseTrigger(pool, "PreTokenGeneration");
  const keys = await signingKeys(app, pool.id);
  const subject = await subjectOf(app, bearer, family);
  const { accessSeconds, idSeconds } = tokenLifetimes(client);
  const accessToken = await signClaims(keys.access, accessTokenClaims(subject, app.random.uuid(), accessSeconds));
  if (family.grant.door === "hosted" && !family.grant.scopes.includes("openid")) {
    return { accessToken, expiresIn: accessSeconds };
  }
  const claims = idTokenClaims(subject, { jti: app.random.uuid(), lifetimeSeconds: idSeconds, nonce, accessToken });
  return { accessToken, idToken: await signClaims(keys.id, claims), expiresIn: accessSeconds };
}

/** The refresh token of a family's present generation. */
export async function refreshTokenOf(app: App, family: Pick<Family, "poolId" | "id" | "generation">): Promise<string> {
  const keys = await app.vault.poolKeys(app.db, family.poolId);
  return sealRefreshToken(keys, app.random, { family: family.id, generation: family.generation });
}

/** Signs the access token of a client that acts for itself. */
export async function issueMachineToken(
  app: App,
  { pool, client }: Omit<Bearer, "user">,
  scopes: readonly string[],
): Promise<IssuedTokens> {
  // Only the third version of the trigger is called for clients that act for themselves.
  if (pool.settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion === "V3_0")
    refuseTrigger(pool, "PreTokenGeneration");
  const { access } = await signingKeys(app, pool.id);
  const { accessSeconds } = tokenLifetimes(client);
  const claims = machineTokenClaims({
    issuer: issuerOf(app.settings, pool),
    clientId: client.id,
    scopes,
    issuedAt: app.clock.now(),
    lifetimeSeconds: accessSeconds,
    jti: app.random.uuid(),
  });
  return { accessToken: await signClaims(access, claims), expiresIn: accessSeconds };
}

const signClaims = (key: SigningKey, claims: Claims): Promise<string> =>
  signJws(key.id, key.privateKey, JSON.stringify(claims));

async function subjectOf(app: App, { pool, client, user }: Bearer, family: Family): Promise<Subject> {
  const mayRead = readableAttributes(pool, client);
  const isInScope = family.grant.door === "hosted" ? attributeFilter(family.grant.scopes) : () => true;
  const shown = Object.entries(user.attributes).filter(([name]) => mayRead(name) && isInScope(name));
  return {
    issuer: issuerOf(app.settings, pool),
    clientId: client.id,
    sub: user.sub,
    username: user.username,
    groups: groupClaims(await groupsOfUser(app.db, pool.id, user.sub)),
    attributes: Object.fromEntries(shown),
    grant: family.grant,
    family: showsFamily(client) ? family.id : undefined,
    issuedAt: app.clock.now(),
  };
}

/** Clients may switch off revocation, and tokens then carry no `origin_jti`; rotation cannot do without it. */
const showsFamily = ({ settings }: Client): boolean =>
  settings.EnableTokenRevocation !== false || settings.RefreshTokenRotation?.Feature === "ENABLED";

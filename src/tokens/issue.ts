/** Signs the tokens of a family. */
import type { App } from "../app.ts";
import { type Client, readableAttributes, tokenLifetimes } from "../clients/client.ts";
import { type GroupClaims, groupClaims } from "../groups/group.ts";
import { groupsOfUser } from "../groups/store.ts";
import { type SigningKey, signingKeys } from "../keys/signing-key.ts";
import { signJws } from "../lib/jws.ts";
import type { Pool } from "../pools/pool.ts";
import type { User } from "../users/user.ts";
import { accessTokenClaims, type Claims, idTokenClaims, machineTokenClaims, type Subject } from "./claims.ts";
import {
  askBeforeMachineToken,
  askBeforeTokens,
  changedClaims,
  changedGroups,
  changedScopes,
  type TokenOccasion,
} from "./customize.ts";
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

/** On what occasion tokens are made, and what the request binds them to. */
export interface Issuing extends TokenOccasion {
  readonly nonce?: string | undefined;
}

/** Signs an access token and, unless the grant lacks `openid`, an ID token for a family. */
export async function issueTokens(app: App, bearer: Bearer, family: Family, issuing: Issuing): Promise<IssuedTokens> {
  const { pool, client, user } = bearer;
  const keys = await signingKeys(app, pool.id);
  const own = groupClaims(await groupsOfUser(app.db, pool.id, user.sub));
  const { scopes } = family.grant;
  const changes = await askBeforeTokens(app, bearer, issuing, { groups: own, scopes });
  const subject = subjectOf(app, bearer, family, changedGroups(own, changes));
  const { accessSeconds, idSeconds } = tokenLifetimes(client);
  const granted = { ...subject, grant: { ...family.grant, scopes: changedScopes(scopes, changes) } };
  const accessClaims = accessTokenClaims(granted, app.random.uuid(), accessSeconds);
  const accessToken = await signClaims(keys.access, changedClaims(accessClaims, changes?.access, "access"));
  if (family.grant.door === "hosted" && !scopes.includes("openid")) {
    return { accessToken, expiresIn: accessSeconds };
  }
  const context = { jti: app.random.uuid(), lifetimeSeconds: idSeconds, nonce: issuing.nonce, accessToken };
  const claims = changedClaims(idTokenClaims(subject, context), changes?.id, "id");
  return { accessToken, idToken: await signClaims(keys.id, claims), expiresIn: accessSeconds };
}

/** The refresh token of a family's present generation. */
export async function refreshTokenOf(app: App, family: Family, { username }: User): Promise<string> {
  const keys = await app.vault.poolKeys(app.db, family.poolId);
  const { id, generation, expiresAt } = family;
  return sealRefreshToken(keys, app.random, { family: id, generation, username, expiresAt });
}

/** Signs the access token of a client that acts for itself. */
export async function issueMachineToken(
  app: App,
  { pool, client }: Omit<Bearer, "user">,
  scopes: readonly string[],
  clientMetadata?: Readonly<Record<string, string>>,
): Promise<IssuedTokens> {
  const changes = await askBeforeMachineToken(app, { pool, client }, scopes, clientMetadata);
  const { access } = await signingKeys(app, pool.id);
  const { accessSeconds } = tokenLifetimes(client);
  const claims = machineTokenClaims({
    issuer: issuerOf(app.settings, pool),
    clientId: client.id,
    scopes: changedScopes(scopes, changes),
    issuedAt: app.clock.now(),
    lifetimeSeconds: accessSeconds,
    jti: app.random.uuid(),
  });
  const accessToken = await signClaims(access, changedClaims(claims, changes?.access, "access"));
  return { accessToken, expiresIn: accessSeconds };
}

const signClaims = (key: SigningKey, claims: Claims): Promise<string> =>
  signJws(key.id, key.privateKey, JSON.stringify(claims));

function subjectOf(app: App, { pool, client, user }: Bearer, family: Family, groups: GroupClaims): Subject {
  const mayRead = readableAttributes(pool, client);
  const isInScope = family.grant.door === "hosted" ? attributeFilter(family.grant.scopes) : () => true;
  const shown = Object.entries(user.attributes).filter(([name]) => mayRead(name) && isInScope(name));
  return {
    issuer: issuerOf(app.settings, pool),
    clientId: client.id,
    sub: user.sub,
    username: user.username,
    groups,
    attributes: Object.fromEntries(shown),
    grant: family.grant,
    family: showsFamily(client) ? family.id : undefined,
    issuedAt: app.clock.now(),
  };
}

/** Clients may switch off revocation, and tokens then carry no `origin_jti`; rotation cannot do without it. */
const showsFamily = ({ settings }: Client): boolean =>
  settings.EnableTokenRevocation !== false || settings.RefreshTokenRotation?.Feature === "ENABLED";

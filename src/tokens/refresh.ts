/** What a refresh token gives, and what becomes of it. One function for the JSON API and the token endpoint. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { tracksDevices } from "../devices/device.ts";
import { second } from "../lib/clock.ts";
import type { Pool } from "../pools/pool.ts";
import { findUserBySub } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { type Family, isSignedOut } from "./family.ts";
import { type IssuedTokens, issueTokens, refreshTokenOf } from "./issue.ts";
import { openRefreshToken, type RefreshTokenContent } from "./refresh-token.ts";
import { findFamily, revokeFamily, rotateFamily } from "./store.ts";

/** Why a refresh token gives nothing. */
export type RefreshRefusal = "invalid" | "expired" | "revoked" | "reused" | "disabled";

export type RefreshOutcome =
  | { readonly kind: "refreshed"; readonly tokens: IssuedTokens; readonly refreshToken?: string }
  | { readonly kind: "refused"; readonly reason: RefreshRefusal };

const refused = (reason: RefreshRefusal): RefreshOutcome => ({ kind: "refused", reason });

/** What a refresh is asked with. */
export interface RefreshRequest {
  readonly token: string;
  /** The device that asks, where the pool tracks devices. */
  readonly deviceKey?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Refreshes: new access and ID tokens of the same family and, where the client rotates, a new refresh token. */
export async function refresh(
  app: App,
  pool: Pool,
  client: Client,
  { token, deviceKey, clientMetadata }: RefreshRequest,
): Promise<RefreshOutcome> {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const content = openRefreshToken(keys, token);
  if (!content) return refused("invalid");
  const family = await findFamily(app.db, pool.id, content.family);
  if (!family) return refused(goneBecause(app, content));
  if (family.clientId !== client.id) return refused("invalid");
  const user = await findUserBySub(app.db, pool.id, family.sub);
  // A token that was given to a device works on that device alone. Source: observed.
  if (tracksDevices(pool) && family.grant.deviceKey !== undefined && family.grant.deviceKey !== deviceKey) {
    return refused("invalid");
  }
  const reason = refusalOf(app, family, user);
  if (reason || !user) return refused(reason ?? "revoked");
  const isPlainlyReused = !mayFollow(app, client, family, content.generation);
  // The tokens come first: where the pool's function fails, the token that was shown is still good.
  const tokens =
    !isPlainlyReused &&
    (await issueTokens(app, { pool, client, user }, family, { cause: "RefreshTokens", clientMetadata }));
  const generation = tokens ? await nextGeneration(app, client, family, content.generation) : "reused";
  if (!tokens || generation === "reused") {
    await revokeFamily(app.db, pool.id, family.id);
    return refused("reused");
  }
  if (generation === "unchanged") return { kind: "refreshed", tokens };
  return { kind: "refreshed", tokens, refreshToken: await refreshTokenOf(app, { ...family, generation }, user) };
}

/** The name of the user whom a refresh token of the pool was given to, however things stand with the token. */
export async function holderOfRefreshToken(app: App, pool: Pool, token: string): Promise<string | undefined> {
  return openRefreshToken(await app.vault.poolKeys(app.db, pool.id), token)?.username;
}

/** Families go with their users, and some time after they have expired. */
const goneBecause = ({ clock }: Pick<App, "clock">, { expiresAt }: RefreshTokenContent): RefreshRefusal =>
  expiresAt <= clock.now() ? "expired" : "revoked";

/** Disabling a user revokes its tokens as well: that it is disabled is told first. Source: observed. */
function refusalOf(app: App, family: Family, user: User | undefined): RefreshRefusal | undefined {
  if (user && !user.isEnabled) return "disabled";
  if (!user || family.isRevoked || isSignedOut(family, user)) return "revoked";
  return family.expiresAt <= app.clock.now() ? "expired" : undefined;
}

/** Whether a generation of a family, as it stands, gives tokens: the present one, and the one before while it may be shown again. */
function mayFollow({ clock }: Pick<App, "clock">, { settings }: Client, family: Family, presented: number): boolean {
  const { Feature, RetryGracePeriodSeconds = 0 } = settings.RefreshTokenRotation ?? {};
  if (presented === family.generation) return true;
  const graceEndsAt = family.rotatedAt + RetryGracePeriodSeconds * second;
  return Feature === "ENABLED" && presented === family.generation - 1 && clock.now() < graceEndsAt;
}

/**
 * Moves a rotating family on. Two requests with one token meet in one conditional statement: one makes the successor,
 * the other may have the same successor while the grace period lasts, so the family never has two branches. A token
 * older than that is a reuse: somebody else holds it.
 * Source: Cognito developer guide, refresh token rotation; RFC 9700 section 4.14.2.
 */
async function nextGeneration(
  app: App,
  client: Client,
  family: Family,
  presented: number,
): Promise<number | "unchanged" | "reused"> {
  if (client.settings.RefreshTokenRotation?.Feature !== "ENABLED") return "unchanged";
  if (presented === family.generation && (await rotateFamily(app.db, family, app.clock.now()))) return presented + 1;
  const current = await findFamily(app.db, family.poolId, family.id);
  const isInGrace = current && current.generation === presented + 1 && mayFollow(app, client, current, presented);
  return isInGrace && !current.isRevoked ? current.generation : "reused";
}

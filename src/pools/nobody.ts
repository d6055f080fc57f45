/**
 * Names that nobody has, where that is not to be told: what is shown and counted for them is always the same for a name
 * and another in each pool, as it is for a user.
 */
import type { App } from "../app.ts";
import { foldName, type Pool } from "./pool.ts";

/** Bytes that belong to a name that nobody has, for one use of them. */
export async function imaginedBytes(
  app: Pick<App, "db" | "vault">,
  pool: Pool,
  use: string,
  username: string,
): Promise<Buffer> {
  const keys = await app.vault.poolKeys(app.db, pool.id);
  return keys.mac("fake", JSON.stringify([use, foldName(pool, username)]));
}

/** Whom counts and codes belong to. */
export interface Holder {
  readonly poolId: string;
  readonly sub: string;
}

/** Who stands for the name where something is counted of it: no user's sub begins so. */
export async function imaginedHolder(app: Pick<App, "db" | "vault">, pool: Pool, username: string): Promise<Holder> {
  const mac = await imaginedBytes(app, pool, "owner", username);
  return { poolId: pool.id, sub: `nobody ${mac.toString("base64url")}` };
}

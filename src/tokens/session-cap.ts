import type { App } from "../app.ts";
import type { Pool } from "../pools/pool.ts";
import { poolSessionSettings } from "../pools/session-settings.ts";
import type { User } from "../users/user.ts";
import type { Family } from "./family.ts";
import { insertFamily, listLiveFamilies, revokeFamily } from "./store.ts";

/** More sessions than a pool can allow a user. */
const longestList = 200;

/**
 * Keeps a new family, in the caller's transaction. Where the pool counts its users' sessions, those beyond the cap end,
 * the one that was used longest ago first. Source: Cognito API reference, SetUserPoolSessionConfiguration.
 */
export async function keepFamily(
  app: Pick<App, "db" | "clock">,
  pool: Pool,
  user: User,
  family: Family,
): Promise<void> {
  await insertFamily(app.db, family);
  const { isTracking, mostPerUser } = poolSessionSettings(pool);
  if (!isTracking) return;
  const live = await listLiveFamilies(app.db, user, app.clock.now(), longestList);
  const others = live.filter(({ id }) => id !== family.id);
  for (const { id } of others.slice(mostPerUser - 1)) await revokeFamily(app.db, pool.id, id);
}

import type { App } from "../app.ts";
import { succeeded } from "../audit/act.ts";
import { recordUserAct } from "../audit/user-act.ts";
import type { Client } from "../clients/client.ts";
import { withTransaction } from "../database/transact.ts";
import { parseJws } from "../lib/jws.ts";
import { openRefreshToken } from "./refresh-token.ts";
import { findFamily, revokeFamily } from "./store.ts";

/** What became of a token that a client wants revoked. Unknown and already revoked ones count as revoked. */
export type Revocation = "revoked" | "switched-off" | "unsupported-type" | "foreign";

/**
 * Revokes a refresh token, and with it every token of its family. Source: RFC 7009 section 2; only refresh tokens can
 * be revoked, and only by the client that got them.
 */
export async function revokeToken(app: App, client: Client, token: string): Promise<Revocation> {
  if (client.settings.EnableTokenRevocation === false) return "switched-off";
  if (parseJws(token)) return "unsupported-type";
  const content = openRefreshToken(await app.vault.poolKeys(app.db, client.poolId), token);
  const family = content && (await findFamily(app.db, client.poolId, content.family));
  if (!family) return "revoked";
  if (family.clientId !== client.id) return "foreign";
  await withTransaction(app, async (inside) => {
    await revokeFamily(inside.db, client.poolId, family.id);
    const pool = { id: client.poolId };
    await recordUserAct(inside, {
      name: "TokenRevoked",
      pool,
      userSub: family.sub,
      clientId: client.id,
      outcome: succeeded,
    });
  });
  return "revoked";
}

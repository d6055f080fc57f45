import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { RiskConfiguration } from "./configuration.ts";

/** Keeps a configuration in the place of the one before. */
export async function replaceRiskConfiguration(db: Db, configuration: RiskConfiguration): Promise<void> {
  const row: Schema["risk_configurations"] = {
    pool_id: configuration.poolId,
    client_id: configuration.clientId,
    settings: toJson(configuration.settings),
    modified_at: configuration.modifiedAt,
  };
  await db
    .insertInto("risk_configurations")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["pool_id", "client_id"]).doUpdateSet({ settings: row.settings, modified_at: row.modified_at }),
    )
    .execute();
}

/** Forgets what was set for a client, or with an empty id for the pool. */
export async function deleteRiskConfiguration(db: Db, poolId: string, clientId: string): Promise<void> {
  await db.deleteFrom("risk_configurations").where("pool_id", "=", poolId).where("client_id", "=", clientId).execute();
}

/** What is set for exactly this client, or with an empty id for the pool. */
export async function findOwnRiskConfiguration(
  db: Db,
  poolId: string,
  clientId: string,
): Promise<RiskConfiguration | undefined> {
  const row = await db
    .selectFrom("risk_configurations")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("client_id", "=", clientId)
    .executeTakeFirst();
  return row && toConfiguration(row);
}

/** What holds for a client: its own configuration, or that of the pool. Without a client, that of the pool. */
export async function findRiskConfiguration(
  db: Db,
  poolId: string,
  clientId: string | undefined,
): Promise<RiskConfiguration | undefined> {
  const rows = await db
    .selectFrom("risk_configurations")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("client_id", "in", ["", clientId ?? ""])
    .orderBy("client_id", "desc")
    .limit(1)
    .execute();
  return rows[0] && toConfiguration(rows[0]);
}

const toConfiguration = (row: Schema["risk_configurations"]): RiskConfiguration => ({
  poolId: row.pool_id,
  clientId: row.client_id,
  settings: fromJson(row.settings),
  modifiedAt: row.modified_at,
});

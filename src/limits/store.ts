import type { Db } from "../database/open.ts";
import type { Category } from "./categories.ts";

/** A limit that was provisioned. */
export interface ProvisionedLimit {
  readonly region: string;
  readonly category: Category;
  readonly perSecond: number;
}

/** More than there are categories in all regions of AWS. */
const mostLimits = 1000;

/** Every limit of the house. */
export async function findLimits(db: Db): Promise<ProvisionedLimit[]> {
  const rows = await db.selectFrom("provisioned_limits").selectAll().limit(mostLimits).execute();
  return rows.map((row) => ({ region: row.region, category: row.category, perSecond: row.per_second }));
}

/** The limit of a category in a region. */
export async function findLimit(db: Db, region: string, category: Category): Promise<number | undefined> {
  const row = await db
    .selectFrom("provisioned_limits")
    .select("per_second")
    .where("region", "=", region)
    .where("category", "=", category)
    .executeTakeFirst();
  return row?.per_second;
}

/** Keeps a limit in place of the one before. */
export async function replaceLimit(db: Db, { region, category, perSecond }: ProvisionedLimit): Promise<void> {
  await db
    .insertInto("provisioned_limits")
    .values({ region, category, per_second: perSecond })
    .onConflict((conflict) => conflict.columns(["region", "category"]).doUpdateSet({ per_second: perSecond }))
    .execute();
}

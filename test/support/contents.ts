/** Everything that a database holds, to see that nothing of it has changed. */
import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../../src/database/open.ts";

/** Where refusals are put on record too. */
const record = "audit_records";

/** A hash of every row of every table but the record of who did what. */
export async function hashOfContents(db: Db): Promise<string> {
  const hash = createHash("sha256");
  const names = (await db.introspection.getTables()).map(({ name }) => name);
  const tables = names.filter((name) => name !== record).toSorted();
  for (const name of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    hash.update(JSON.stringify([name, rows.map((row) => JSON.stringify(row)).toSorted()]));
  }
  return hash.digest("hex");
}

/** Everything that is kept of a pool, by table. */
export async function contentsOfPool(db: Db, poolId: string): Promise<Record<string, string[]>> {
  const tables = (await db.introspection.getTables()).filter(({ columns }) =>
    columns.some((column) => column.name === "pool_id"),
  );
  const contents = tables.map(async ({ name }) => {
    const { rows } = await sql`select * from ${sql.table(name)} where pool_id = ${poolId}`.execute(db);
    return [name, rows.map((row) => JSON.stringify(row)).toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

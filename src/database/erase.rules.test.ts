import { sql } from "kysely";
import { expect, it } from "vitest";
import { silentLog } from "../lib/log.ts";
import { namesOf, poolTables } from "./erase.ts";
import { openDatabase } from "./open.ts";

it("tables of pools are emptied by the keys that they have", async () => {
  const { db, close } = await openDatabase({ address: ":memory:", onFatal: () => undefined, log: silentLog });
  const keysOf = async (table: string): Promise<string[]> => {
    const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table}) where pk > 0`.execute(db);
    return rows.map(({ name }) => name).filter((name) => name !== "pool_id");
  };
  for (const table of namesOf(poolTables)) {
    expect([table, ...poolTables[table].toSorted()]).toEqual([table, ...(await keysOf(table)).toSorted()]);
  }
  await close();
});

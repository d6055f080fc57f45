/** A database that refuses to change some of its tables, by a trigger of its own. */
import { sql } from "kysely";
import { inject } from "vitest";
import type { Db } from "../../src/database/open.ts";
import type { Schema } from "../../src/database/schema.ts";

type Table = keyof Schema;

/** Lets no row of these tables be changed or deleted while `work` goes on. */
export async function withoutWrites(db: Db, tables: readonly Table[], work: () => Promise<void>): Promise<void> {
  const isSqlite = inject("engine") === "sqlite";
  const events = ["update", "delete"] as const;
  const run = (text: string) => sql.raw(text).execute(db);
  if (!isSqlite) {
    await run(
      "create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$",
    );
  }
  const each = async (write: (table: Table, event: string) => string): Promise<void> => {
    for (const table of tables) for (const event of events) await run(write(table, event));
  };
  const action = isSqlite ? "begin select raise(abort, 'refused'); end" : "for each row execute function refuse()";
  await each((table, event) => `create trigger refuse_${table}_${event} before ${event} on ${table} ${action}`);
  try {
    await work();
  } finally {
    await each((table, event) => `drop trigger refuse_${table}_${event}${isSqlite ? "" : ` on ${table}`}`);
  }
}

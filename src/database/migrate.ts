/** Brings a database up to the schema of this program: numbered steps, only forward, each whole or not at all. */
import { type Kysely, sql } from "kysely";
import type { Engine } from "./columns.ts";
import { up as first } from "./migrations/0001-first.ts";
import type { Schema } from "./schema.ts";

/** One step. Once released it is never changed. */
interface Migration {
  readonly name: string;
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}

const migrations: readonly Migration[] = [{ name: "0001-first", up: first }];

/** Held while migrating, so that nodes that start together do not migrate together. The number means nothing. */
const advisoryLock = 7_665_001;

type Applied = { migrations: { name: string } };

/**
 * Applies the steps that the database has not had.
 * @throws when the database has had steps that this program does not know: it belongs to a newer release.
 */
export async function migrate(db: Kysely<Schema>, engine: Engine): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const inside = transaction.withTables<Applied>();
    if (engine === "postgres") {
      // A step over a large table, or waiting for a node that makes one, takes longer than any other statement may.
      await sql`set local statement_timeout = 0`.execute(inside);
      await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(inside);
    }
    await sql`create table if not exists migrations (name text primary key)`.execute(inside);
    const applied = new Set((await inside.selectFrom("migrations").select("name").execute()).map(({ name }) => name));
    checkKnown(applied);
    for (const migration of migrations.filter(({ name }) => !applied.has(name))) {
      await migration.up(inside as unknown as Kysely<unknown>, engine);
      await inside.insertInto("migrations").values({ name: migration.name }).execute();
    }
  });
}

function checkKnown(applied: ReadonlySet<string>): void {
  const unknown = [...applied].filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  throw new Error(`The database belongs to a newer Poolhouse (it has had ${unknown.join(", ")}). Start that release.`);
}

/** Checks, without changing anything, that a database has had every step. @throws saying what to do. */
export async function checkMigrated(db: Kysely<Schema>): Promise<void> {
  const applied = await db
    .withTables<Applied>()
    .selectFrom("migrations")
    .select("name")
    .execute()
    .then(
      (rows) => new Set(rows.map(({ name }) => name)),
      (error: unknown) => {
        throw new Error("This is no database of a Poolhouse. Correct --database.", { cause: error });
      },
    );
  checkKnown(applied);
  if (migrations.every(({ name }) => applied.has(name))) return;
  throw new Error(
    "The database belongs to an older Poolhouse. Start this release on it once, which brings it up to date.",
  );
}

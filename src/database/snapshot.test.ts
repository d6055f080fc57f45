import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { makeDatabase, type TestDatabase } from "../../test/support/engine.ts";
import { silentLog } from "../lib/log.ts";
import { type Database, openDatabase } from "./open.ts";
import { withSnapshot } from "./snapshot.ts";

let place: TestDatabase;
let database: Database;

beforeEach(async () => {
  place = await makeDatabase(true);
  database = await openDatabase({ address: place.address, onFatal: () => undefined, log: silentLog });
});

afterEach(async () => {
  await database.close();
  await place.drop();
});

const keep = (name: string) => database.db.insertInto("store_facts").values({ name, value: "kept" }).execute();

const look = <Result>(work: Parameters<typeof withSnapshot<Result>>[1]): Promise<Result> =>
  withSnapshot({ address: place.address, log: silentLog }, work);

describe("a snapshot", () => {
  it("shows what was there when it began, however long it lasts and whatever others write", async () => {
    await keep("before");
    await look(async (db) => {
      const facts = () => db.selectFrom("store_facts").select("name").orderBy("name").execute();
      expect(await facts()).toEqual([{ name: "before" }]);
      await keep("meanwhile");
      expect(await facts()).toEqual([{ name: "before" }]);
    });
    await look(async (db) => {
      const names = await db.selectFrom("store_facts").select("name").orderBy("name").execute();
      expect(names).toEqual([{ name: "before" }, { name: "meanwhile" }]);
    });
  });

  it("gives counts and flags as numbers, as the house does", async () => {
    await database.db
      .insertInto("groups")
      .values({
        pool_id: "p",
        name: "g",
        description: null,
        role_arn: null,
        precedence: 3,
        created_at: 1.5e12,
        modified_at: 0,
      })
      .execute();
    const row = await look((db) => db.selectFrom("groups").selectAll().executeTakeFirstOrThrow());
    expect(row).toMatchObject({ description: null, precedence: 3, created_at: 1.5e12 });
  });

  it("writes nothing", async () => {
    const write = look((db) => db.insertInto("store_facts").values({ name: "written", value: "x" }).execute());
    await expect(write).rejects.toThrow(/read-?only/);
  });

  it("of something that is no database of ours says so", async () => {
    await database.db.schema.dropTable("migrations").execute();
    await expect(look(async () => undefined)).rejects.toThrow("This is no database of a Poolhouse.");
  });

  it("of a database of another release says which to start", async () => {
    const migrations = database.db.withTables<{ migrations: { name: string } }>();
    await migrations.insertInto("migrations").values({ name: "9999-later" }).execute();
    await expect(look(async () => undefined)).rejects.toThrow("belongs to a newer Poolhouse");
    await migrations.deleteFrom("migrations").execute();
    await expect(look(async () => undefined)).rejects.toThrow("belongs to an older Poolhouse");
  });

  it("of nothing says what to name", async () => {
    const folder = mkdtempSync(join(tmpdir(), "poolhouse-snapshot-"));
    const address =
      inject("engine") === "sqlite"
        ? join(folder, "none.db")
        : place.address.replace(/[^/]*$/, `none_${randomBytes(4).toString("hex")}`);
    const looking = withSnapshot({ address, log: silentLog }, async () => undefined);
    await expect(looking).rejects.toThrow(/There is no database at|PostgreSQL refuses/);
    rmSync(folder, { recursive: true });
  });
});

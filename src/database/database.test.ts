import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDatabase, type TestDatabase } from "../../test/support/engine.ts";
import { silentLog } from "../lib/log.ts";
import { type Database, openDatabase } from "./open.ts";
import { sweep } from "./sweep.ts";
import { transact } from "./transact.ts";

const open = (address: string): Promise<Database> =>
  openDatabase({ address, onFatal: () => undefined, log: silentLog });

let place: TestDatabase;
let database: Database;

beforeAll(async () => {
  place = await makeDatabase(true);
  database = await open(place.address);
});

afterAll(async () => {
  await database.close();
  await place.drop();
});

const keep = (name: string, db = database.db) => db.insertInto("store_facts").values({ name, value: "v" }).execute();
const has = async (name: string, db = database.db) =>
  (await db.selectFrom("store_facts").select("name").where("name", "=", name).executeTakeFirst()) !== undefined;

describe("a transaction", () => {
  it("keeps all of it or nothing", async () => {
    await transact(database.db, async (db) => {
      await keep("whole-1", db);
      await keep("whole-2", db);
    });
    const failing = transact(database.db, async (db) => {
      await keep("half", db);
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect([await has("whole-1"), await has("whole-2"), await has("half")]).toEqual([true, true, false]);
  });

  it("sees what it wrote, and nobody else does before it is committed", async () => {
    const wrote = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    const writing = transact(database.db, async (db) => {
      await keep("unseen", db);
      expect(await has("unseen", db)).toBe(true);
      wrote.resolve();
      await looked.promise;
    });
    await wrote.promise;
    expect(await has("unseen")).toBe(false);
    looked.resolve();
    await writing;
    expect(await has("unseen")).toBe(true);
  });

  it("within a transaction is the same one", async () => {
    const failing = transact(database.db, async (outer) => {
      await transact(outer, (inner) => keep("inner", inner));
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await has("inner")).toBe(false);
  });

  it("that fails does not hurt those that share its commit", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `group-${index}`);
    const outcomes = await Promise.allSettled([
      ...names.map((name) => keep(name)),
      keep("group-0"),
      transact(database.db, async (db) => {
        await keep("group-bad", db);
        throw new Error("no");
      }),
    ]);
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(2);
    for (const name of names) expect(await has(name)).toBe(true);
    expect(await has("group-bad")).toBe(false);
  });

  it("is tried again when another one was in its way, and not for ever", async () => {
    let tries = 0;
    const conflict = Object.assign(new Error("could not serialize"), { code: "40001" });
    const result = await transact(database.db, async () => {
      if (++tries < 3) throw conflict;
      return "done";
    });
    expect([result, tries]).toEqual(["done", 3]);
    await expect(transact(database.db, () => Promise.reject(conflict))).rejects.toThrow("could not serialize");
  });
});

describe("the store", () => {
  it("orders texts by their bytes on either engine", async () => {
    const names = ["order-b", "order-B", "order-a", "order-ä", "order-\uffff", "order-\u{1F600}", "order-_", "order-%"];
    for (const name of names) await keep(name);
    const rows = await database.db
      .selectFrom("store_facts")
      .select("name")
      .where("name", ">=", "order-")
      .where("name", "<", "order.")
      .orderBy("name")
      .execute();
    const byBytes = names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    expect(rows.map(({ name }) => name)).toEqual(byBytes);
  });

  it("is opened again as it was left", async () => {
    const own = await makeDatabase(true);
    const first = await open(own.address);
    await keep("left", first.db);
    await first.close();
    const second = await open(own.address);
    expect(await has("left", second.db)).toBe(true);
    await second.close();
    await own.drop();
  });

  it("of a newer release is refused", async () => {
    const own = await makeDatabase(true);
    const first = await open(own.address);
    await first.db
      .withTables<{ migrations: { name: string } }>()
      .insertInto("migrations")
      .values({ name: "9999-later" })
      .execute();
    await first.close();
    await expect(open(own.address)).rejects.toThrow(
      "The database belongs to a newer Poolhouse (it has had 9999-later). Start that release.",
    );
    await own.drop();
  });

  it("sweeps out what has expired, and counts users", async () => {
    const { db } = database;
    const row = {
      pool_id: "p",
      sub: "s",
      purpose: "sign-up",
      code_mac: "m",
      attribute: "email",
      contact: "a@example.com",
      created_at: 0,
    };
    await db
      .insertInto("codes")
      .values({ ...row, expires_at: 1_000 })
      .execute();
    await db
      .insertInto("codes")
      .values({ ...row, sub: "t", expires_at: 10_000_000 })
      .execute();
    await sweep(db, 5_000_000);
    expect(await db.selectFrom("codes").select("sub").execute()).toEqual([{ sub: "t" }]);
  });

  it("sweeps out all that has expired, however much it is, and nothing else", async () => {
    const { db } = database;
    const rows = Array.from({ length: 1_201 }, (_, index) => ({
      pool_id: "p",
      state_hash: `hash-${index}`,
      browser_hash: "b",
      client_id: "c",
      provider_name: "n",
      query: "q",
      sealed_memory: "m",
      expires_at: index === 0 ? 10_000_000 : index,
      created_at: 0,
    }));
    await db.insertInto("federation_departures").values(rows).execute();
    await sweep(db, 5_000_000);
    expect(await db.selectFrom("federation_departures").select("state_hash").execute()).toEqual([
      { state_hash: "hash-0" },
    ]);
  });

  it("sweeps out messages a day after they were delivered or given up, and never those that wait", async () => {
    const { db } = database;
    const day = 24 * 60 * 60 * 1000;
    const row = {
      pool_id: "p",
      medium: "EMAIL",
      recipient: "r",
      sealed_content: "s",
      tries: 1,
      next_try_at: 0,
    } as const;
    await db
      .insertInto("messages")
      .values([
        { ...row, message_id: "old-sent", state: "sent", created_at: 0 },
        { ...row, message_id: "old-failed", state: "failed", created_at: 0 },
        { ...row, message_id: "old-waiting", state: "waiting", created_at: 0 },
        { ...row, message_id: "new-sent", state: "sent", created_at: 2 },
      ])
      .execute();
    await sweep(db, day + 1);
    const kept = await db.selectFrom("messages").select("message_id").orderBy("message_id").execute();
    expect(kept.map(({ message_id }) => message_id)).toEqual(["new-sent", "old-waiting"]);
  });
});

describe("an address that leads nowhere", () => {
  it("is told with what to look at", async () => {
    await expect(open("postgres://postgres@127.0.0.1:1/none")).rejects.toThrow("PostgreSQL cannot be reached");
  });
});

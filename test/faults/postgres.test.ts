/** PostgreSQL that goes away, comes back, is slow, or is in its own way: nothing acknowledged is lost, nobody hangs. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/database/open.ts";
import { transact } from "../../src/database/transact.ts";
import { type House, openHouse } from "../../src/house.ts";
import { makeRsaKeyPair } from "../../src/lib/key-pair.ts";
import { silentLog } from "../../src/lib/log.ts";
import { readSettings } from "../../src/settings.ts";
import { sdkFor } from "../support/house.ts";
import { startPostgres, type TestServer } from "../support/postgres.ts";
import { openWire, type Wire } from "../support/wire.ts";

let server: TestServer;
let wire: Wire;
let house: House;
let api: ReturnType<typeof sdkFor>;
let UserPoolId: string;
let ClientId: string;

beforeAll(async () => {
  server = await startPostgres({ isDurable: true });
  const address = new URL(server.address);
  wire = await openWire(Number(address.port));
  address.port = String(wire.port);
  const settings = readSettings("dev", { port: "0", database: address.href }, {});
  house = await openHouse(settings, { rootKey: randomBytes(32), makeKeyPair: makeRsaKeyPair });
  api = sdkFor(house.url);
  UserPoolId = (await api.createUserPool({ PoolName: "p" })).UserPool?.Id ?? "";
  const { UserPoolClient } = await api.createUserPoolClient({
    UserPoolId,
    ClientName: "c",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
  });
  ClientId = UserPoolClient?.ClientId ?? "";
}, 60_000);

afterEach(() => wire.mend());

afterAll(async () => {
  await house.close();
  await wire.close();
  await server.stop();
});

let made = 0;

/** Makes a user, and gives its name, or undefined when it is not known whether it was made. */
async function makeUser(): Promise<string | undefined> {
  const Username = `user-${++made}`;
  try {
    await api.adminCreateUser({ UserPoolId, Username, MessageAction: "SUPPRESS" });
    return Username;
  } catch (error) {
    expect(error).toMatchObject({ name: "InternalErrorException" });
    return undefined;
  }
}

const isThere = (Username: string): Promise<boolean> =>
  api.adminGetUser({ UserPoolId, Username }).then(
    () => true,
    () => false,
  );

/** Makes users by eight at once until told to stop, and gives those that were acknowledged and how many were not. */
function load(): { stop(): Promise<{ acknowledged: string[]; refused: number }> } {
  let isOver = false;
  const acknowledged: string[] = [];
  let refused = 0;
  const write = async (): Promise<void> => {
    while (!isOver) {
      const name = await makeUser();
      if (name === undefined) refused++;
      else acknowledged.push(name);
    }
  };
  const writers = Array.from({ length: 8 }, write);
  return {
    stop: async () => {
      isOver = true;
      await Promise.all(writers);
      return { acknowledged, refused };
    },
  };
}

async function until(what: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await what()));
}

/** How long nobody may wait, whatever the database does. */
const longestMilliseconds = 10_000;

describe("R12: a house whose connections", () => {
  it("are cut under load refuses what was under way, loses nothing that it acknowledged, and goes on", async () => {
    const writing = load();
    for (let cuts = 0; cuts < 5; cuts++) {
      const before = made;
      await until(async () => {
        await isThere("somebody");
        return made > before + 20;
      });
      wire.cut();
    }
    const { acknowledged, refused } = await writing.stop();
    expect(refused).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(20);
    for (const name of acknowledged) expect(await isThere(name), name).toBe(true);
  });

  it("lead nowhere answers everybody within ten seconds, is not ready meanwhile, and recovers by itself", async () => {
    let known: string | undefined;
    // Connections that were cut just now are found out by whoever is given one.
    while (known === undefined) known = await makeUser();
    wire.swallow();
    const startedAt = performance.now();
    const asked = Array.from({ length: 30 }, async () => {
      const outcome = await api.adminGetUser({ UserPoolId, Username: known }).then(
        () => "answered",
        (error: Error) => error.name,
      );
      return [outcome, performance.now() - startedAt] as const;
    });
    expect((await fetch(`${house.url}/ready`)).status).toBe(503);
    expect((await fetch(`${house.url}/health`)).status).toBe(200);
    for (const [outcome, milliseconds] of await Promise.all(asked)) {
      expect(outcome).toBe("InternalErrorException");
      expect(milliseconds).toBeLessThan(longestMilliseconds);
    }
    wire.mend();
    await until(async () => (await fetch(`${house.url}/ready`)).status === 200);
    expect(await isThere(known)).toBe(true);
    expect(wire.count()).toBeLessThanOrEqual(10);
  }, 60_000);

  it("are cut between a commit and its answer says that it failed, and what is there stays as it is", async () => {
    const Username = `user-${++made}`;
    wire.cutAfter("commit");
    const outcome = await api.signUp({ ClientId, Username, Password: "Passw0rd!" }).then(
      () => "made",
      (error: Error) => error.name,
    );
    expect(outcome).toBe("InternalErrorException");
    const seen = await isThere(Username);
    const again = await api.signUp({ ClientId, Username, Password: "Passw0rd!" }).then(
      () => "made",
      (error: Error) => error.name,
    );
    expect(again).toBe(seen ? "UsernameExistsException" : "made");
    expect(await isThere(Username)).toBe(true);
  });
});

describe("R10: a server that is killed", () => {
  it("has lost nothing that was acknowledged, and the house goes on when it is back", async () => {
    for (let rounds = 0; rounds < 2; rounds++) {
      const writing = load();
      const before = made;
      await until(async () => {
        await isThere("somebody");
        return made > before + 100;
      });
      await server.crash();
      expect((await fetch(`${house.url}/ready`)).status).toBe(503);
      await server.restart();
      const backAt = performance.now();
      await until(async () => (await fetch(`${house.url}/ready`)).status === 200);
      expect(await makeUser()).toBeDefined();
      expect(performance.now() - backAt).toBeLessThan(5_000);
      const { acknowledged } = await writing.stop();
      expect(acknowledged.length).toBeGreaterThan(50);
      for (const name of acknowledged) expect(await isThere(name), name).toBe(true);
    }
  }, 120_000);
});

describe("R13: transactions that are in each other's way", () => {
  it("are tried again after a deadlock of PostgreSQL's own finding, and both are done", async () => {
    const database = await openDatabase({ address: server.address, onFatal: () => undefined, log: silentLog });
    try {
      const { db } = database;
      const rows = ["one", "other"];
      for (const name of rows) await db.insertInto("store_facts").values({ name, value: "" }).execute();
      const firstDone = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let tries = 0;
      const write = (mine: number) =>
        transact(db, async (inside) => {
          tries++;
          for (const index of [mine, 1 - mine]) {
            const { value } = await inside
              .selectFrom("store_facts")
              .select("value")
              .where("name", "=", rows[index] ?? "")
              .forUpdate()
              .executeTakeFirstOrThrow();
            await inside
              .updateTable("store_facts")
              .set({ value: `${value}${mine}` })
              .where("name", "=", rows[index] ?? "")
              .execute();
            firstDone[mine]?.resolve();
            // Each holds one row before either asks for the other.
            await firstDone[1 - mine]?.promise;
          }
        });
      await Promise.all([write(0), write(1)]);
      expect(tries).toBeGreaterThan(2);
      const kept = await db.selectFrom("store_facts").select("value").where("name", "in", rows).execute();
      for (const { value } of kept) expect([...value].toSorted()).toEqual(["0", "1"]);
    } finally {
      await database.close();
    }
  }, 30_000);

  it.each(["40001", "40P01"])(
    "with %s at any one statement of them are done all the same, once",
    async (code) => {
      const query: unknown = pg.Client.prototype.query;
      const textOf = (config: unknown): string =>
        typeof config === "object" && config !== null && "text" in config ? String(config.text) : String(config);
      let isWithin = new WeakSet<object>();
      let [seen, failing, injected] = [0, 0, 0];
      const patched = function (this: object, ...args: unknown[]): unknown {
        const text = textOf(args[0]);
        if (/^begin/i.test(text) || /^start transaction/i.test(text)) isWithin.add(this);
        else if (/^(commit|rollback)/i.test(text)) isWithin.delete(this);
        else if (isWithin.has(this) && ++seen === failing) {
          injected++;
          const error = new pg.DatabaseError("injected", 8, "error");
          return Promise.reject(Object.assign(error, { code }));
        }
        return Reflect.apply(query as (...given: unknown[]) => unknown, this, args);
      };
      Reflect.set(pg.Client.prototype, "query", patched);
      try {
        for (failing = 1; ; failing++) {
          [seen, injected, isWithin] = [0, 0, new WeakSet()];
          await signUpAndRotate();
          if (injected === 0) break;
        }
      } finally {
        Reflect.set(pg.Client.prototype, "query", query);
      }
      expect(failing).toBeGreaterThan(5);
    },
    120_000,
  );

  /** Signs a user up, confirms and signs it in, and rotates its refresh token: each step once, and the old token is dead. */
  async function signUpAndRotate(): Promise<void> {
    const Username = `user-${++made}`;
    await api.signUp({ ClientId, Username, Password: "Passw0rd!" });
    await api.adminConfirmSignUp({ UserPoolId, Username });
    const AuthParameters = { USERNAME: Username, PASSWORD: "Passw0rd!" };
    const { AuthenticationResult } = await api.initiateAuth({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters,
    });
    const RefreshToken = AuthenticationResult?.RefreshToken;
    const rotated = await api.getTokensFromRefreshToken({ ClientId, RefreshToken });
    expect(rotated.AuthenticationResult?.RefreshToken).not.toBe(RefreshToken);
    await expect(api.getTokensFromRefreshToken({ ClientId, RefreshToken })).rejects.toMatchObject({
      name: "RefreshTokenReuseException",
    });
  }
});

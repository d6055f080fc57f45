/** Pools and users that are deleted while others write, by several nodes, and whose ids come again. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { endClearing, findClearing, noteClearing } from "../../src/database/clearings.ts";
import type { Db } from "../../src/database/open.ts";
import { minute } from "../../src/lib/clock.ts";
import { clearAbandoned, clearPool } from "../../src/pools/clearing.ts";
import { contentsOfPool } from "../support/contents.ts";
import { fillWithUsers, rowsOfOne } from "../support/crowd.ts";
import { makeDatabase } from "../support/engine.ts";
import { openTestHouse, sdkFor, type TestHouse } from "../support/house.ts";
import { makePerson, signIn } from "../support/people.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { refusalOf } from "../support/refusal.ts";

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});

afterAll(async () => {
  await house.close();
  expect(house.errors).toEqual([]);
});

const rowsOf = async (db: Db, poolId: string): Promise<number> =>
  Object.values(await contentsOfPool(db, poolId)).flat().length;

const makeOpenPool = (id?: string): Promise<TestPool> =>
  makePool(house, {
    pool: id === undefined ? {} : { UserPoolTags: { _custom_id_: id } },
    client: { GenerateSecret: false, ClientName: id === undefined ? "open" : `_custom_id_:client${id}` },
  });

async function deletePool({ UserPoolId, domain }: TestPool): Promise<void> {
  await house.api.deleteUserPoolDomain({ UserPoolId, Domain: domain });
  await house.api.deleteUserPool({ UserPoolId });
}

/** Lets the time pass in which what was under way may still write, and sweeps. */
async function sweepLater(): Promise<void> {
  house.clock.advance(2 * minute);
  await clearAbandoned(house.app);
}

describe("a pool that is deleted", () => {
  it("comes again under its id at once, with clients and users of the same names, and nothing of the old one", async () => {
    const email = "again@example.com";
    for (let round = 0; round < 3; round++) {
      const pool = await makeOpenPool("poolagain");
      await makePerson(house, pool, email, { name: `Round ${round}` });
      const token = await signIn(house, pool, email);
      expect((await house.api.listUsers({ UserPoolId: pool.UserPoolId })).Users).toHaveLength(1);
      await deletePool(pool);
      expect((await refusalOf(house.api.getUser({ AccessToken: token }))).name).toBe("NotAuthorizedException");
    }
    await makeOpenPool("poolagain");
    const UserPoolId = "us-east-1_poolagain";
    expect((await house.api.listUsers({ UserPoolId })).Users).toEqual([]);
    // What is noted of the old ones concerns the new one no more.
    await sweepLater();
    expect((await house.api.describeUserPool({ UserPoolId })).UserPool?.Name).toBe("walk");
    expect(await findClearing(house.app.db, UserPoolId)).toBeUndefined();
  });

  it("is gone for everybody, to the last row, whoever signs in and signs up meanwhile", async () => {
    const pool = await makeOpenPool();
    const { UserPoolId, ClientId, domain } = pool;
    const people = Array.from({ length: 12 }, (_, index) => `person-${index}@example.com`);
    await Promise.all(people.map((email) => makePerson(house, pool, email)));
    await house.api.deleteUserPoolDomain({ UserPoolId, Domain: domain });
    const under = people.flatMap((USERNAME, index) => [
      house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
      house.api.signUp({ ClientId, Username: `new-${index}@example.com`, Password: password }),
      house.api.adminCreateUser({ UserPoolId, Username: `made-${index}@example.com`, MessageAction: "SUPPRESS" }),
    ]);
    const [deleted, ...others] = await Promise.allSettled([house.api.deleteUserPool({ UserPoolId }), ...under]);
    expect(deleted.status).toBe("fulfilled");
    const names = others.flatMap((one) => (one.status === "rejected" ? [one.reason.name] : []));
    expect(names.filter((name) => !/^(ResourceNotFound|NotAuthorized|UserNotFound)Exception$/.test(name))).toEqual([]);
    for (const call of [
      () => house.api.describeUserPool({ UserPoolId }),
      () => house.api.listUsers({ UserPoolId }),
      () => house.api.signUp({ ClientId, Username: "late@example.com", Password: password }),
      () => house.api.deleteUserPool({ UserPoolId }),
    ]) {
      expect((await refusalOf(call())).name).toBe("ResourceNotFoundException");
    }
    await sweepLater();
    expect(await rowsOf(house.app.db, UserPoolId)).toBe(0);
  });

  it("answers while most of its rows are there, shows none of them, and keeps its id until they are gone", async () => {
    const { UserPoolId, domain } = await makeOpenPool("poolcrowd");
    const { db } = house.app;
    await fillWithUsers(db, UserPoolId, 9_000);
    await house.api.deleteUserPoolDomain({ UserPoolId, Domain: domain });
    // Once the house closes nothing goes on in the background: what the call itself leaves can be looked at.
    const closing = AbortSignal.abort();
    const { DeleteUserPool } = await import("../../src/pools/DeleteUserPool.ts");
    const { findPool } = await import("../../src/pools/store.ts");
    const pool = await findPool(db, UserPoolId);
    if (!pool) throw new Error("The pool was not made.");
    const raise = () => new Error("refused") as never;
    await DeleteUserPool.run({ ...house.app, closing }, pool, { UserPoolId }, raise, {} as never);
    const left = await rowsOf(db, UserPoolId);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(9_000 * rowsOfOne);
    expect((await refusalOf(house.api.listUsers({ UserPoolId }))).name).toBe("ResourceNotFoundException");
    const create = () => house.api.createUserPool({ PoolName: "new", UserPoolTags: { _custom_id_: "poolcrowd" } });
    expect(await refusalOf(create())).toMatchObject({
      name: "TooManyRequestsException",
      message: `User pool ${UserPoolId} is still being deleted.`,
    });
    expect(await rowsOf(db, UserPoolId)).toBe(left);
    await sweepLater();
    expect(await rowsOf(db, UserPoolId)).toBe(0);
    expect((await create()).UserPool?.Id).toBe(UserPoolId);
  });

  it("is cleared away by whoever has it, one at a time, and by nobody once its id is taken again", async () => {
    const { db } = house.app;
    const poolId = "us-east-1_shared";
    const clearing = { poolId, sub: "", reason: "deletion", leasedUntil: house.clock.now() + minute } as const;
    await noteClearing(db, clearing);
    await fillWithUsers(db, poolId, 3_000);
    const [one, other] = await Promise.all([
      clearPool(house.app, clearing, { batches: 2 }),
      clearPool(house.app, clearing, { batches: 2 }),
    ]);
    expect([one.state, other.state].toSorted()).toEqual(["lost", "unfinished"]);
    const holder = one.state === "lost" ? other : one;
    const rest = await clearPool(house.app, holder.clearing, {});
    expect(rest.state).toBe("through");
    await house.api.createUserPool({ PoolName: "new", UserPoolTags: { _custom_id_: "shared" } });
    await house.api.adminCreateUser({ UserPoolId: poolId, Username: "first", MessageAction: "SUPPRESS" });
    expect((await clearPool(house.app, rest.clearing, {})).state).toBe("lost");
    expect(await endClearing(db, rest.clearing)).toBe(false);
    expect((await house.api.listUsers({ UserPoolId: poolId })).Users).toHaveLength(1);
  });

  it("is cleared away once by two nodes that sweep at the same time", async () => {
    const { db } = house.app;
    const poolId = "us-east-1_swept";
    await noteClearing(db, { poolId, sub: "", reason: "deletion", leasedUntil: 0 });
    await fillWithUsers(db, poolId, 3_000);
    await Promise.all([clearAbandoned(house.app), clearAbandoned(house.app)]);
    await sweepLater();
    expect(await rowsOf(db, poolId)).toBe(0);
  });
});

describe("a pool that is deleted and made again on one node", () => {
  const nodeCount = inject("engine") === "postgres" ? 2 : 1;

  it("has its new keys on the other a second later", async () => {
    const place = await makeDatabase(true);
    const rootKey = randomBytes(32);
    const given = { database: place.address, publicUrl: "http://localhost:7665" };
    const nodes: TestHouse[] = [];
    for (let node = 0; node < nodeCount; node++) nodes.push(await openTestHouse(given, { rootKey }));
    try {
      const [one, other] = [sdkFor(nodes[0]?.url ?? ""), sdkFor(nodes.at(-1)?.url ?? "")];
      const UserPoolId = "us-east-1_anew";
      const keysOf = async () => (await fetch(`${nodes.at(-1)?.url}/${UserPoolId}/.well-known/jwks.json`)).text();
      const make = async () => {
        await one.createUserPool({ PoolName: "p", UserPoolTags: { _custom_id_: "anew" } });
        return one.createUserPoolClient({
          UserPoolId,
          ClientName: "_custom_id_:anewclient",
          GenerateSecret: true,
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        });
      };
      await make();
      const before = await keysOf();
      await one.deleteUserPool({ UserPoolId });
      const made = await make();
      for (const { clock } of nodes) clock.advance(1000);
      expect(await keysOf()).not.toBe(before);
      const shown = await other.describeUserPoolClient({ UserPoolId, ClientId: "anewclient" });
      expect(shown.UserPoolClient?.ClientSecret).toBe(made.UserPoolClient?.ClientSecret);
    } finally {
      for (const node of nodes) await node.close();
      await place.drop();
    }
  });
});

describe("a user who is deleted", () => {
  it("leaves nothing, however often it signed in, and what goes later lets nobody in", async () => {
    const pool = await makeOpenPool();
    const { UserPoolId, ClientId } = pool;
    const { db } = house.app;
    const Username = "frequent@example.com";
    const sub = await makePerson(house, pool, Username);
    const signedIn = await house.api.initiateAuth({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: password },
    });
    const [family] = await db.selectFrom("refresh_families").selectAll().where("sub", "=", sub).execute();
    if (!family) throw new Error("There is no family.");
    for (let written = 0; written < 5_000; written += 500) {
      const more = Array.from({ length: 500 }, (_, index) => ({ ...family, family: `0-${written + index}` }));
      await db.insertInto("refresh_families").values(more).execute();
    }
    const families = async () =>
      (await db.selectFrom("refresh_families").select("family").where("sub", "=", sub).execute()).length;
    await house.api.adminDeleteUser({ UserPoolId, Username });
    expect(await families()).toBeGreaterThan(4_000);
    const AuthParameters = { REFRESH_TOKEN: signedIn.AuthenticationResult?.RefreshToken ?? "" };
    const refreshed = house.api.initiateAuth({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
    expect((await refusalOf(refreshed)).name).toBe("NotAuthorizedException");
    expect((await refusalOf(house.api.adminGetUser({ UserPoolId, Username }))).name).toBe("UserNotFoundException");
    await makePerson(house, pool, Username);
    await clearAbandoned(house.app);
    expect(await families()).toBe(0);
    expect(await db.selectFrom("clearings").selectAll().where("sub", "=", sub).execute()).toEqual([]);
    expect((await house.api.listUsers({ UserPoolId })).Users).toHaveLength(1);
  });
});

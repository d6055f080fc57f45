import { createHmac, createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FullPool, makeFullPool } from "../../test/support/full-pool.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { authenticatorCode, signInBySrp } from "../../test/support/signing-in.ts";
import { noteClearing } from "../database/clearings.ts";
import { publicKeySet } from "../keys/signing-key.ts";
import { minute } from "../lib/clock.ts";
import { clearAbandoned } from "../pools/clearing.ts";
import type { Arrival, ArriveWishes } from "./arrival.ts";
import { importPool } from "./arrive.ts";
import { exportPool } from "./leave.ts";
import { readParcel } from "./parcel.ts";
import { travellingTables } from "./travel.ts";

/** A pool is made on SQLite, moves to the engine of the run, and on to SQLite again. */
let first: TestHouse;
let second: TestHouse;
let third: TestHouse;

let full: FullPool;
let UserPoolId: string;

const open = (database?: string) => openTestHouse({ issuer: "aws", ...(database !== undefined && { database }) });

beforeAll(async () => {
  [first, second, third] = [await open(":memory:"), await open(), await open(":memory:")];
  full = await makeFullPool(first);
  ({ UserPoolId } = full);
});

afterAll(async () => {
  for (const house of [first, second, third]) {
    await house.close();
    expect(house.errors).toEqual([]);
  }
});

const signIn = ({ api }: TestHouse, USERNAME: string, ClientId = full.ClientId) =>
  api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME, PASSWORD: password } });

const hashOf = (ClientId: string): string =>
  createHmac("sha256", full.srp.secret).update(`moved-user${ClientId}`).digest("base64");

async function linesOf({ app }: TestHouse, keepsSessions: boolean, poolId = UserPoolId): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of exportPool(app, poolId, { keepsSessions })) texts.push(text);
  return texts.join("").trimEnd().split("\n");
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

const arrive = async ({ app }: TestHouse, lines: readonly string[], wishes: ArriveWishes): Promise<Arrival> =>
  importPool(app, await readParcel(each(lines)), wishes);

/** What lines say, without when they were written. */
const saidBy = (lines: readonly string[]): unknown[] =>
  lines.map((line) => {
    const { madeAt: _madeAt, sha256: _sha256, ...rest } = JSON.parse(line);
    return rest;
  });

/** How many rows of a pool a house has, in all its tables. */
async function rowsIn({ app: { db } }: TestHouse, poolId: string): Promise<number> {
  const counts = await Promise.all(
    [...travellingTables.map(({ name }) => name), "pool_keys" as const, "directory" as const].map((table) =>
      db.selectFrom(table).select("pool_id").where("pool_id", "=", poolId).execute(),
    ),
  );
  return counts.flat().length;
}

describe("a pool that moves to the other engine and back", () => {
  let left: string[];

  beforeAll(async () => {
    left = await linesOf(first, true);
    await arrive(second, left, { keepsSessions: true });
    await arrive(third, await linesOf(second, true), { keepsSessions: true });
  });

  it("has something in every table that travels", () => {
    const kinds = new Set(left.map((line): unknown => JSON.parse(line).kind));
    expect(travellingTables.map(({ name }) => name).filter((name) => !kinds.has(name))).toEqual([]);
  });

  it("says the same in the end as in the beginning", async () => {
    expect(saidBy(await linesOf(third, true))).toEqual(saidBy(left));
  });

  it("is described as it was", async () => {
    for (const describe of [
      (house: TestHouse) => house.api.describeUserPool({ UserPoolId }),
      (house: TestHouse) => house.api.describeUserPoolClient({ UserPoolId, ClientId: full.srp.ClientId }),
      (house: TestHouse) => house.api.describeIdentityProvider({ UserPoolId, ProviderName: full.ProviderName }),
      (house: TestHouse) => house.api.adminGetUser({ UserPoolId, Username: "careful" }),
    ]) {
      const { $metadata: _then, ...before } = await describe(first);
      const { $metadata: _now, ...after } = await describe(second);
      expect(after).toEqual(before);
    }
  });

  it("lets its users in by password and by SRP, with the client's secret, and knows their groups", async () => {
    const { AuthenticationResult = {} } = await signIn(second, "moved-user");
    const [, payload = ""] = (AuthenticationResult.AccessToken ?? "").split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())["cognito:groups"]).toContain("moved-group");
    const SECRET_HASH = hashOf(full.srp.ClientId);
    const step = await signInBySrp(
      second,
      { ClientId: full.srp.ClientId, UserPoolId },
      { username: "moved-user", password, parameters: { SECRET_HASH } },
    );
    expect(step.AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("asks for the code of the same authenticator", async () => {
    const asked = await signIn(second, "careful");
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const answered = await second.api.respondToAuthChallenge({
      ClientId: full.ClientId,
      ChallengeName: asked.ChallengeName,
      Session: asked.Session,
      ChallengeResponses: {
        USERNAME: "careful",
        SOFTWARE_TOKEN_MFA_CODE: authenticatorCode(second, full.authenticator),
      },
    });
    expect(answered.AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("leaves those who are signed in so, when that was asked for", async () => {
    const { Username } = await second.api.getUser({ AccessToken: full.tokens.AccessToken });
    expect(Username).toBe("moved-user");
    const { AuthenticationResult } = await second.api.initiateAuth({
      ClientId: full.ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: full.tokens.RefreshToken, DEVICE_KEY: full.tokens.DeviceKey },
    });
    expect(AuthenticationResult?.AccessToken).toBeTruthy();
  });
});

describe("a pool that arrives without sessions", () => {
  it("R20: voids what was issued, which still shows whose signature it has", async () => {
    const house = await open();
    await arrive(house, await linesOf(first, false), { keepsSessions: false });
    expect((await refusalOf(house.api.getUser({ AccessToken: full.tokens.AccessToken }))).name).toBe(
      "NotAuthorizedException",
    );
    const refreshing = house.api.initiateAuth({
      ClientId: full.ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: full.tokens.RefreshToken },
    });
    expect((await refusalOf(refreshing)).name).toBe("NotAuthorizedException");
    const { keys } = await publicKeySet(house.app, UserPoolId);
    const [header = "", payload = "", signature = ""] = full.tokens.AccessToken.split(".");
    const { kid } = JSON.parse(Buffer.from(header, "base64url").toString());
    const key = createPublicKey({ key: { ...keys.find((jwk) => jwk.kid === kid) }, format: "jwk" });
    const signed = Buffer.from(`${header}.${payload}`);
    expect(verify("sha256", signed, key, Buffer.from(signature, "base64url"))).toBe(true);
    await house.close();
  });

  it("R20: drops the sessions of an export that has them, unless they are asked for", async () => {
    const house = await open();
    await arrive(house, await linesOf(first, true), { keepsSessions: false });
    expect(await house.app.db.selectFrom("refresh_families").selectAll().execute()).toEqual([]);
    expect((await refusalOf(house.api.getUser({ AccessToken: full.tokens.AccessToken }))).name).toBe(
      "NotAuthorizedException",
    );
    await house.close();
  });
});

describe("a copy of a pool beside it", () => {
  it("has another id, new ids of clients, no domain, and no use for the old verifiers", async () => {
    const copyId = "eu-west-1_copied";
    const arrival = await arrive(first, await linesOf(first, false), { poolId: copyId, keepsSessions: false });
    expect(arrival).toMatchObject({ poolId: copyId, domainsLeftOut: [full.Domain], hasLostVerifiers: true });
    const ClientId = arrival.clientIds.get(full.ClientId) ?? "";
    const { ClientSecret } =
      (await first.api.describeUserPoolClient({ UserPoolId, ClientId: full.srp.ClientId })).UserPoolClient ?? {};
    expect(ClientSecret).toBe(full.srp.secret);
    expect((await signIn(first, "moved-user", ClientId)).AuthenticationResult?.AccessToken).toBeTruthy();
    expect((await signIn(first, "moved-user")).AuthenticationResult?.AccessToken).toBeTruthy();
    const rows = await first.app.db.selectFrom("pools").select("region").where("pool_id", "=", copyId).execute();
    expect(rows).toEqual([{ region: "eu-west-1" }]);
    const styles = await first.app.db
      .selectFrom("managed_login_brandings")
      .select("client_id")
      .where("pool_id", "=", copyId)
      .execute();
    expect(styles.map((row) => row.client_id)).toContain(ClientId);
    expect(styles.map((row) => row.client_id)).not.toContain(full.ClientId);
  });

  it("lets its users in by SRP once they have given their password", async () => {
    const poolId = "us-east-1_again";
    const arrival = await arrive(first, await linesOf(first, false), { poolId, keepsSessions: false });
    const bySrp = () => {
      const ClientId = arrival.clientIds.get(full.srp.ClientId) ?? "";
      const SECRET_HASH = hashOf(ClientId);
      return signInBySrp(
        first,
        { ClientId, UserPoolId: poolId },
        { username: "moved-user", password, parameters: { SECRET_HASH } },
      );
    };
    expect((await refusalOf(bySrp())).name).toBe("NotAuthorizedException");
    await signIn(first, "moved-user", arrival.clientIds.get(full.ClientId));
    const verifier = () =>
      first.app.db
        .selectFrom("passwords")
        .innerJoin("users", "users.sub", "passwords.sub")
        .select("sealed_srp")
        .where("passwords.pool_id", "=", poolId)
        .where("users.pool_id", "=", poolId)
        .where("username", "=", "moved-user")
        .executeTakeFirstOrThrow();
    await expect.poll(verifier).toEqual({ sealed_srp: expect.any(String) });
    expect((await bySrp()).AuthenticationResult?.AccessToken).toBeTruthy();
  });
});

describe("an export that is not what it says", () => {
  const id = "us-east-1_refused";
  let lines: string[];

  beforeAll(async () => {
    lines = await linesOf(first, false);
  });

  const header = (change: object): string[] => [JSON.stringify({ ...JSON.parse(lines[0] ?? ""), ...change })];
  const without = (kind: string): string[] => lines.filter((line) => !line.startsWith(`{"kind":"${kind}"`));

  it.each([
    ["is cut off", () => lines.slice(0, -3), "ends too early"],
    ["has lost its end", () => lines.slice(0, -1), "ends too early"],
    ["lacks a line", () => lines.toSpliced(-5, 1), "was altered"],
    ["goes on after its end", () => [...lines, lines[3] ?? ""], "goes on after its end"],
    [
      "has another name in a line",
      () => lines.map((line) => line.replace("moved-guest", "moved-other")),
      "was altered",
    ],
    ["is empty", () => [], "This is no export of a pool"],
    ["is something else", () => ['{"pools":[]}'], "This is no export of a pool"],
    ["is of a newer release", () => [...header({ version: 2 }), ...lines.slice(1)], "a newer Poolhouse made it"],
    ["holds a table that is not known", () => [...header({}), '{"kind":"robots","row":{}}'], "holds robots"],
    [
      "holds a column that is not known",
      () => [...header({}), '{"kind":"groups","row":{"colour":"red"}}'],
      "holds colour of groups",
    ],
    [
      "holds a value of another kind",
      () => [...header({}), '{"kind":"groups","row":{"name":7}}'],
      "name of groups is no text",
    ],
    [
      "holds the same user twice",
      () => {
        const users = lines.filter((line) => line.startsWith('{"kind":"users"'));
        return [...header({}), ...users, ...users, ...lines.filter((line) => line.startsWith('{"kind":"groups"'))];
      },
      "Two rows of users claim the same name or id.",
    ],
    ["holds no pool", () => without("pools"), "was altered"],
    ["holds a line that is no JSON", () => [...header({}), "{"], "Line 2 of the export is no JSON object"],
  ])("is refused when it %s, and leaves nothing behind", async (_title, made, message) => {
    await expect(arrive(second, made(), { poolId: id, keepsSessions: false })).rejects.toThrow(message);
    expect(await rowsIn(second, id)).toBe(0);
    expect(await second.app.db.selectFrom("clearings").selectAll().execute()).toEqual([]);
  });

  it.each([
    ["for a pool that exists", { keepsSessions: false }, `The pool us-east-1`],
    ["for sessions that it has not got", { poolId: id, keepsSessions: true }, "holds no sessions"],
    ["for an id that no pool can have", { poolId: "refused", keepsSessions: false }, "cannot be the id of a pool"],
  ])("is refused %s", async (_title, wishes, message) => {
    const before = await rowsIn(second, UserPoolId);
    await expect(arrive(second, lines, wishes)).rejects.toThrow(message);
    expect(await rowsIn(second, UserPoolId)).toBe(before);
  });

  it("is refused where another pool has its clients, when it does not come as a copy", async () => {
    const house = await open();
    await arrive(house, lines, { poolId: "us-east-1_holder", keepsSessions: false });
    await expect(arrive(house, lines, { keepsSessions: false })).rejects.toThrow("belongs to another pool here");
    expect(await rowsIn(house, UserPoolId)).toBe(0);
    await house.close();
  });

  it("is refused, and leaves nothing, when it is interrupted", async () => {
    const stopping = new AbortController();
    const wishes = { poolId: id, keepsSessions: false, signal: stopping.signal, onProgress: () => stopping.abort() };
    await expect(arrive(second, lines, wishes)).rejects.toThrow("was interrupted");
    expect(await rowsIn(second, id)).toBe(0);
  });
});

describe("an arrival whose process died", () => {
  const id = "us-east-1_died";

  it("holds its id until it is taken away, after which the id is free", async () => {
    const { db, vault } = second.app;
    await vault.createPoolKeys(db, id);
    await noteClearing(db, { poolId: id, sub: "", reason: "import", leasedUntil: second.clock.now() + minute });
    await db
      .insertInto("groups")
      .values({
        pool_id: id,
        name: "g",
        description: null,
        role_arn: null,
        precedence: null,
        created_at: 0,
        modified_at: 0,
      })
      .execute();
    const create = () => second.api.createUserPool({ PoolName: "again", UserPoolTags: { _custom_id_: "died" } });
    await clearAbandoned(second.app);
    expect((await refusalOf(create())).message).toContain("already exists");
    expect(await rowsIn(second, id)).toBe(2);
    second.clock.advance(minute + 1);
    await clearAbandoned(second.app);
    expect(await rowsIn(second, id)).toBe(0);
    expect((await create()).UserPool?.Id).toBe(id);
  });
});

import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { systemClock } from "../lib/clock.ts";
import { systemRandom } from "../lib/random.ts";
import { openVault } from "./open.ts";

const house = useHouse();
let pool: TestPool;
let other: TestPool;

beforeAll(async () => {
  pool = await makePool(house);
  other = await makePool(house);
});

describe("a secret at rest", () => {
  const place = { table: "passwords", column: "sealed_hash", row: "one" };

  it("X-02: opens in its own row, column, purpose and pool only", async () => {
    const { db, vault } = house.app;
    const [mine, theirs] = [await vault.poolKeys(db, pool.UserPoolId), await vault.poolKeys(db, other.UserPoolId)];
    const sealed = mine.seal("pw", place, "secret");
    expect(mine.open("pw", place, sealed)).toBe("secret");
    expect(() => mine.open("pw", { ...place, row: "two" }, sealed)).toThrow();
    expect(() => mine.open("pw", { ...place, column: "sealed_srp" }, sealed)).toThrow();
    expect(() => mine.open("totp", place, sealed)).toThrow();
    expect(() => theirs.open("pw", place, sealed)).toThrow();
    expect(() => mine.open("pw", place, "text")).toThrow("damaged");
  });

  it("X-02: of one user does not sign in another, when it is copied to its row", async () => {
    const subs = [
      await pool.createUser("a@example.com", "Passw0rd-a"),
      await pool.createUser("b@example.com", "Passw0rd-b"),
    ];
    const { db } = house.app;
    const rows = await db.selectFrom("passwords").selectAll().where("sub", "in", subs).execute();
    const first = rows.find(({ sub }) => sub === subs[0]);
    await db
      .updateTable("passwords")
      .set({ sealed_hash: first?.sealed_hash ?? "" })
      .where("sub", "=", subs[1] ?? "")
      .execute();
    const AuthParameters = {
      USERNAME: "b@example.com",
      PASSWORD: "Passw0rd-a",
      SECRET_HASH: pool.hashOf("b@example.com"),
    };
    const call = house.api.initiateAuth({ ClientId: pool.ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await expect(call).rejects.toMatchObject({ name: "InternalErrorException" });
    expect(house.takeErrors()).toHaveLength(1);
  });

  it("X-01: stands nowhere in the database in the clear", async () => {
    await pool.createUser("canary@example.com", "Canary-Passw0rd");
    await house.api.signUp({
      ClientId: pool.ClientId,
      Username: "code@example.com",
      Password: password,
      SecretHash: pool.hashOf("code@example.com"),
    });
    const code = await house.codeFor("code@example.com");
    const AuthParameters = {
      USERNAME: "canary@example.com",
      PASSWORD: "Canary-Passw0rd",
      SECRET_HASH: pool.hashOf("canary@example.com"),
    };
    const { AuthenticationResult } = await house.api.initiateAuth({
      ClientId: pool.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters,
    });
    const tables = [
      "store_facts",
      "pool_keys",
      "clients",
      "users",
      "passwords",
      "codes",
      "messages",
      "signing_keys",
      "refresh_families",
      "signin_attempts",
    ] as const;
    const rows = await Promise.all(tables.map((table) => house.app.db.selectFrom(table).selectAll().execute()));
    const dump = JSON.stringify(rows);
    for (const secret of [
      "Canary-Passw0rd",
      pool.secret,
      AuthenticationResult?.RefreshToken ?? "",
      "PRIVATE KEY",
      "argon2id",
      `is ${code}`,
    ]) {
      expect(dump.includes(secret), secret.slice(0, 8)).toBe(false);
    }
  });
});

describe("a vault", () => {
  it("opens with its own root key only", async () => {
    const options = { db: house.app.db, random: systemRandom, clock: systemClock };
    await expect(openVault({ ...options, rootKey: randomBytes(32) })).rejects.toThrow(
      "The root key does not open this database",
    );
    await expect(openVault({ ...options, rootKey: randomBytes(16) })).rejects.toThrow("it must have 32");
  });
});

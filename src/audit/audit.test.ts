import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canary, canaryRequest } from "../../test/support/canaries.ts";
import { makeFullPool } from "../../test/support/full-pool.ts";
import { call } from "../../test/support/furnished-requests.ts";
import { openTestHouse, sdkFor, type TestHouse, useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { createAccessKey } from "../access/access.ts";
import { operationNames } from "../contract/contract.ts";
import { day, minute, second } from "../lib/clock.ts";
import { hashOfSecret } from "../sessions/session.ts";
import { insertHostedSession } from "../sessions/store.ts";
import type { AuditRecord } from "./act.ts";
import { idPrefixAt } from "./record-id.ts";
import { sweepAudit } from "./retention.ts";
import { listRecords } from "./store.ts";

const house = useHouse();
let pool: TestPool;

beforeAll(async () => {
  pool = await makePool(house, {
    client: { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  });
});

/** What was put on record while something was done, the oldest first. */
async function recorded(work: () => Promise<unknown>, at: TestHouse = house): Promise<AuditRecord[]> {
  // A time of its own, so that what was recorded before sorts before it.
  at.clock.advance(second);
  const before = idPrefixAt(at.clock.now());
  await work();
  return listRecords(at.app.db, { after: before, limit: 1000 });
}

const signIn = (USERNAME: string, PASSWORD = password) =>
  house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD },
  });

describe("what an administrator does", () => {
  it("is on record: who, what, on what, how it ended, by which call and from where", async () => {
    const { UserPoolId } = pool;
    let requestId: string | undefined;
    const records = await recorded(async () => {
      requestId = (await house.api.createGroup({ UserPoolId, GroupName: "staff", Description: "Everybody" })).$metadata
        .requestId;
    });
    expect(records).toEqual([
      {
        id: expect.any(String),
        at: house.clock.now(),
        name: "CreateGroup",
        actor: { kind: "key", id: "local" },
        pool: UserPoolId,
        userSub: null,
        target: { GroupName: "staff" },
        outcome: "succeeded",
        requestId,
        address: "127.0.0.1",
        details: { members: ["GroupName", "UserPoolId", "Description"] },
      },
    ]);
  });

  it("is on record when it is refused, with the name of the error", async () => {
    const { UserPoolId } = pool;
    const records = await recorded(() => refusalOf(house.api.createGroup({ UserPoolId, GroupName: "staff" })));
    expect(records).toMatchObject([{ name: "CreateGroup", outcome: "GroupExistsException" }]);
  });

  it("is on record where it was to something that does not exist", async () => {
    const { UserPoolId } = pool;
    const records = await recorded(() => refusalOf(house.api.adminDeleteUser({ UserPoolId, Username: "nobody" })));
    expect(records).toMatchObject([
      { name: "AdminDeleteUser", pool: UserPoolId, userSub: null, outcome: "UserNotFoundException" },
    ]);
  });

  it("is on record with what it made", async () => {
    const records = await recorded(async () => {
      const { UserPool } = await house.api.createUserPool({ PoolName: "made" });
      await house.api.createUserPoolClient({ UserPoolId: UserPool?.Id, ClientName: "made", GenerateSecret: true });
    });
    expect(records).toMatchObject([
      { name: "CreateUserPool", pool: expect.stringMatching(/^us-east-1_\w{9}$/) },
      { name: "CreateUserPoolClient", target: { ClientId: expect.stringMatching(/^[0-9a-z]{26}$/) } },
    ]);
  });

  it("to a user names the user by its sub and attributes by their names, and no value", async () => {
    const { UserPoolId } = pool;
    const email = "values@example.com";
    const records = await recorded(async () => {
      const sub = await pool.createUser(email);
      await house.api.adminUpdateUserAttributes({
        UserPoolId,
        Username: sub,
        UserAttributes: [{ Name: "name", Value: "Jane Doe" }],
      });
    });
    const sub = records[0]?.userSub;
    expect(records.map(({ name, userSub }) => [name, userSub])).toEqual([
      ["AdminCreateUser", expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ["AdminSetUserPassword", sub],
      ["AdminUpdateUserAttributes", sub],
    ]);
    expect(records[2]?.details.attributes).toEqual(["name"]);
    expect(JSON.stringify(records)).not.toMatch(/values@example|Jane Doe|Passw0rd/);
  });

  it("is not on record where it only reads, but is where that shows a secret", async () => {
    const { UserPoolId, ClientId } = pool;
    const records = await recorded(async () => {
      await house.api.listUsers({ UserPoolId });
      await house.api.describeUserPool({ UserPoolId });
      await house.api.describeUserPoolClient({ UserPoolId, ClientId });
    });
    expect(records.map(({ name }) => name)).toEqual(["DescribeUserPoolClient"]);
  });

  it("outlives the pool", async () => {
    const { UserPool } = await house.api.createUserPool({ PoolName: "gone" });
    const id = UserPool?.Id ?? "";
    await house.api.deleteUserPool({ UserPoolId: id });
    const records = await listRecords(house.app.db, { pool: id, after: "", limit: 10 });
    expect(records.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["CreateUserPool", "succeeded"],
      ["DeleteUserPool", "succeeded"],
    ]);
  });
});

describe("what a user does", () => {
  const email = "user@example.com";
  let sub: string;

  beforeAll(async () => {
    sub = await pool.createUser(email);
  });

  const short = (records: readonly AuditRecord[]) =>
    records.map(({ name, actor, outcome, userSub, details }) => [
      name,
      actor.kind,
      outcome,
      userSub,
      ...(details.reason === undefined ? [] : [details.reason]),
    ]);

  it("to get in is on record, right or wrong, without what was given", async () => {
    const records = await recorded(async () => {
      await signIn(email);
      await refusalOf(signIn(email, "Wr0ng-Canary!"));
      await refusalOf(signIn("Nobody-Canary"));
    });
    expect(short(records)).toEqual([
      ["SignIn", "user", "succeeded", sub],
      ["SignIn", "anybody", "refused", sub, "Incorrect username or password."],
      ["SignIn", "anybody", "refused", null, expect.any(String)],
    ]);
    expect(records).toMatchObject([
      { pool: pool.UserPoolId, target: { ClientId: pool.ClientId }, address: "127.0.0.1" },
      {},
      {},
    ]);
    expect(JSON.stringify(records)).not.toContain("Canary");
  });

  it("is on record as locked out after too many wrong passwords", async () => {
    await pool.createUser("locked@example.com");
    const records = await recorded(async () => {
      for (let tries = 0; tries < 6; tries++) await refusalOf(signIn("locked@example.com", "Wr0ng-one!"));
    });
    expect(records.slice(-2).map(({ details }) => details.reason)).toEqual([
      "Incorrect username or password.",
      "Password attempts exceeded",
    ]);
  });

  it("about its password, its authenticator and its sessions is on record", async () => {
    const { ClientId, UserPoolId } = pool;
    await house.api.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const { AuthenticationResult: { AccessToken = "", RefreshToken = "" } = {} } = await signIn(email);
    const { authenticatorCode } = await import("../../test/support/signing-in.ts");
    const records = await recorded(async () => {
      await house.api.changePassword({ AccessToken, PreviousPassword: password, ProposedPassword: "Brand-new1" });
      const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
      await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode) });
      await house.api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: false } });
      await house.api.forgotPassword({ ClientId, Username: email });
      const ConfirmationCode = await house.codeFor(email);
      await house.api.confirmForgotPassword({ ClientId, Username: email, ConfirmationCode, Password: "Brand-new2" });
      await house.api.revokeToken({ ClientId, Token: RefreshToken });
      await insertHostedSession(house.app.db, {
        poolId: UserPoolId,
        hash: hashOfSecret("secret"),
        sub,
        authenticatedAt: 0,
        methods: ["pwd"],
        expiresAt: house.clock.now() + minute,
        createdAt: 0,
      });
      const query = new URLSearchParams({ client_id: ClientId, logout_uri: "https://example.com/bye" });
      await fetch(`${pool.base}/logout?${query}`, { headers: { cookie: "cognito=secret" }, redirect: "manual" });
    });
    expect(short(records)).toEqual([
      ["PasswordChange", "user", "succeeded", sub],
      ["AuthenticatorRegistered", "user", "succeeded", sub],
      ["SetUserMFAPreference", "user", "succeeded", sub],
      ["PasswordResetAsked", "user", "succeeded", sub],
      ["PasswordReset", "user", "succeeded", sub],
      ["TokenRevoked", "user", "succeeded", sub],
      ["SignOut", "user", "succeeded", sub],
    ]);
  });

  it("by the pages is on record as by the API", async () => {
    const { ClientId } = pool;
    const Username = "pages@example.com";
    await house.api.signUp({ ClientId, Username, Password: password });
    const records = await recorded(() =>
      house.api.confirmSignUp({ ClientId, Username, ConfirmationCode: "000000" }).catch(() => undefined),
    );
    expect(records).toMatchObject([
      { name: "ConfirmSignUp", actor: { kind: "anybody" }, outcome: "CodeMismatchException", target: { ClientId } },
    ]);
  });
});

describe("a refused call", () => {
  let production: TestHouse;

  beforeAll(async () => {
    production = await openTestHouse({ mode: "serve", publicUrl: "http://localhost" });
  });

  afterAll(() => production.close());

  it("is on record: a wrong signature with the key that it claims, and a key that may not", async () => {
    const key = await createAccessKey(production.app, { role: "read", poolId: null });
    const forged = sdkFor(production.url, { ...key, secretAccessKey: "not the secret" });
    const records = await recorded(async () => {
      await refusalOf(forged.listUserPools({ MaxResults: 1 }));
      await refusalOf(sdkFor(production.url, key).createUserPool({ PoolName: "p" }));
    }, production);
    expect(records).toMatchObject([
      {
        name: "ListUserPools",
        actor: { kind: "key", id: key.accessKeyId },
        outcome: "InvalidSignatureException",
        address: "127.0.0.1",
        requestId: expect.any(String),
      },
      { name: "CreateUserPool", actor: { kind: "key", id: key.accessKeyId }, outcome: "AccessDeniedException" },
    ]);
  });

  it("by the hundred fills no disk: what is passed over is counted in the next record", async () => {
    const nobody = sdkFor(production.url, { accessKeyId: "AKIANOBODY", secretAccessKey: "none" });
    const refuse = () => refusalOf(nobody.listUserPools({ MaxResults: 1 }));
    production.clock.advance(minute);
    const records = await recorded(() => Promise.all(Array.from({ length: 130 }, refuse)), production);
    expect(records).toHaveLength(100);
    const [later] = await recorded(refuse, production);
    expect(later?.details.passedOver).toBe(30);
  });
});

describe("a record", () => {
  it("X-01: holds nothing that the contract calls sensitive, whatever the operation", async () => {
    const records = await recorded(async () => {
      const sub = await pool.createUser("subject@example.com");
      const known = { UserPoolId: pool.UserPoolId, ClientId: pool.ClientId, Username: sub };
      for (const name of operationNames) {
        const request = canaryRequest(name);
        if (!request) continue;
        // Once with what exists, so that the operation runs, and once with a canary in its place.
        const found = Object.fromEntries(Object.entries(known).filter(([member]) => member in request));
        await call(house.api, name, { ...request, ...found }).catch(() => undefined);
        await call(house.api, name, { ...request, UserPoolId: pool.UserPoolId }).catch(() => undefined);
      }
    });
    house.takeErrors();
    expect(records.length).toBeGreaterThan(15);
    expect(JSON.stringify(records)).not.toContain(canary);
  });

  it("X-01: holds no secret of a pool in which everything was done", async () => {
    const records = await recorded(async () => {
      const full = await makeFullPool(house);
      const values = [password, full.authenticator, full.srp.secret, ...Object.values(full.tokens)];
      const text = JSON.stringify(await listRecords(house.app.db, { pool: full.UserPoolId, after: "", limit: 1000 }));
      expect(values.filter((value) => value !== full.tokens.DeviceKey && text.includes(value))).toEqual([]);
    });
    expect(records.length).toBeGreaterThan(30);
  });

  it("is kept for as long as the settings say", async () => {
    const count = async () => (await listRecords(house.app.db, { after: "", limit: 10 })).length;
    const keeping = (auditDays: number) => ({ ...house.app, settings: { ...house.app.settings, auditDays } });
    await recorded(() => signIn("nobody@example.com").catch(() => undefined));
    house.clock.advance(30 * day - second);
    await sweepAudit(keeping(30));
    expect(await count()).toBeGreaterThan(0);
    house.clock.advance(2 * second);
    await sweepAudit(keeping(0));
    expect(await count()).toBeGreaterThan(0);
    await sweepAudit(keeping(30));
    expect(await count()).toBe(0);
  });
});

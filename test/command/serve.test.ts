/** A production house in a process of its own: what it refuses, what it tells, what it never tells, and how it ends. */
import { createHmac } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationNames } from "../../src/contract/contract.ts";
import { canary, canaryRequest } from "../support/canaries.ts";
import { commands, type Running } from "../support/command.ts";
import { call } from "../support/furnished-requests.ts";
import { sdkFor } from "../support/house.ts";

const { run, start, stop, endAll } = commands();
let folder: string;
let rootKey: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-serve-"));
  rootKey = join(folder, "root.key");
  run(["keys", "root", rootKey]);
});

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

interface Production extends Running {
  readonly data: string;
  readonly admin: CognitoIdentityProvider;
}

/** A production house with a key that may do everything. */
async function production(name: string, flags: readonly string[] = []): Promise<Production> {
  const data = join(folder, name);
  const common = ["--data", data, "--root-key-file", rootKey];
  const made = run(["keys", "create", "--role", "admin", ...common]).stdout;
  const [, accessKeyId = "", secretAccessKey = ""] = /=(\S+)\n.*?=(\S+)\n/.exec(made) ?? [];
  const args = ["serve", "--port", "0", "--public-url", "http://localhost", "--drain-seconds", "0"];
  const house = await start([...args, ...common, ...flags]);
  return { ...house, data, admin: sdkFor(house.url, { accessKeyId, secretAccessKey }) };
}

describe("X-04: poolhouse serve refuses", () => {
  const secure = ["--public-url", "https://auth.example.com", "--proxies", "1"];
  const keyOf = (name: string, bytes: Uint8Array): string => {
    const file = join(folder, `${name}.key`);
    writeFileSync(file, Buffer.from(bytes).toString("base64url"), { mode: 0o600 });
    return file;
  };
  const database = (name: string, mode: number): string => {
    mkdirSync(join(folder, name), { mode: 0o700 });
    const file = join(folder, name, "poolhouse.db");
    writeFileSync(file, "");
    chmodSync(file, mode);
    return file;
  };
  const guessable = "can be guessed. Make one that cannot: poolhouse keys root";

  it.each([
    ["a root key of zeros", () => ["--root-key-file", keyOf("zeros", Buffer.alloc(32))], guessable],
    [
      "a root key that counts up",
      () => ["--root-key-file", keyOf("count", Buffer.from(Array.from(Array(32).keys())))],
      guessable,
    ],
    [
      "a root key that was typed",
      () => ["--root-key-file", keyOf("typed", Buffer.from("correct horse battery staple 123"))],
      guessable,
    ],
    ["a root key that is short", () => ["--root-key-file", keyOf("short", Buffer.alloc(16, 7))], "it needs 32 bytes"],
    [
      "a root key beside the database",
      () => ["--root-key-file", rootKey, "--data", folder],
      "lies beside the database",
    ],
    [
      "a database that others read",
      () => ["--root-key-file", rootKey, "--database", database("open", 0o644)],
      "can be read by others. Run: chmod 600",
    ],
    [
      "PostgreSQL elsewhere in the clear",
      () => ["--database", "postgres://db.example.com/p"],
      "names another host without TLS. Add ?sslmode=verify-full",
    ],
    [
      "PostgreSQL elsewhere of any certificate",
      () => ["--database", "postgres://db.example.com/p?sslmode=no-verify"],
      "names another host without TLS",
    ],
    [
      "a password on the command line",
      () => ["--database", "postgres://me:hush@localhost/p"],
      "--database shows a secret to every process of this machine. Give it in POOLHOUSE_DATABASE.",
    ],
    [
      "a mail password on the command line",
      () => ["--smtp", "smtp://me:hush@mail.example.com"],
      "Give it in POOLHOUSE_SMTP.",
    ],
    [
      "a secret on the command line",
      () => ["--sms-hook", "https://sms.example.com", "--sms-hook-secret", "hush"],
      "Give it in POOLHOUSE_SMS_HOOK_SECRET.",
    ],
    [
      "an SMS hook that anybody may post to",
      () => ["--sms-hook", "https://sms.example.com"],
      "--sms-hook needs --sms-hook-secret",
    ],
    [
      "an address in the clear that others reach",
      () => ["--public-url", "http://localhost", "--host", "0.0.0.0"],
      "--public-url must be https",
    ],
    ["a log level that is none", () => ["--log-level", "loud"], "--log-level must be debug, info, warn or error"],
    ["a metrics port that is none", () => ["--metrics-port", "x"], "--metrics-port must be a number"],
  ])("%s", (_title, args, message) => {
    const { status, stderr, stdout } = run(["serve", ...secure, "--data", join(folder, "refused"), ...args()]);
    expect(stderr).toContain(message);
    expect([status, stdout, stderr.trim().split("\n").length]).toEqual([1, "", 1]);
    expect(stderr).not.toContain("hush");
  });

  it("to be looked into", () => {
    const args = ["serve", ...secure, "--data", join(folder, "refused"), "--root-key-file", rootKey];
    const { status, stderr } = run(args, { NODE_OPTIONS: "--inspect=127.0.0.1:0" });
    expect([status, stderr]).toEqual([1, expect.stringContaining("The inspector of Node is open")]);
  });

  it.each([
    ["PostgreSQL of another host", ["--database", "postgres://db.example.com/p"], "keeps its data on this machine"],
    ["mail to real people", ["--smtp", "smtp://mail.example.com"], "writes to no real people"],
  ])("in dev mode %s", (_title, args, message) => {
    const { status, stderr } = run(["dev", "--data", join(folder, "refused"), ...args]);
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});

describe("X-06: the public port", () => {
  it("says only that the house is alive and ready; metrics are read elsewhere, where somebody wants them", async () => {
    const plain = await production("plain");
    expect(await (await fetch(`${plain.url}/health`)).text()).toBe('{"status":"ok"}');
    expect(await (await fetch(`${plain.url}/ready`)).text()).toBe('{"status":"ready"}');
    for (const path of [
      "/metrics",
      "/_poolhouse/inbox",
      "/_poolhouse/inbox.json",
      "/debug/pprof",
      "/_poolhouse/metrics",
    ])
      expect((await fetch(`${plain.url}${path}`)).status, path).toBe(404);
    expect(plain.printed).not.toContain("Metrics");
    expect(await stop(plain)).toBe(0);

    const watched = await production("watched", ["--metrics-port", "0"]);
    const [, metricsUrl = ""] = /^Metrics on (http:\/\/127\.0\.0\.1:\d+\/metrics)$/m.exec(watched.printed) ?? [];
    expect((await fetch(`${watched.url}/metrics`)).status).toBe(404);
    await watched.admin.createUserPool({ PoolName: "counted" });
    await watched.admin.describeUserPool({ UserPoolId: "us-east-1_none" }).catch(() => undefined);
    await fetch(watched.url, { method: "POST", headers: { "x-amz-target": `X.${"made-up".repeat(9)}` } });
    await fetch(`${watched.url}/nowhere/oauth2/token`, { method: "POST" });
    const text = await (await fetch(metricsUrl)).text();
    for (const line of [
      'poolhouse_requests_total{door="api",operation="CreateUserPool",outcome="ok"} 1',
      'poolhouse_requests_total{door="api",operation="DescribeUserPool",outcome="ResourceNotFoundException"} 1',
      'poolhouse_requests_total{door="api",operation="unknown",outcome="404"} 1',
      'poolhouse_requests_total{door="domain",operation="/oauth2/token",outcome="404"} 1',
      'poolhouse_request_duration_seconds_count{door="api",operation="CreateUserPool"} 1',
      "poolhouse_requests_in_flight 0",
      'poolhouse_password_hashes{state="waiting"} 0',
      "poolhouse_srp_powers 0",
      "poolhouse_database_up 1",
      'poolhouse_messages{state="waiting"} 0',
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).not.toContain("made-up");
    expect((await fetch(metricsUrl.replace("/metrics", "/"))).status).toBe(404);
    expect(await stop(watched)).toBe(0);
  });
});

it("a house that nobody has a key to says so, and has no key of its own making", async () => {
  const args = ["--data", join(folder, "keyless"), "--root-key-file", rootKey];
  const house = await start([
    "serve",
    "--port",
    "0",
    "--public-url",
    "http://localhost",
    "--drain-seconds",
    "0",
    ...args,
  ]);
  expect(house.complaints()).toContain("Make one: poolhouse keys create --role admin");
  const known = [
    { accessKeyId: "test", secretAccessKey: "test" },
    { accessKeyId: "local", secretAccessKey: "local" },
    { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
  ];
  for (const credentials of known) {
    const asked = sdkFor(house.url, credentials).listUserPools({ MaxResults: 1 });
    await expect(asked).rejects.toMatchObject({ name: "UnrecognizedClientException" });
  }
  expect(await stop(house)).toBe(0);
});

it("doctor says where pools and clients allow more than they need, and what a house would refuse", async () => {
  const house = await production("advised");
  const { UserPool } = await house.admin.createUserPool({ PoolName: "p" });
  const UserPoolId = UserPool?.Id ?? "";
  const weak = await house.admin.createUserPoolClient({
    UserPoolId,
    ClientName: "weak",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    EnableTokenRevocation: false,
  });
  const strong = await house.admin.createUserPoolClient({
    UserPoolId,
    ClientName: "strong",
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
    RefreshTokenRotation: { Feature: "ENABLED" },
  });
  const args = ["doctor", "--public-url", "https://auth.example.com", "--proxies", "1", "--data", house.data];
  const { status, stdout } = run([...args, "--root-key-file", rootKey]);
  const adviceOn = (id: string | undefined) => stdout.split("\n").filter((line) => line.startsWith(`advice ${id}`));
  expect([status, adviceOn(`pool ${UserPoolId}`).length]).toEqual([0, 3]);
  expect(adviceOn(`client ${weak.UserPoolClient?.ClientId}`)).toHaveLength(4);
  expect(adviceOn(`client ${strong.UserPoolClient?.ClientId}`)).toEqual([]);
  expect(await stop(house)).toBe(0);
  const refused = run([...args, "--root-key-file", rootKey], {
    POOLHOUSE_SMS_HOOK_SECRET: "fine",
    NODE_OPTIONS: "--inspect=127.0.0.1:0",
  });
  expect([refused.status, refused.stdout]).toEqual([
    1,
    expect.stringContaining("wrong secrecy: The inspector of Node is open"),
  ]);
});

describe("R15: a house that is told to end", () => {
  /** Asks by a connection of the agent, and gives the status once the whole answer is there. */
  const ask = (agent: Agent, url: string, body?: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      };
      const sent = request(url, { agent, ...(body !== undefined && { method: "POST", headers }) }, (answer) => {
        answer
          .on("error", reject)
          .on("end", () => resolve(answer.statusCode ?? 0))
          .resume();
      });
      sent.on("error", reject).end(body);
    });

  /** Sends a request but for its last byte, which `finish` sends; it gives the whole answer. */
  function halfARequest(url: string, body: string): { finish(): Promise<string> } {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const head = [
      "POST / HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/x-amz-json-1.1",
      "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth",
      `Content-Length: ${body.length}`,
    ].join("\r\n");
    socket.write(`${head}\r\n\r\n${body.slice(0, -1)}`);
    let answer = "";
    socket.on("data", (data) => {
      answer += data;
    });
    return {
      finish: () =>
        new Promise((resolve, reject) => {
          socket.on("error", reject).on("close", () => resolve(answer));
          socket.write(body.slice(-1));
        }),
    };
  }

  it("says first that it is not ready, cuts nothing that it took, and ends in time", async () => {
    const house = await production("drained", ["--drain-seconds", "1"]);
    const { UserPool } = await house.admin.createUserPool({ PoolName: "p" });
    const { UserPoolClient } = await house.admin.createUserPoolClient({
      UserPoolId: UserPool?.Id,
      ClientName: "c",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    // Each is a password hash for a user that there is none of, and so a refusal that takes its time.
    const body = JSON.stringify({
      ClientId: UserPoolClient?.ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "u", PASSWORD: "p" },
    });
    const agent = new Agent({ keepAlive: true });
    const outcomes: (number | string)[] = [];
    let isLeft = false;
    // As behind a balancer: requests are sent until the house says that it is not ready.
    const load = async (): Promise<void> => {
      while (!isLeft) {
        outcomes.push(await ask(agent, house.url, body).catch((error: NodeJS.ErrnoException) => error.code ?? "cut"));
      }
    };
    const clients = Array.from({ length: 6 }, load);
    const late = halfARequest(house.url, body);
    while (outcomes.length < 20) await ask(agent, `${house.url}/health`);
    const toldAt = performance.now();
    const ended = stop(house);
    let readiness = 200;
    while (readiness === 200) readiness = await ask(agent, `${house.url}/ready`);
    expect(readiness).toBe(503);
    const before = outcomes.length;
    while (outcomes.length < before + 6) expect(await ask(agent, `${house.url}/health`)).toBe(200);
    isLeft = true;
    await Promise.all(clients);
    expect(new Set(outcomes)).toEqual(new Set([400]));
    // Nobody is let in any more, but who came before is still answered.
    const isRefused = () =>
      ask(new Agent(), `${house.url}/health`).then(
        () => false,
        () => true,
      );
    while (!(await isRefused()));
    expect(await late.finish()).toMatch(/^HTTP\/1\.1 400 [\s\S]*User does not exist\.[\s\S]*}$/);
    expect(await ended).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(9_000);
  });

  it("ends at once when told twice", async () => {
    const house = await production("twice", ["--drain-seconds", "60"]);
    const ended = stop(house);
    while ((await fetch(`${house.url}/ready`)).status === 200);
    house.child.kill("SIGTERM");
    expect(await ended).toBe(1);
  });
});

describe("what a house writes", () => {
  let house: Production;
  const secrets: string[] = [];

  beforeAll(async () => {
    house = await production("told", ["--log-level", "debug", "--metrics-port", "0"]);
  });

  const textOfFiles = (): string =>
    readdirSync(house.data)
      .map((name) => readFileSync(join(house.data, name), "latin1"))
      .join("\n");

  it("X-01: holds nothing that the contract calls sensitive, whatever is called with it", async () => {
    let asked = 0;
    for (const name of operationNames) {
      const input = canaryRequest(name);
      if (!input) continue;
      asked++;
      await call(house.admin, name, input).catch(() => undefined);
    }
    expect(asked).toBeGreaterThan(70);
    const cookie = { cookie: `XSRF-TOKEN=${canary}; cognito=${canary}` };
    await fetch(`${house.url}/${canary}/login?state=${canary}&code=${canary}`, { headers: cookie });
    await fetch(`${house.url}/x/oauth2/token`, {
      method: "POST",
      headers: { ...cookie, authorization: `Basic ${canary}` },
      body: new URLSearchParams({ client_secret: canary, code: canary, refresh_token: canary, SAMLResponse: canary }),
    });
    const [, metricsUrl = ""] = /^Metrics on (\S+)$/m.exec(house.printed) ?? [];
    expect(await (await fetch(metricsUrl)).text()).not.toContain(canary);
    expect(house.complaints().split("\n").length).toBeGreaterThan(asked);
    expect(house.complaints()).not.toContain(canary);
  });

  it("X-01: and its files hold no password, code, token or secret that was given or made", async () => {
    const { admin } = house;
    const { UserPool } = await admin.createUserPool({ PoolName: "p", MfaConfiguration: "OFF" });
    const UserPoolId = UserPool?.Id ?? "";
    await admin.setUserPoolMfaConfig({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    });
    const { UserPoolClient } = await admin.createUserPoolClient({
      UserPoolId,
      ClientName: "c",
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    const { ClientId = "", ClientSecret = "" } = UserPoolClient ?? {};
    const hash = createHmac("sha256", ClientSecret).update(`jane${ClientId}`).digest("base64");
    const [temporary, chosen] = ["Temporary-Canary-1", "Chosen-Canary-Passw0rd"];
    await admin.adminCreateUser({
      UserPoolId,
      Username: "jane",
      TemporaryPassword: temporary,
      MessageAction: "SUPPRESS",
    });
    const asked = await admin.initiateAuth({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane", PASSWORD: temporary, SECRET_HASH: hash },
    });
    const { AuthenticationResult } = await admin.respondToAuthChallenge({
      ClientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: asked.Session,
      ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: chosen, SECRET_HASH: hash },
    });
    const { AccessToken = "", IdToken = "", RefreshToken = "" } = AuthenticationResult ?? {};
    const { SecretCode = "" } = await admin.associateSoftwareToken({ AccessToken });
    await admin.createIdentityProvider({
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: "g", client_secret: "Provider-Canary-1", authorize_scopes: "openid" },
      AttributeMapping: { email: "email" },
    });
    secrets.push(
      ClientSecret,
      hash,
      temporary,
      chosen,
      asked.Session ?? "",
      AccessToken,
      IdToken,
      RefreshToken,
      SecretCode,
    );
    secrets.push("Provider-Canary-1");
    const written = `${textOfFiles()}\n${house.complaints()}`;
    expect(written).toContain(ClientId);
    for (const secret of secrets) {
      expect(secret.length, secret).toBeGreaterThan(15);
      expect(written.includes(secret), secret.slice(0, 12)).toBe(false);
    }
  });

  it("X-10: tells of each administrative call before it is answered, even when it is killed then", async () => {
    const before = house.complaints().length;
    const names = Array.from({ length: 20 }, (_, index) => `pool-${index}`);
    const made = await Promise.all(names.map((PoolName) => house.admin.createUserPool({ PoolName })));
    await house.admin.deleteUserPool({ UserPoolId: "us-east-1_none" }).catch(() => undefined);
    await new Promise((resolve) => {
      house.child.once("close", resolve);
      house.child.kill("SIGKILL");
    });
    const lines = house
      .complaints()
      .slice(before)
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const told = lines.filter(({ message, msg }) => (message ?? msg) === "an administrative call");
    const accessKey = expect.stringMatching(/^AKIA/);
    expect(told.filter(({ operation, outcome }) => operation === "CreateUserPool" && outcome === "ok")).toHaveLength(
      made.length,
    );
    expect(told.at(-1)).toMatchObject({
      level: "info",
      operation: "DeleteUserPool",
      outcome: "ResourceNotFoundException",
      poolId: "us-east-1_none",
      address: expect.stringContaining("127.0.0.1"),
      accessKey,
    });
  });

  it("HTP-17: is a line of JSON for each fact, whatever is in it", () => {
    for (const line of house.complaints().trim().split("\n")) {
      expect(() => JSON.parse(line), line).not.toThrow();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(line).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});

/** The command as people run it: the built file, its flags, what it prints and how it ends. `npm test` builds it first. */
import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { isBuiltin } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { commands } from "../support/command.ts";
import { sdkFor } from "../support/house.ts";

const { run, start, stop, endAll } = commands();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-command-"));
});

afterAll(() => {
  endAll();
  rmSync(folder, { recursive: true, force: true });
});

describe("the command", () => {
  it("loads nothing at start but Node's own modules and the one that is native: the rest waits until it is needed", () => {
    const text = readFileSync("dist/main.js", "utf8");
    const loaded = [...text.matchAll(/^import (?:[^"]* from )?"([^"]+)";$/gm)].map(([, name = ""]) => name);
    const own = (name: string): boolean => isBuiltin(name) || name === "@node-rs/argon2";
    expect(loaded.filter((name) => !own(name))).toEqual([]);
    expect(loaded).toContain("@node-rs/argon2");
  });
});

describe("poolhouse dev", () => {
  it("says what a newcomer needs, keeps its data, and ends cleanly when told", async () => {
    const data = join(folder, "dev");
    const first = await start(["dev", "--port", "0", "--data", data]);
    expect(first.printed).toContain(`Endpoint     ${first.url}`);
    expect(first.printed).toContain(`${first.url}/_poolhouse/inbox`);
    expect(first.printed).toContain("aws cognito-idp create-user-pool");
    expect(await (await fetch(`${first.url}/health`)).json()).toEqual({ status: "ok" });
    const { UserPool } = await sdkFor(first.url).createUserPool({ PoolName: "kept" });
    expect(await stop(first)).toBe(0);
    const second = await start(["dev", "--port", "0"], { POOLHOUSE_DATA: data });
    const { UserPools } = await sdkFor(second.url).listUserPools({ MaxResults: 10 });
    expect(UserPools?.map(({ Id }) => Id)).toEqual([UserPool?.Id]);
    expect(await stop(second, "SIGINT")).toBe(0);
    for (const [file, mode] of [
      ["root.key", 0o600],
      ["poolhouse.db", 0o600],
      [".", 0o700],
    ] as const) {
      expect(statSync(join(data, file)).mode & 0o777, file).toBe(mode);
    }
  });

  it("makes what a seed names, once", async () => {
    const seed = join(folder, "poolhouse.yaml");
    writeFileSync(
      seed,
      "pools:\n  - id: seeded1\n    domain: seeded\n    UsernameAttributes: [email]\n    clients:\n      - id: web\n        ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]\n    groups:\n      - GroupName: staff\n    users:\n      - username: jane@example.com\n        password: Passw0rd!\n        groups: [staff]\n",
    );
    const data = join(folder, "seeded");
    for (let times = 0; times < 2; times++) {
      const house = await start(["dev", "--port", "0", "--data", data, "--seed", seed]);
      const { AuthenticationResult } = await sdkFor(house.url).initiateAuth({
        ClientId: "web",
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane@example.com", PASSWORD: "Passw0rd!" },
      });
      expect(AuthenticationResult?.IdToken).toBeTruthy();
      expect(await stop(house)).toBe(0);
    }
    const bad = join(folder, "bad.yaml");
    writeFileSync(bad, "pools:\n  - id: bad1\n    MfaConfiguration: MAYBE\n");
    const { status, stderr } = run(["dev", "--port", "0", "--data", join(folder, "bad"), "--seed", bad]);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("seed: CreateUserPool: 1 validation error detected: Value 'MAYBE' at 'mfaConfiguration'"),
    ]);
  });

  it("listens with a certificate that its own authority vouches for", async () => {
    const data = join(folder, "https");
    const house = await start(["dev", "--port", "0", "--data", data, "--https"]);
    expect(house.url).toMatch(/^https:\/\/localhost:\d+$/);
    const authority = readFileSync(join(data, "ca", "authority.pem"), "utf8");
    expect(house.printed).toContain(`NODE_EXTRA_CA_CERTS=${join(data, "ca", "authority.pem")}`);
    expect(statSync(join(data, "ca", "authority.key")).mode & 0o777).toBe(0o600);
    const get = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { port } = new URL(house.url);
        request(
          {
            host: "127.0.0.1",
            port,
            path: "/health",
            servername: host,
            ca: authority,
            headers: { host: `${host}:${port}` },
          },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        )
          .on("error", reject)
          .end();
      });
    expect(await get("localhost")).toBe(200);
    expect(await get("acme.localhost")).toBe(200);
    await expect(get("example.com")).rejects.toThrow(/altnames/);
    expect(await stop(house)).toBe(0);
  });

  it("is used by clients that take nothing but https, by the authority that it says to trust", async () => {
    const data = join(folder, "clients");
    const house = await start(["dev", "--port", "0", "--data", data, "--https"]);
    const [, authority = ""] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(house.printed) ?? [];
    const program = fileURLToPath(new URL("../support/over-https.ts", import.meta.url));
    const { stdout, stderr } = await promisify(execFile)(execPath, [program, house.url], {
      env: { ...env, NODE_EXTRA_CA_CERTS: authority },
    });
    expect(JSON.parse(stdout), stderr).toEqual({
      isSignedIn: true,
      issuer: true,
      token: "bearer",
      endpoint: true,
    });
    const untrusting = promisify(execFile)(execPath, [program, house.url], {
      env: { ...env, NODE_EXTRA_CA_CERTS: undefined },
    });
    await expect(untrusting).rejects.toThrow(/certificate/);
    expect(await stop(house)).toBe(0);
  });

  it("tells that its port is taken, and what to do", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { status, stderr } = run(["dev", "--port", String(port), "--data", join(folder, "taken")]);
    server.close();
    expect([status, stderr]).toEqual([
      1,
      `poolhouse: Port ${port} is in use. Stop what listens there, or choose another with --port.\n`,
    ]);
  });
});

describe("X-04: poolhouse refuses to start", () => {
  const key = () => join(folder, "weak.key");
  beforeAll(() => {
    run(["keys", "root", key()]);
    chmodSync(key(), 0o644);
    run(["keys", "root", join(folder, "good.key")]);
  });

  it.each([
    ["in dev mode on every address", () => ["dev", "--host", "0.0.0.0"], "stays on this machine"],
    ["in dev mode with an unknown issuer", () => ["dev", "--issuer", "mine"], "--issuer must be self or aws"],
    ["in dev mode with a port that is none", () => ["dev", "--port", "port"], "--port must be a number"],
    ["in dev mode with an account that is none", () => ["dev", "--account", "1"], "--account cannot be 1."],
    ["in production without an address", () => ["serve"], "serve mode needs --public-url"],
    [
      "in production in the clear",
      () => ["serve", "--public-url", "http://auth.example.com"],
      "--public-url must be https",
    ],
    [
      "in production with triggers that anybody could call",
      () => ["serve", "--public-url", "https://a.example.com", "--triggers", "arn:aws:lambda:x=https://f.example.com"],
      "needs --trigger-secret",
    ],
    [
      "in production with stand-ins for providers",
      () => [
        "serve",
        "--public-url",
        "https://a.example.com",
        "--stand-ins",
        "https://accounts.google.com=http://localhost:4000",
      ],
      "--stand-ins is for dev mode",
    ],
    [
      "in dev mode with stand-ins for what is no origin",
      () => ["dev", "--stand-ins", "google=http://localhost:4000"],
      "must be an origin",
    ],
    [
      "in production without a word of what is in front",
      () => ["serve", "--public-url", "https://a.example.com"],
      "serve mode needs --proxies",
    ],
    [
      "in production without a root key",
      () => ["serve", "--public-url", "https://a.example.com", "--proxies", "1"],
      "There is no root key.",
    ],
    [
      "in production with a root key that others read",
      () => ["serve", "--public-url", "https://a.example.com", "--proxies", "1", "--root-key-file", key()],
      "can be read by others. Run: chmod 600",
    ],
    [
      "in production in memory",
      () => ["serve", "--public-url", "https://a.example.com", "--database", ":memory:"],
      "--database :memory: would forget everything",
    ],
  ])("%s", (_title, args, message) => {
    const { status, stderr } = run([...args(), "--data", join(folder, "refused")].filter((arg) => arg !== ""));
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain(message);
  });

  it("in dev mode where NODE_ENV says production", () => {
    expect(run(["dev", "--data", join(folder, "refused")], { NODE_ENV: "production" }).stderr).toContain(
      "refuses NODE_ENV=production",
    );
  });

  it("with the root key of another database, before it writes anything", () => {
    const data = join(folder, "foreign");
    const args = (file: string) => ["keys", "list", "--data", data, "--root-key-file", join(folder, file)];
    expect(run(args("good.key")).status).toBe(0);
    run(["keys", "root", join(folder, "other.key")]);
    const before = readFileSync(join(data, "poolhouse.db"));
    const { status, stderr } = run(args("other.key"));
    expect([status, stderr]).toEqual([1, expect.stringContaining("The root key does not open this database.")]);
    expect(readFileSync(join(data, "poolhouse.db")).equals(before)).toBe(true);
  });
});

describe("poolhouse serve", () => {
  it("answers who has a key of its own, and nobody else", async () => {
    const data = join(folder, "serve");
    const common = ["--data", data, "--root-key-file", join(folder, "good.key")];
    const { stdout } = run(["keys", "create", "--role", "admin", ...common]);
    const [, accessKeyId = "", secretAccessKey = ""] =
      /^AWS_ACCESS_KEY_ID=(\w{20})\nAWS_SECRET_ACCESS_KEY=(\S{40})\n$/.exec(stdout) ?? [];
    expect(run(["keys", "list", ...common]).stdout).toMatch(
      new RegExp(`^${accessKeyId} {2}admin {2}all pools {2}active`),
    );
    const house = await start(["serve", "--port", "0", "--public-url", "http://localhost", ...common]);
    const { UserPool } = await sdkFor(house.url, { accessKeyId, secretAccessKey }).createUserPool({ PoolName: "p" });
    expect(UserPool?.Id).toBeTruthy();
    await expect(sdkFor(house.url).listUserPools({ MaxResults: 1 })).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
    expect((await fetch(`${house.url}/_poolhouse/inbox`)).status).toBe(404);
    expect(await stop(house)).toBe(0);
    run(["keys", "disable", accessKeyId, ...common]);
    expect(run(["keys", "list", ...common]).stdout).toContain("disabled");
    expect(readFileSync(join(data, "poolhouse.db")).includes(secretAccessKey)).toBe(false);
  });
});

describe("poolhouse pages", () => {
  it("shows and sets what a pool's pages do, and gives a user codes", async () => {
    const data = join(folder, "pages");
    const seed = join(folder, "pages-seed.json");
    const settings = { texts: { en: { signInTitle: "Welcome" } }, recoveryCodes: true };
    const pools = [{ id: "pagespool1", users: [{ username: "jane", password: "Passw0rd!" }], pages: settings }];
    writeFileSync(seed, JSON.stringify({ pools }));
    expect(await stop(await start(["dev", "--port", "0", "--data", data, "--seed", seed]))).toBe(0);
    const poolId = "us-east-1_pagespool1";
    const shown = run(["pages", poolId, "--data", data]);
    expect([shown.status, parseYaml(shown.stdout)]).toEqual([0, settings]);
    const file = join(folder, "pages.yaml");
    writeFileSync(file, "recoveryCodes: maybe\n");
    expect(run(["pages", poolId, file, "--data", data])).toMatchObject({
      status: 1,
      stderr: "poolhouse: pages.recoveryCodes: must be true or false.\n",
    });
    writeFileSync(file, "passkeyAutofill: true\n");
    expect(run(["pages", poolId, file, "--data", data]).status).toBe(0);
    expect(run(["pages", poolId, "--data", data]).stdout).toBe("passkeyAutofill: true\n");
    const codes = run(["recovery-codes", poolId, "jane", "--data", data]);
    expect([codes.status, codes.stdout.trim().split("\n")]).toEqual([0, expect.any(Array)]);
    expect(codes.stdout).toMatch(/^([a-z2-7]{4}(-[a-z2-7]{4}){3}\n){10}$/);
    expect(run(["recovery-codes", poolId, "nobody", "--data", data])).toMatchObject({
      status: 1,
      stderr: `poolhouse: There is no user nobody in ${poolId}.\n`,
    });
    expect(run(["pages", "us-east-1_none", "--data", data])).toMatchObject({
      status: 1,
      stderr: "poolhouse: There is no pool us-east-1_none.\n",
    });
  });
});

describe("the other commands", () => {
  it("say what they do", () => {
    expect(run(["--help"]).stdout).toMatch(/dev[\s\S]*serve[\s\S]*keys[\s\S]*export[\s\S]*import[\s\S]*doctor/);
    for (const name of ["dev", "serve", "keys", "export", "import", "doctor"])
      expect(run([name, "--help"]).status, name).toBe(0);
    expect(run(["dev", "--nonsense"])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("unknown option '--nonsense'"),
    });
  });

  it("doctor finds what is wrong, and says what to do", () => {
    const data = join(folder, "doctor");
    expect(run(["doctor", "--data", data])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("ok    database"),
    });
    chmodSync(data, 0o755);
    expect(run(["doctor", "--data", data])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(`Run: chmod 700 ${data}`),
    });
  });
});

/** The package as it is published: packed, unpacked elsewhere, compiled against and run, with nothing fetched. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execPath } from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const installed = join(root, "node_modules");
let folder: string;
let consumer: string;

const run = (program: string, args: readonly string[], cwd: string): string =>
  execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });

/** Packs a copy, because packing builds, and others run what is built here; and unpacks it where somebody uses it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-package-"));
  const [copy, packed] = [join(folder, "copy"), join(folder, "packed")];
  const copied = ["package.json", "tsconfig.json", "tsconfig.types.json", "src", "tools", "README.md", "CHANGELOG.md"];
  for (const name of [...copied, "LICENSE", "NOTICE"]) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(installed, join(copy, "node_modules"));
  mkdirSync(packed);
  run("npm", ["pack", "--silent", "--offline", "--pack-destination", packed], copy);
  consumer = join(folder, "consumer");
  const unpacked = join(consumer, "node_modules", "poolhouse");
  mkdirSync(unpacked, { recursive: true });
  const { name, version, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  run("tar", ["xzf", join(packed, `${name}-${version}.tgz`), "-C", unpacked, "--strip-components=1"], folder);
  // Only what it declares is there to be found.
  for (const dependency of Object.keys(dependencies)) {
    const place = join(consumer, "node_modules", dependency);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(installed, dependency), place);
  }
  writeFileSync(join(consumer, "package.json"), '{"type":"module"}');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const suite = `
import { start, type InboxMessage, type RunningHouse, type Seed, type StartOptions } from "poolhouse";
const seed: Seed = {
  pools: [
    {
      id: "main1",
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      clients: [{ id: "web", ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }],
    },
  ],
};
const options: StartOptions = { seed, port: 0, region: "us-east-1", issuer: "self" };
const house: RunningHouse = await start(options);
const answer = await fetch(house.url, {
  method: "POST",
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AWSCognitoIdentityProviderService.SignUp",
  },
  body: JSON.stringify({ ClientId: "web", Username: "jane@example.com", Password: "Passw0rd!" }),
});
const [message]: InboxMessage[] = await house.inbox("jane@example.com");
await house.stop();
// @ts-expect-error there is no such flow
const wrong: Seed = { pools: [{ id: "x1", clients: [{ id: "c", ExplicitAuthFlows: ["NO_SUCH_FLOW"] }] }] };
export const outcome: string = [answer.status, message?.medium, wrong.pools.length].join(" ");
`;

describe("the package", () => {
  it.each([
    ["nodenext", ["--module", "nodenext"]],
    ["a bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
  ])("is typed for %s, with no types of anybody else's", (_title, resolution) => {
    writeFileSync(join(consumer, "suite.ts"), suite);
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false", "--types", ""];
    const target = ["--target", "es2024", "--lib", "es2024,dom,dom.iterable"];
    run(join(installed, ".bin", "tsc"), [...strict, ...target, ...resolution, "suite.ts"], consumer);
  });

  it("starts a house in somebody's test suite, from nothing but what it declares", () => {
    const program = 'import("./suite.js").then(({ outcome }) => console.log(outcome))';
    expect(run(execPath, ["-e", program], consumer).trim()).toBe("200 EMAIL 1");
  });

  it("brings the command, and what it loads on demand", () => {
    const built = join(consumer, "node_modules", "poolhouse", "dist");
    const command = join(built, "command.js");
    expect(run(execPath, [command, "--help"], consumer)).toContain("serve");
    expect(run(execPath, [command, "doctor", "--data", join(folder, "data")], consumer)).toContain("ok    database");
    expect(readFileSync(command, "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    // What `pg` looks for and does without.
    const found = new Set([...Object.keys(dependencies), "pg-native"]);
    const loaded = [
      ...readFileSync(join(built, "main.js"), "utf8").matchAll(
        /(?:^import .* from|import\(|require\()\s*"((?:node:[\w/]+|(?:@[\w.-]+\/)?[\w.-]+))"/gm,
      ),
    ];
    const packages = loaded.map(([, name = ""]) => name).filter((name) => !isBuiltin(name) && !name.startsWith("."));
    expect(packages.length).toBeGreaterThan(5);
    expect(packages.filter((name) => !found.has(name))).toEqual([]);
  });

  it("says in words what it needs, where Node is too old to load it", () => {
    const built = join(consumer, "node_modules", "poolhouse", "dist");
    const older = 'Object.defineProperty(process.versions, "node", { value: "22.1.0" });';
    const { status, stderr } = spawnSync(
      execPath,
      ["--import", `data:text/javascript,${older}`, join(built, "command.js")],
      {
        encoding: "utf8",
        timeout: 20_000,
      },
    );
    expect([status, stderr]).toEqual([1, "poolhouse: it needs Node 24 or newer, and this is 22.1.0.\n"]);
  });

  it("brings the licence of every package that is part of it", () => {
    const built = join(consumer, "node_modules", "poolhouse", "dist");
    const notices = readFileSync(join(built, "NOTICES.txt"), "utf8");
    const parts = [
      ...readFileSync(join(built, "main.js"), "utf8").matchAll(/^\/\/ .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm),
    ];
    const names = new Set(parts.map(([, name = ""]) => name));
    expect([...names]).toEqual(expect.arrayContaining(["kysely", "hono", "pg"]));
    expect([...names].filter((name) => !notices.includes(`${name} `))).toEqual([]);
  });

  it("holds the licence and no source of tests", () => {
    const listed = run("find", [".", "-type", "f"], join(consumer, "node_modules", "poolhouse"))
      .trim()
      .split("\n");
    expect(listed).toEqual(expect.arrayContaining(["./LICENSE", "./NOTICE", "./README.md", "./dist/command.js"]));
    expect(listed.filter((file) => /test|\.db$|\.key$/.test(file))).toEqual([]);
    expect(listed.length).toBeLessThan(30);
  });
});

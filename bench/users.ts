/**
 * The time of AdminGetUser and of ListUsers by e-mail in a pool of a thousand and of a million users, over the wire.
 *
 *   npm run build && node bench/users.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { command, type Shot, shootAll, startServer, stopServer } from "./processes.ts";

const sizes = [1_000, 1_000_000];
const requests = 2_000;

const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
const args = [command, "dev", "--port", "0", "--data", folder];

/** Writes users as the house does, but all at once: what is measured is reading them. */
function fill(poolId: string, count: number): void {
  const database = new DatabaseSync(join(folder, "poolhouse.db"));
  database.exec("pragma synchronous = off");
  const user = database.prepare("insert into users values (?, ?, ?, 'CONFIRMED', 1, ?, 0, 1, 0, 0)");
  const name = database.prepare("insert into user_names values (?, ?, ?, ?)");
  const search = database.prepare("insert into user_search values (?, 'email', ?, ?)");
  database.exec("begin");
  for (let index = 0; index < count; index++) {
    const hex = index.toString(16).padStart(12, "0");
    const sub = `${hex.slice(4)}-0000-4000-8000-${hex}`;
    const email = `user${index}@example.com`;
    user.run(poolId, sub, sub, JSON.stringify({ email, email_verified: "true" }));
    name.run(poolId, sub, sub, "sub");
    name.run(poolId, email, sub, "email");
    search.run(poolId, email, sub);
  }
  database.exec("commit");
  database.close();
}

let house = await startServer(args);
const pools: string[] = [];
for (const size of sizes) {
  const api = new CognitoIdentityProvider({
    endpoint: house.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const { UserPool } = await api.createUserPool({ PoolName: `users-${size}`, UsernameAttributes: ["email"] });
  pools.push(UserPool?.Id ?? "");
}
await stopServer(house);
for (const [index, size] of sizes.entries()) fill(pools[index] ?? "", size);
house = await startServer(args);

const shot = (target: string, body: object): Shot => ({
  path: "/",
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${target}`,
    "x-amz-date": "20260101T000000Z",
    authorization:
      "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=0",
  },
  body: JSON.stringify(body),
});

async function microseconds(shots: readonly Shot[]): Promise<number> {
  await shootAll(house.url, shots.slice(0, 200), 1);
  const times: number[] = [];
  for (const one of shots) {
    const before = performance.now();
    await shootAll(house.url, [one], 1);
    times.push((performance.now() - before) * 1000);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

const questions: readonly (readonly [string, (poolId: string, index: number) => Shot])[] = [
  ["AdminGetUser", (UserPoolId, index) => shot("AdminGetUser", { UserPoolId, Username: `user${index}@example.com` })],
  [
    "ListUsers by e-mail",
    (UserPoolId, index) => shot("ListUsers", { UserPoolId, Filter: `email = "user${index}@example.com"` }),
  ],
  [
    "ListUsers by the beginning of an e-mail",
    (UserPoolId, index) => shot("ListUsers", { UserPoolId, Filter: `email ^= "user${index}"`, Limit: 10 }),
  ],
];

for (const [name, make] of questions) {
  const medians: number[] = [];
  for (const [index, size] of sizes.entries()) {
    const shots = Array.from({ length: requests }, () => make(pools[index] ?? "", Math.floor(Math.random() * size)));
    medians.push(await microseconds(shots));
  }
  const [small = 0, large = 0] = medians;
  process.stdout.write(
    `${name}: ${small.toFixed(0)} µs at ${sizes[0]} users, ${large.toFixed(0)} µs at ${sizes[1]}, ratio ${(large / small).toFixed(2)}\n`,
  );
}

await stopServer(house);
rmSync(folder, { recursive: true, force: true });
process.exit(0);

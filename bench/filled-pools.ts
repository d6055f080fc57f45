/** A server whose pools are full of users, and how long it takes to ask it something. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CognitoIdentityProvider } from "@aws-sdk/client-cognito-identity-provider";
import { command, type Server, type Shot, shootAll, startServer, stopServer } from "./processes.ts";

export interface FilledPool {
  readonly id: string;
  readonly size: number;
}

export interface FilledPools {
  readonly server: Server;
  readonly pools: readonly FilledPool[];
  /** Where its data is. */
  readonly folder: string;
  /** Ends the server and takes the pools away. */
  close(): Promise<void>;
}

/** The group that every user is in. */
export const everyone = "everyone";
/** The first user of a pool is in so many groups beside. */
export const furtherGroups = 90;

/** The name of a user. */
export const emailOf = (index: number): string => `user${index}@example.com`;

/** Starts a server with a pool of each size. */
export async function startFilledPools(sizes: readonly number[]): Promise<FilledPools> {
  const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-"));
  const args = [command, "dev", "--port", "0", "--data", folder];
  const empty = await startServer(args);
  const api = new CognitoIdentityProvider({
    endpoint: empty.url,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const pools: FilledPool[] = [];
  for (const size of sizes) {
    const { UserPool } = await api.createUserPool({ PoolName: `users-${size}`, UsernameAttributes: ["email"] });
    pools.push({ id: UserPool?.Id ?? "", size });
  }
  await stopServer(empty);
  for (const pool of pools) fill(join(folder, "poolhouse.db"), pool);
  const server = await startServer(args);
  return {
    server,
    pools,
    folder,
    close: async () => {
      await stopServer(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes users as the house does, but all at once: what is measured is reading them. */
function fill(file: string, { id, size }: FilledPool): void {
  const database = new DatabaseSync(file);
  database.exec("pragma synchronous = off");
  const user = database.prepare("insert into users values (?, ?, ?, 'CONFIRMED', 1, ?, 0, 1, 0, 0)");
  const name = database.prepare("insert into user_names values (?, ?, ?, ?)");
  const search = database.prepare("insert into user_search values (?, 'email', ?, ?)");
  const group = database.prepare("insert into groups values (?, ?, null, null, null, 0, 0)");
  const member = database.prepare("insert into group_members values (?, ?, ?, 0)");
  database.exec("begin");
  group.run(id, everyone);
  for (let index = 0; index < furtherGroups; index++) group.run(id, `group-${index}`);
  for (let index = 0; index < size; index++) {
    const hex = index.toString(16).padStart(12, "0");
    const sub = `${hex.slice(4)}-0000-4000-8000-${hex}`;
    const email = emailOf(index);
    user.run(id, sub, sub, JSON.stringify({ email, email_verified: "true" }));
    name.run(id, sub, sub, "sub");
    name.run(id, email, sub, "email");
    search.run(id, email, sub);
    member.run(id, everyone, sub);
    for (let further = 0; index === 0 && further < furtherGroups; further++) member.run(id, `group-${further}`, sub);
  }
  database.exec("commit");
  database.close();
}

/** A request of the JSON API. A dev house takes any signature. */
export const callOf = (target: string, body: object): Shot => ({
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

const warmUp = 200;

/** The median of what each request takes, one after the other, in microseconds. */
export async function medianMicroseconds({ url }: Server, shots: readonly Shot[]): Promise<number> {
  await shootAll(url, shots.slice(0, warmUp), 1);
  const times: number[] = [];
  for (const one of shots) {
    const before = performance.now();
    await shootAll(url, [one], 1);
    times.push((performance.now() - before) * 1000);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

/** Writes how long a question takes in the smallest and in the largest pool. */
export function report(question: string, medians: readonly number[], sizes: readonly number[]): void {
  const [small = 0, large = 0] = medians;
  process.stdout.write(
    `${question}: ${small.toFixed(0)} µs at ${sizes[0]} users, ${large.toFixed(0)} µs at ${sizes[1]}, ratio ${(large / small).toFixed(2)}\n`,
  );
}

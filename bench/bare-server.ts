/**
 * The floor: node:http, one prepared read of SQLite, and as many signatures and password checks as the path says, on the
 * thread pool, and durable commits: `/2/1/3` is two, one and three. It checks nothing else and knows nobody.
 */
import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { passwordHasher } from "../src/lib/password-hash.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const folder = mkdtempSync(join(tmpdir(), "poolhouse-bench-bare-"));
const database = new DatabaseSync(join(folder, "facts.db"));
database.exec("pragma journal_mode = wal; pragma synchronous = full");
database.exec("create table facts (name text primary key, value text); insert into facts values ('a', 'b')");
database.exec("create table acts (at integer, what text)");
const read = database.prepare("select value from facts where name = ?");
const write = database.prepare("insert into acts values (?, ?)");
const claims = JSON.stringify({
  sub: "x".repeat(36),
  iss: "x".repeat(60),
  scope: "order/write",
  exp: 1,
  iat: 1,
  jti: "x".repeat(36),
  client_id: "x".repeat(26),
});

const password = "Passw0rd!";
const hasher = passwordHasher({ limit: availableParallelism(), queue: 256 });
const stored = await hasher.hash(password);

const token = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const signed = `${Buffer.from('{"kid":"k","alg":"RS256"}').toString("base64url")}.${Buffer.from(claims).toString("base64url")}`;
    sign("sha256", Buffer.from(signed), privateKey, (error, signature) =>
      error ? reject(error) : resolve(`${signed}.${signature.toString("base64url")}`),
    );
  });

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    read.get("a");
    const [, signatures = 0, checks = 0, commits = 0] = (request.url ?? "").split("/").map(Number);
    for (let commit = 0; commit < commits; commit++) write.run(Date.now(), claims);
    const hashed = Array.from({ length: checks }, () => hasher.verify(stored, password));
    Promise.all([...Array.from({ length: signatures }, token), ...hashed]).then(
      (tokens) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ tokens }));
      },
      (error: unknown) => response.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  });
});

server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`ready on http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
process.once("SIGTERM", () => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

/**
 * The floor: node:http, one prepared read of SQLite, and as many signatures and password checks as the path says, on the
 * thread pool: `/2/1` is two and one. It checks nothing else and knows nobody.
 */
import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { passwordHasher } from "../src/lib/password-hash.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const database = new DatabaseSync(":memory:");
database.exec("create table facts (name text primary key, value text); insert into facts values ('a', 'b')");
const read = database.prepare("select value from facts where name = ?");
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
    const [, signatures = 0, checks = 0] = (request.url ?? "").split("/").map(Number);
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
process.once("SIGTERM", () => process.exit(0));

/** A node that is killed while it delivers messages loses none that was committed, and repeats no more than were under way. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { processOf } from "../support/bundle.ts";

/** More for a long run: `POOLHOUSE_KILLS=500`. */
const rounds = Number(env["POOLHOUSE_KILLS"] ?? 6);

/** Of each medium so many are under way at once. */
const underWayAtMost = 20;
const media = 2;

/** How long a stand-in thinks before it has a message, in milliseconds: what is cut off in between is under way. */
const thought = 15;

let child: string;
let folder: string;
let closing: (() => Promise<unknown>)[];
/** What arrived, each as often as it did. */
let received: string[];
/** What was refused when it came for the first time, to be tried again. */
let refused: Set<string>;
let seen: number;

beforeAll(async () => {
  child = await processOf("outbox-child");
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-outbox-"));
  closing = [];
  received = [];
  refused = new Set();
  seen = 0;
});

afterEach(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true, force: true });
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Whether a stand-in takes a message: every ninth is refused, but none twice. */
function takes(name: string): boolean {
  if (seen++ % 9 === 0 && !refused.has(name)) {
    refused.add(name);
    return false;
  }
  received.push(name);
  return true;
}

/** A mail server that has a message only after a while, and only if the sender is still there. */
async function openMailServer(): Promise<number> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, session, done) => {
      const take = (mail: string): void => {
        const name = /^Subject: (\S+)/m.exec(mail)?.[1] ?? "";
        setTimeout(() => done(takes(name) ? null : new Error(`Not now, ${session.id}`)), thought);
      };
      // A mail whose sender was killed is cut off, and has not arrived.
      text(stream).then(take, () => undefined);
    },
  });
  // A client that is killed takes its connection along.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return portOf(server.server);
}

async function openHook(): Promise<number> {
  const server = createServer((request, response) => {
    const take = (body: string): void => {
      const { text: name }: { readonly text: string } = JSON.parse(body);
      setTimeout(() => response.writeHead(takes(name) ? 204 : 503).end(), thought);
    };
    text(request).then(take, () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return portOf(server);
}

/** What every process of a test is opened with. */
const settingsFor = async (): Promise<string> =>
  JSON.stringify({
    rootKey: randomBytes(32).toString("hex"),
    database: join(folder, "poolhouse.db"),
    smtp: `smtp://127.0.0.1:${await openMailServer()}`,
    smsHook: `http://127.0.0.1:${await openHook()}`,
  });

/** Runs a process until it ends or is killed, and gives the names of what it committed. */
async function run(mode: "queue" | "drain" | "planted", settings: string, hours: number): Promise<string[]> {
  const life = 100 + Math.floor(Math.random() * 400);
  const house = spawn(execPath, [child, mode, settings, String(hours)], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  let isArmed = false;
  house.stdout.on("data", (data) => {
    printed += data;
    if (mode === "drain" || isArmed || !printed.startsWith("ready\n")) return;
    isArmed = true;
    setTimeout(() => house.kill("SIGKILL"), life);
  });
  await new Promise((resolve) => house.once("close", resolve));
  // The last line may have been cut off.
  return printed.split("\n").slice(1, -1);
}

/** Kills as many processes as told, lets the last one deliver what they left, and gives what was committed. */
async function killAndDrain(mode: "queue" | "planted", kills: number): Promise<string[]> {
  const settings = await settingsFor();
  const committed: string[] = [];
  for (let round = 0; round < kills; round++) committed.push(...(await run(mode, settings, round)));
  await run("drain", settings, kills);
  return committed;
}

describe("a node that is killed while it delivers", () => {
  it(`loses no message, and repeats few, ${rounds} times`, { timeout: 60_000 + rounds * 6_000 }, async () => {
    const committed = await killAndDrain("queue", rounds);
    const arrived = new Set(received);
    expect(committed.filter((name) => !arrived.has(name))).toEqual([]);
    expect(received.length - arrived.size).toBeLessThanOrEqual(rounds * underWayAtMost * media);
    expect(committed.length).toBeGreaterThan(rounds);
    expect(refused.size).toBeGreaterThan(0);
  });

  it("is found out when it takes messages for delivered too early: the harness finds its own planted bug", {
    timeout: 60_000,
  }, async () => {
    const committed = await killAndDrain("planted", 4);
    const arrived = new Set(received);
    expect(committed.filter((name) => !arrived.has(name)).length).toBeGreaterThan(0);
  });
});

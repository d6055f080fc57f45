import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTriggers, type TriggerTargets } from "./invoke.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
const event = { request: { word: "x" }, response: {} };
let folder: string;
const servers: Server[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "poolhouse-triggers-"));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const module = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Calls the trigger once and gives what became of it. */
async function invoke(target: TriggerTargets[string], timeLimit = 2_000) {
  const triggers = openTriggers({ [arn]: target }, { isDev: true, timeLimit });
  try {
    return await triggers.invoke(arn, event);
  } finally {
    await triggers.close();
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const answered = { kind: "answered", event: { ...event, response: { ok: true } } };

describe("a trigger", () => {
  it.each([
    ["an ES module", "a.mjs", "export const handler = async (event) => ({ ...event, response: { ok: true } });"],
    ["a default export", "b.mjs", "export default (event) => ({ ...event, response: { ok: true } });"],
    ["a CommonJS module", "c.cjs", "exports.handler = (event) => ({ ...event, response: { ok: true } });"],
    [
      "a handler that calls back",
      "d.cjs",
      "exports.handler = (event, context, done) => done(null, { ...event, response: { ok: true } });",
    ],
  ])("may be %s", async (_what, name, text) => {
    expect(await invoke(module(name, text))).toEqual(answered);
  });

  it.each([
    [
      "throws",
      "e.mjs",
      'export const handler = async () => { throw new Error("No entry"); };',
      { kind: "threw", message: "No entry" },
    ],
    ["cannot be loaded", "f.mjs", "export const handler = ((", { kind: "threw", message: expect.any(String) }],
    [
      "has no handler",
      "g.mjs",
      "export const other = 1;",
      { kind: "threw", message: "Handler 'handler' missing on module" },
    ],
  ])("that %s is told so", async (_what, name, text, outcome) => {
    expect(await invoke(module(name, text))).toMatchObject(outcome);
  });

  it("that loops for ever is ended, and the next call finds it fresh", async () => {
    const file = module("loop.mjs", "export const handler = (event) => { for (;;) { if (event.stop) break; } };");
    const triggers = openTriggers({ [arn]: file, [`${arn}2`]: file }, { isDev: true, timeLimit: 150 });
    expect(await triggers.invoke(arn, {})).toMatchObject({
      kind: "failed",
      code: "Socket timeout while invoking Lambda function",
    });
    expect(await triggers.invoke(`${arn}2`, { stop: true })).toMatchObject({ kind: "answered" });
    await triggers.close();
  });

  it("that waits for ever ends alone: what runs beside it goes on, and is called once", async () => {
    const file = module(
      "wait.mjs",
      `let calls = 0;
       const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
       export const handler = async ({ wait }) => { calls++; await pause(wait); return { calls }; };`,
    );
    const triggers = openTriggers({ [arn]: file, [`${arn}2`]: file }, { isDev: true, timeLimit: 400 });
    const hanging = triggers.invoke(arn, { wait: 60_000 });
    const beside = triggers.invoke(`${arn}2`, { wait: 1 });
    expect(await beside).toEqual({ kind: "answered", event: { calls: 2 } });
    // It begins before the first is given up and ends after it.
    await pause(200);
    const late = triggers.invoke(`${arn}2`, { wait: 300 });
    expect(await late).toEqual({ kind: "answered", event: { calls: 3 } });
    expect(await hanging).toMatchObject({ kind: "failed" });
    await triggers.close();
  });

  it("that changes while it runs answers what it was asked, and is new for the next", async () => {
    const file = module(
      "during.mjs",
      "export const handler = ({ wait }) => new Promise((resolve) => setTimeout(() => resolve({ response: 1 }), wait));",
    );
    const triggers = openTriggers({ [arn]: file }, { isDev: true });
    await triggers.invoke(arn, { wait: 0 });
    const running = triggers.invoke(arn, { wait: 200 });
    writeFileSync(file, "export const handler = () => ({ response: 2 });");
    utimesSync(file, new Date(), new Date(Date.now() + 2_000));
    expect(await triggers.invoke(arn, {})).toEqual({ kind: "answered", event: { response: 2 } });
    expect(await running).toEqual({ kind: "answered", event: { response: 1 } });
    await triggers.close();
  });

  it.each([
    [
      "imports",
      "mjs",
      'import { answer } from "./FILE"; export const handler = () => ({ response: answer });',
      "export const answer =",
    ],
    [
      "requires",
      "cjs",
      'const { answer } = require("./FILE"); exports.handler = () => ({ response: answer });',
      "exports.answer =",
    ],
  ])("is loaded again when a file that it %s changes", async (what, ending, text, value) => {
    const part = `part-${what}.${ending}`;
    const imported = module(part, `${value} 1;`);
    const file = module(`whole-${what}.${ending}`, text.replace("FILE", part));
    const triggers = openTriggers({ [arn]: file }, { isDev: true });
    expect(await triggers.invoke(arn, {})).toEqual({ kind: "answered", event: { response: 1 } });
    writeFileSync(imported, `${value} 2;`);
    utimesSync(imported, new Date(), new Date(Date.now() + 2_000));
    expect(await triggers.invoke(arn, {})).toEqual({ kind: "answered", event: { response: 2 } });
    await triggers.close();
  });

  it("that changes is loaded again", async () => {
    const file = module("change.mjs", "export const handler = () => ({ response: 1 });");
    const triggers = openTriggers({ [arn]: file }, { isDev: true });
    expect(await triggers.invoke(arn, {})).toEqual({ kind: "answered", event: { response: 1 } });
    writeFileSync(file, "export const handler = () => ({ response: 2 });");
    utimesSync(file, new Date(), new Date(Date.now() + 2_000));
    expect(await triggers.invoke(arn, {})).toEqual({ kind: "answered", event: { response: 2 } });
    await triggers.close();
  });

  it("that nobody has named cannot be called", async () => {
    const triggers = openTriggers({}, { isDev: true });
    expect(await triggers.invoke(arn, {})).toMatchObject({ kind: "failed", code: "ResourceNotFoundException" });
    expect(await invoke(join(folder, "nowhere.mjs"))).toMatchObject({
      kind: "failed",
      code: "ResourceNotFoundException",
    });
  });

  it("may be an HTTP endpoint", async () => {
    const address = await serve((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => response.end(JSON.stringify({ ...JSON.parse(body), response: { ok: true } })));
    });
    expect(await invoke(address)).toEqual(answered);
  });

  it.each([
    ["says why", 400, '{"errorMessage":"No entry"}', { kind: "threw", message: "No entry" }, 1],
    ["answers no JSON (OUT-06)", 200, "<html>", { kind: "not-json" }, 1],
    ["is out of order (OUT-06)", 503, "", { kind: "failed", code: "ServiceException" }, 3],
  ])("behind an endpoint that %s", async (_what, status, body, outcome, calls) => {
    let count = 0;
    const address = await serve((_request, response) => {
      count++;
      response.statusCode = status;
      response.end(body);
    });
    expect(await invoke(address)).toMatchObject(outcome);
    expect(count).toBe(calls);
  });

  it("OUT-05: knows by a signature that an event is ours and new, and gets nothing of our secrets", async () => {
    const secret = "a secret that both know";
    const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
    const address = await serve((request, response) => {
      void text(request).then((body) => {
        seen.push({ headers: request.headers, body });
        response.end(body);
      });
    });
    const signing = { secret, now: () => 1_795_600_000_500 };
    const triggers = openTriggers({ [arn]: address }, { isDev: false, signing });
    expect(await triggers.invoke(arn, event)).toMatchObject({ kind: "answered" });
    await triggers.close();
    const [{ headers, body } = { headers: {}, body: "" }] = seen;
    expect(headers["x-poolhouse-timestamp"]).toBe("1795600000");
    expect(headers["x-poolhouse-signature"]).toBe(
      createHmac("sha256", secret).update(`1795600000.${body}`).digest("hex"),
    );
    expect(JSON.stringify(seen)).not.toContain(secret);
  });

  it("OUT-06: is not read beyond what a function may answer", async () => {
    const address = await serve((_request, response) => void response.end(Buffer.alloc(10 * 1024 * 1024, 32)));
    expect(await invoke(address)).toEqual({ kind: "not-json" });
  });

  it("OUT-03: behind an endpoint that redirects is not followed", async () => {
    const address = await serve((_request, response) => {
      response.writeHead(302, { location: "http://127.0.0.1:1/" });
      response.end();
    });
    expect(await invoke(address)).toMatchObject({ kind: "failed" });
  });

  it("OUT-06: that hangs holds up nobody else", async () => {
    const address = await serve(() => undefined);
    const triggers = openTriggers(
      { [arn]: address, [`${arn}2`]: () => ({ response: 1 }) },
      { isDev: true, timeLimit: 300 },
    );
    const hanging = triggers.invoke(arn, {});
    expect(await triggers.invoke(`${arn}2`, {})).toEqual({ kind: "answered", event: { response: 1 } });
    expect(await hanging).toMatchObject({ kind: "failed", code: "Socket timeout while invoking Lambda function" });
    await triggers.close();
  });

  it("of an endpoint that speaks Lambda's protocol, that hangs, holds up no other of that endpoint", async () => {
    const held: ServerResponse[] = [];
    let givenUp = 0;
    let isReleased = false;
    const address = await serve((request, response) => {
      if (!isReleased && !request.url?.includes("quick")) {
        response.once("close", () => (givenUp += response.writableEnded ? 0 : 1));
        held.push(response);
        return;
      }
      isReleased = true;
      for (const one of [response, ...held.splice(0)]) one.end(`{"response":${givenUp}}`);
    });
    const triggers = openTriggers(
      { [arn]: `lambda:${address}#slow`, [`${arn}2`]: `lambda:${address}#quick` },
      { isDev: true },
    );
    const hanging = Array.from({ length: 50 }, () => triggers.invoke(arn, {}));
    // It had not to wait until one of the others was given up.
    for (const outcome of await Promise.all([triggers.invoke(`${arn}2`, {}), ...hanging])) {
      expect(outcome).toEqual({ kind: "answered", event: { response: 0 } });
    }
    await triggers.close();
  });

  it("is called fifty times at once at most", async () => {
    const triggers = openTriggers({ [arn]: () => new Promise((resolve) => setTimeout(resolve, 50)) }, { isDev: true });
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => triggers.invoke(arn, {})));
    expect(
      outcomes.filter((outcome) => outcome.kind === "failed" && outcome.code === "TooManyRequestsException"),
    ).toHaveLength(10);
    await triggers.close();
  });

  it("may be a function of an endpoint that speaks Lambda's protocol", async () => {
    const paths: string[] = [];
    const address = await serve((request, response) => {
      paths.push(request.url ?? "");
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        const isBad = request.url?.includes("bad") === true;
        if (isBad) response.setHeader("x-amz-function-error", "Unhandled");
        response.end(
          isBad ? '{"errorMessage":"No entry"}' : JSON.stringify({ ...JSON.parse(body), response: { ok: true } }),
        );
      });
    });
    expect(await invoke(`lambda:${address}`)).toEqual(answered);
    expect(decodeURIComponent(paths[0] ?? "")).toBe(`/2015-03-31/functions/${arn}/invocations`);
    expect(await invoke(`lambda:${address}#bad`)).toMatchObject({ kind: "threw", message: "No entry" });
  });
});

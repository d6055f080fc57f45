/** Requests to servers that others have named. Cases are named by the id of the project's list of attacks. */
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createRawServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, OutgoingError, type OutgoingRules } from "./outgoing.ts";

const inside: OutgoingRules = { mayStayInside: true };
const outside: OutgoingRules = { mayStayInside: false };

let server: Server;
let port: number;
let asked: string[];

const answers: Readonly<Record<string, RequestListener>> = {
  "/": (request, response) => {
    response.setHeader("content-type", "text/plain");
    request.on("data", (part: Buffer) => response.write(part));
    request.on("end", () => response.end(`${request.method} ${request.headers["x-test"] ?? ""}`));
  },
  "/missing": (_request, response) => response.writeHead(404).end("nothing"),
  "/moved": (_request, response) => response.writeHead(302, { location: "/" }).end(),
  "/bomb": (_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(10 * 1024 * 1024))),
  "/endless": (_request, response) => {
    const part = Buffer.alloc(256 * 1024);
    const more = (): void => {
      if (!response.destroyed) response.write(part, more);
    };
    more();
  },
  "/cut": (_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    setImmediate(() => response.destroy());
  },
};

beforeAll(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answers[request.url?.replace(/\?.*/, "") ?? ""]?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const reasonOf = async (answer: Promise<unknown>): Promise<string> => {
  const outcome = await answer.catch((error: unknown) => error);
  if (!(outcome instanceof OutgoingError)) throw new Error("It was not refused.", { cause: outcome });
  return outcome.reason;
};

describe("a request to another server", () => {
  it("is sent as it is and answered whole", async () => {
    const answer = await ask(inside, {
      address: `http://localhost:${port}/`,
      method: "POST",
      headers: { "x-test": "yes" },
      body: "sent ",
    });
    expect(answer).toMatchObject({ status: 200, body: "sent POST yes", headers: { "content-type": "text/plain" } });
  });

  it("tells an error of the server as its status", async () => {
    expect(await ask(inside, { address: `http://127.0.0.1:${port}/missing` })).toMatchObject({ status: 404 });
  });

  it.each([
    "http://example.com/",
    "http://8.8.8.8/",
    "ftp://localhost/",
    "file:///etc/passwd",
    "gopher://localhost:70/x",
    "data:text/plain,x",
    "javascript:alert(1)",
    "https://user@example.com/",
    "https://user:pass@example.com/",
    "http://169.254.169.254/latest/meta-data",
    "https://[fe80::1]/",
    "https://[::ffff:169.254.169.254]/",
    "nothing",
    "",
    `https://example.com/${"x".repeat(10_000)}`,
  ])("OUT-01: never goes to %s", async (address) => {
    expect(await reasonOf(ask(inside, { address }))).toBe("not allowed");
  });

  it.each([
    "http://localhost/",
    "https://localhost/",
    "https://localhost./",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://0.0.0.0/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.0.1/",
    "https://100.64.0.1/",
    "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2001:0:7f00:1::80ff:fffe]/",
    "https://[2001:10::1]/",
    "https://[3fff::1]/",
    "https://[5f00::1]/",
    "https://[fec0::1]/",
    "https://[100:0:0:1::1]/",
  ])("OUT-01: goes to %s from no production house", async (address) => {
    expect(await reasonOf(ask(outside, { address }))).toBe("not allowed");
  });

  it.each([
    { title: "inside", addresses: ["127.0.0.1"] },
    { title: "inside beside one outside", addresses: ["8.8.8.8", "10.0.0.1"] },
    { title: "that is none", addresses: ["localhost"] },
    { title: "at all", addresses: [] },
  ])("OUT-01: goes to no name with an address $title", async ({ addresses }) => {
    const rules = { ...outside, resolve: async () => addresses };
    expect(await reasonOf(ask(rules, { address: "https://idp.example.com/" }))).toBe("not allowed");
  });

  it("OUT-02: connects to the address that was checked, though the name means another by then", async () => {
    const resolved: string[] = [];
    const rules: OutgoingRules = {
      mayStayInside: true,
      resolve: async (host) => {
        resolved.push(host);
        return ["127.0.0.1"];
      },
    };
    // Nobody else knows this name: were it looked up again, nothing would be reached.
    const answer = await ask(rules, { address: `http://idp.test:${port}/` });
    expect(answer).toMatchObject({ status: 200 });
    expect(resolved).toEqual(["idp.test"]);
  });

  it("OUT-03: follows no redirect", async () => {
    const before = asked.length;
    expect(await reasonOf(ask(inside, { address: `http://localhost:${port}/moved` }))).toBe("not allowed");
    expect(asked.slice(before)).toEqual(["/moved"]);
  });

  it("OUT-04: takes no compressed answer, none without end and none that is cut off", async () => {
    const at = (path: string) => reasonOf(ask(inside, { address: `http://localhost:${port}${path}` }));
    expect(await at("/bomb")).toBe("not allowed");
    expect(await at("/endless")).toBe("too much");
    expect(await at("/cut")).toBe("not reached");
  });

  it("OUT-04: tells nothing of what it met", async () => {
    const error: unknown = await ask(inside, { address: `http://localhost:${port}/cut?secret` }).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).toBe("OutgoingError: A request to another server failed: not reached.");
  });

  it.each([
    { title: "says nothing", more: undefined },
    { title: "says it byte by byte", more: "x" },
  ])("OUT-04: waits for no server that $title", async ({ more }) => {
    const slow = createRawServer((socket) => {
      socket.on("error", () => undefined).resume();
      if (more === undefined) return;
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
      const timer = setInterval(() => socket.write(more), 20);
      socket.on("close", () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const address = slow.address();
    const at = typeof address === "object" && address ? address.port : 0;
    const rules = { ...inside, timeoutMilliseconds: 150 };
    expect(await reasonOf(ask(rules, { address: `http://127.0.0.1:${at}/` }))).toBe("timeout");
    await new Promise((resolve) => slow.close(resolve));
  });

  it("OUT-04: waits for no name", async () => {
    const rules: OutgoingRules = { ...inside, resolve: () => new Promise(() => undefined), timeoutMilliseconds: 50 };
    expect(await reasonOf(ask(rules, { address: "https://idp.example.com/" }))).toBe("timeout");
  });

  it("is not reached where nobody listens, or where a certificate is nobody's", async () => {
    expect(await reasonOf(ask(inside, { address: "http://127.0.0.1:9/" }))).toBe("not reached");
    expect(await reasonOf(ask(inside, { address: `https://127.0.0.1:${port}/` }))).toBe("not reached");
  });
});

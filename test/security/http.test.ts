/** The wire under attack: requests that no client library would send. */
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { openTestHouse, useHouse } from "../support/house.ts";
import { usePool } from "../support/pool.ts";

const house = useHouse();
const pool = usePool(house);

const headersFor = (target: string | null) => ({
  "content-type": "application/x-amz-json-1.1",
  ...(target !== null && { "x-amz-target": `AWSCognitoIdentityProviderService.${target}` }),
});

async function call(
  body: string | Uint8Array,
  target: string | null = "SignUp",
  more: Readonly<Record<string, string>> = {},
) {
  const response = await fetch(house.url, {
    method: "POST",
    headers: { ...headersFor(target), ...more },
    body: body as string,
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text, headers: response.headers };
}

/** What a raw text on a socket is answered with: the status line. */
function raw(text: string): Promise<string> {
  const { port } = new URL(house.url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), "127.0.0.1", () => socket.write(text));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("data", (data) => {
      answer += data;
      if (answer.includes("\r\n")) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answer.split("\r\n")[0] ?? ""));
  });
}

const serialization = { __type: "SerializationException" };

describe("a body", () => {
  it.each([
    ["HTP-01: a hundred deep", "[".repeat(100) + "]".repeat(100)],
    ["HTP-01: ten thousand deep", "[".repeat(10_000) + "]".repeat(10_000)],
    [
      "HTP-01: deep within a member",
      `{"ClientId":"c","Username":"u","ClientMetadata":${'{"a":'.repeat(40)}1${"}".repeat(41)}`,
    ],
    ["HTP-05: nothing", ""],
    ["HTP-05: half an object", '{"ClientId":'],
    ["HTP-05: a trailing comma", '{"ClientId":"c",}'],
    ["HTP-05: single quotes", "{'ClientId':'c'}"],
    ["HTP-05: a comment", '{"ClientId":"c"/**/}'],
    ["HTP-05: two values", '{"ClientId":"c"}{}'],
    ["HTP-05: a leading zero", '{"ClientId":01}'],
    ["HTP-05: NaN", '{"ClientId":NaN}'],
    ["HTP-05: a raw line break in a text", '{"ClientId":"a\nb"}'],
    ["HTP-06: invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["HTP-06: UTF-16", Buffer.from('{"ClientId":"c"}', "utf16le")],
    ["HTP-06: a byte order mark", Buffer.from('\ufeff{"ClientId":"c"}')],
  ])("%s is a SerializationException without a message", async (_title, body) => {
    const answer = await call(body);
    expect([answer.status, answer.body]).toEqual([400, serialization]);
    expect(answer.headers.get("x-amzn-errortype")).toBe("SerializationException:");
  });

  it.each([
    ["a number for a text", { ClientId: 7 }, "NUMBER_VALUE can not be converted to a String"],
    ["true for a text", { ClientId: true }, "TRUE_VALUE can not be converted to a String"],
    ["a list for a text", { ClientId: [] }, "Start of list found where not expected"],
    ["an object for a text", { ClientId: {} }, "Start of structure or map found where not expected."],
    ["a text for a list", { UserAttributes: "x" }, "Expected list or null"],
    ["a text for a map", { ClientMetadata: "x" }, "Expected null"],
    ["a list as the whole", [], "Start of list found where not expected"],
    ["a text as the whole", "x", "Expected null"],
  ])("HTP-04: %s is told in Cognito's words", async (_title, body, message) => {
    expect((await call(JSON.stringify(body))).body).toEqual({ ...serialization, message });
  });

  it("HTP-06: that is compressed is not unpacked", async () => {
    expect((await call("{}", "SignUp", { "content-encoding": "gzip" })).body).toEqual(serialization);
  });

  it.each([
    [
      "with a length",
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\nContent-Length: 300000\r\n\r\n`,
    ],
    [
      "in pieces",
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\nTransfer-Encoding: chunked\r\n\r\n${`10000\r\n${" ".repeat(0x10000)}\r\n`.repeat(5)}`,
    ],
  ])("HTP-08: over its limit %s is a 413", async (_title, text) => {
    expect(await raw(text)).toBe("HTTP/1.1 413 Payload Too Large");
  });
});

describe("a target", () => {
  it.each([
    ["missing", null],
    ["unknown", "NoSuchOperation"],
    ["empty", ""],
    ["named like a member of every object", "constructor"],
    ["very long", "x".repeat(8_000)],
  ])("HTP-07: that is %s is a 400 without a message", async (_title, target) => {
    const answer = await call("{}", target);
    expect([answer.status, answer.body]).toEqual([400, { __type: "UnknownOperationException" }]);
  });

  it("HTP-07: of another service is unknown", async () => {
    const answer = await call("{}", null, { "x-amz-target": "DynamoDB_20120810.ListTables" });
    expect(answer.body).toEqual({ __type: "UnknownOperationException" });
  });

  it("HTP-07: that stands twice is none", async () => {
    const target = "X-Amz-Target: AWSCognitoIdentityProviderService.SignUp\r\n";
    const line = await raw(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.1\r\n${target}${target}Content-Length: 2\r\n\r\n{}`,
    );
    expect(line).toBe("HTTP/1.1 400 Bad Request");
  });

  it("with another content type is answered as AWS's front does", async () => {
    const response = await fetch(house.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect([response.status, (await response.text()).trim()]).toEqual([404, "<UnknownOperationException/>"]);
  });
});

describe("HTTP itself", () => {
  it.each([
    ["two lengths", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    [
      "a length and pieces",
      "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "another coding of pieces",
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    ],
    ["a space before a colon", "POST / HTTP/1.1\r\nHost : localhost\r\n\r\n"],
    ["a folded header", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n"],
    ["a carriage return in a header", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n"],
    ["no host", "GET /health HTTP/1.1\r\n\r\n"],
    ["version 0.9", "GET /health\r\n\r\n"],
  ])("HTP-09: with %s is a 400", async (_title, text) => {
    expect(await raw(text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("HTP-10: with a head that is too large is a 431", async () => {
    expect(await raw(`GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });

  it.each([
    ["attacker.example", 403],
    ["attacker.example:7665", 403],
    ["localhost.attacker.example", 403],
    ["127.0.0.1.attacker.example", 403],
    ["user@localhost", 421],
    ["", 421],
  ])("HTP-11, X-05: for the host %j is refused", async (host, status) => {
    expect(await raw(`GET /_poolhouse/inbox HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toMatch(
      new RegExp(`^HTTP/1\\.1 (${status}|400) `),
    );
  });

  it("HTP-11: builds nothing from what a request says of its host", async () => {
    const forwarded = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example",
    };
    const document = await fetch(`${house.url}/${pool.UserPoolId}/.well-known/openid-configuration`, {
      headers: forwarded,
    });
    expect(await document.text()).not.toContain("evil");
  });

  it.each([
    ["TRACE", "/", 405],
    ["PUT", "/", 405],
    ["GET", "/", 405],
    ["DELETE", "/oauth2/token", 405],
    ["PUT", "/oauth2/authorize", 405],
    ["POST", "/error", 405],
    ["HEAD", "/logout", 405],
  ])("HTP-15: %s %s is %i", async (method, path, status) => {
    const prefix = path === "/" ? "" : `/${pool.domain}`;
    const line = await raw(
      `${method} ${prefix}${path} HTTP/1.1\r\nHost: localhost\r\nX-HTTP-Method-Override: POST\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(line).toContain(` ${status} `);
  });

  it("HTP-13: lets any page call the API, without the browser's credentials", async () => {
    const asked = { origin: "https://evil.example", "access-control-request-headers": "x-amz-target,x-custom" };
    const preflight = await fetch(house.url, { method: "OPTIONS", headers: asked });
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "x-amz-target,x-custom",
      "access-control-max-age": "172800",
    });
    expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
    const { headers } = await call("{}");
    expect(headers.get("access-control-expose-headers")).toBe(
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
    );
  });

  it.each([
    ["https://evil.example", false],
    ["http://localhost.evil.example", false],
    ["http://127.0.0.1.evil.example:3000", false],
    ["null", false],
    ["chrome-extension://abcdefghijklmnop", false],
    ["http://localhost:3000", true],
    ["https://app.localhost:3000", true],
    ["http://127.0.0.1:8080", true],
    ["http://[::1]:8080", true],
  ])(
    "HTP-13, X-05: lets no page elsewhere sign for the developer: from %s a signed call is taken: %s",
    async (origin, isTaken) => {
      const made = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/cognito-idp/aws4_request";
      const answer = await call('{"MaxResults":1}', "ListUserPools", {
        origin,
        "x-amz-date": "20260101T000000Z",
        authorization: `${made}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${"0".repeat(64)}`,
      });
      expect([answer.status, answer.body.__type]).toEqual(isTaken ? [200, undefined] : [400, "AccessDeniedException"]);
      // What nobody signs any page may ask, as it may ask Cognito.
      const unsigned = await call('{"ClientId":"c","Username":"u"}', "ResendConfirmationCode", { origin });
      expect(unsigned.body.__type).toBe("ResourceNotFoundException");
    },
  );

  it("PWD-09: other spellings of a path lead nowhere", async () => {
    for (const path of ["//oauth2/token", "/oauth2/./token", "/oauth2%2ftoken", "/oauth2/token/", "/oauth2/token."]) {
      expect(
        await raw(`POST /${pool.domain}${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`),
        path,
      ).toMatch(/ (404|400) /);
    }
  });

  it("keeps a connection that lies idle for longer than balancers and proxies do", async () => {
    const { headers } = await fetch(`${house.url}/health`);
    expect(headers.get("keep-alive")).toBe("timeout=75");
  });

  it("answers its health, and nothing more", async () => {
    const response = await fetch(`${house.url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  });
});

describe("HTP-16: a bug of ours", () => {
  it("is a 500 that tells nothing, and the house lives on", async () => {
    const broken = await openTestHouse();
    try {
      await broken.app.db.destroy();
      const answer = await broken.api.listUserPools({ MaxResults: 1 }).catch((error: Error) => error);
      expect(answer).toMatchObject({ name: "InternalErrorException", message: "Internal error" });
      expect(broken.errors).toHaveLength(1);
      const page = await fetch(`${broken.url}/acme/login`);
      expect([page.status, await page.text()]).toEqual([500, "Internal error"]);
      expect(broken.errors[1]).toContain(page.headers.get("x-amz-cognito-request-id") ?? "no id");
      expect((await fetch(`${broken.url}/health`)).status).toBe(200);
    } finally {
      await broken.close().catch(() => undefined);
    }
  });
});

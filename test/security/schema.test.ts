/**
 * The schema matrix: every top-level member of every operation with every kind of nonsense, over the wire. Whatever is
 * sent, the answer is a refusal of the client's doing, at once; nothing of it is ever a fault of the house.
 */
import { beforeAll, expect, it } from "vitest";
import { accessOf, operationModel, operationNames, shapeOf, structureOf } from "../../src/contract/contract.ts";
import type { Shape } from "../../src/contract/model.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";
import { contractCases, validRequest } from "../support/contract-cases.ts";
import { type Furniture, furnishPool } from "../support/furnished-pool.ts";
import { isFurniture, requestFor } from "../support/furnished-requests.ts";
import { useHouse } from "../support/house.ts";

const house = useHouse();
let things: Furniture;

beforeAll(async () => {
  things = await furnishPool(house, house.api, "own");
});

const credential = "AKIA/20260101/us-east-1/cognito-idp/aws4_request";
const headers = {
  "content-type": "application/x-amz-json-1.1",
  authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date;x-amz-target, Signature=00`,
  "x-amz-date": "20260101T000000Z",
};

const slowestMilliseconds = 2_000;

/** Sends a body, and says what is wrong with the answer. */
async function faultOf(name: OperationName, body: string): Promise<string | undefined> {
  const startedAt = performance.now();
  const response = await house.handle(
    new Request(house.url, {
      method: "POST",
      headers: { ...headers, "x-amz-target": `AWSCognitoIdentityProviderService.${name}` },
      body,
    }),
  );
  const text = await response.text();
  if (response.status >= 500) return `${response.status} ${text}`;
  if (performance.now() - startedAt > slowestMilliseconds) return "slow";
  return response.ok || text.includes('"__type"') ? undefined : `${response.status} ${text}`;
}

/** Texts that break what was not made for them: a C string, a UTF-8 encoder, a column, a pattern, a query, a page. */
const nasty = [
  "\u0000",
  "a\u0000b",
  "\ud800",
  "x".repeat(100_000),
  "\u202e\u0301\uffff",
  "'; drop table users; --",
  "%_\\",
  "<script>alert(1)</script>",
  "__proto__",
  `{####}$${"{7*7}"}{{7*7}}`,
];

/** A value of a shape's kind that is as nasty as it can be. */
function nastyFor(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case "string":
      return text;
    case "list":
      return [nastyFor(shapeOf(shape.member.shape), text)];
    case "map":
      return { [text]: nastyFor(shapeOf(shape.value.shape), text) };
    case "structure":
      return Object.fromEntries(
        Object.entries(shape.members)
          .filter(([, { shape: of }]) => ["string", "list", "map"].includes(shapeOf(of).type))
          .map(([member, { shape: of }]) => [member, nastyFor(shapeOf(of), text)]),
      );
    case "blob":
      return Buffer.from(text).toString("base64");
    case "boolean":
      return text === "";
    case "integer":
    case "long":
      return text.length % 2 === 0 ? Number.MAX_SAFE_INTEGER : -0.5;
    case "timestamp":
      return text.length * 1e12;
  }
}

const membersOf = (name: OperationName) => Object.entries(structureOf(operationModel(name).input.shape).members);

it("G2: what the contract refuses is refused over the wire as well, and never a fault of ours", async () => {
  const cases = contractCases();
  expect(cases.length).toBeGreaterThan(1_000);
  const faults: string[] = [];
  for (const { operation, title, body } of cases) {
    const fault = await faultOf(operation, JSON.stringify(body));
    if (fault !== undefined) faults.push(`${title}: ${fault}`);
  }
  expect(faults).toEqual([]);
}, 120_000);

it.each(nasty.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
  "G2: %s in every member of a request about what is there is answered, at once and not by a fault",
  async (_title, text) => {
    let asked = 0;
    const faults: string[] = [];
    for (const name of operationNames) {
      for (const [member, { shape }] of membersOf(name)) {
        // A request that names what is there gets further than one that does not.
        const base =
          accessOf(name) === "token" || isFurniture(member)
            ? requestFor(name, things)
            : { ...validRequest(name), ...requestFor(name, things) };
        const body = JSON.stringify({ ...base, [member]: nastyFor(shapeOf(shape), text) });
        asked++;
        const fault = await faultOf(name, body);
        if (fault !== undefined) faults.push(`${name}.${member}: ${fault}`);
      }
    }
    expect(asked).toBeGreaterThan(490);
    expect(faults).toEqual([]);
  },
  120_000,
);

it.each([
  ["the authorize endpoint", "GET", "/oauth2/authorize?client_id=%00&response_type=code"],
  ["a pool's keys", "GET", "/%00_x/.well-known/jwks.json"],
  ["the sign-in page", "GET", "/login?client_id=a%00b"],
  ["the sign-in form", "POST", "/login?client_id=x", "username=a%00b&password=p&_csrf=%00"],
  ["the token endpoint", "POST", "/oauth2/token", "grant_type=refresh_token&client_id=a%00b&refresh_token=%00"],
  ["the revocation endpoint", "POST", "/oauth2/revoke", "token=%00&client_id=%00"],
  ["the sign-up form", "POST", "/signup?client_id=x", "username=%00&password=%00&_csrf=%00"],
])("G2: a NUL at %s is the sender's fault", async (_title, method, path, body = "") => {
  const response = await house.handle(
    new Request(`${house.url}/${path.startsWith("/%00") ? "" : things.Domain}${path}`.replace("//%", "/%"), {
      method,
      ...(method === "POST" && { body, headers: { "content-type": "application/x-www-form-urlencoded" } }),
    }),
  );
  // A page leads to the page that tells of errors.
  expect(response.status === 302 ? response.headers.get("location") : response.status).toEqual(
    expect.toSatisfy((answer: unknown) => answer === 400 || String(answer).includes("/error")),
  );
});

it("HTP-08: a form that is longer than forms are is not read to its end, with or without a length", async () => {
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536).fill(0x61));
    },
  });
  const response = await house.handle(
    new Request(`${house.url}/${things.Domain}/oauth2/token`, {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    } as RequestInit),
  );
  expect([response.status, await response.json()]).toMatchObject([400, { error: "invalid_request" }]);
  expect(sent).toBeLessThan(1_000_000);
});

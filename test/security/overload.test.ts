/** More than the machine can do: what is dear is refused or waits, what is cheap is answered meanwhile. */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";

const house = useHouse();
let pool: TestPool;
let AccessToken: string;

const keys = async () =>
  (await house.handle(new Request(`${house.url}/${pool.UserPoolId}/.well-known/jwks.json`))).status;

beforeAll(async () => {
  pool = await makePool(house, {
    client: {
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    },
  });
  await pool.createUser("busy@example.com");
  const AuthParameters = { USERNAME: "busy@example.com", PASSWORD: password };
  const signedIn = await house.api.initiateAuth({
    ClientId: pool.ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters,
  });
  AccessToken = signedIn.AuthenticationResult?.AccessToken ?? "";
  // The keys are made when they are first asked for.
  expect(await keys()).toBe(200);
});

/** Calls without a listener in between, and gives what it is answered with. */
async function call(operation: string, request: object): Promise<string> {
  const answer = await house.handle(
    new Request(house.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
        // Anybody's, in a house of development: that a call is signed is enough.
        ...(operation.startsWith("Admin") && signed),
      },
      body: JSON.stringify(request),
    }),
  );
  const { __type, ChallengeName } = JSON.parse(await answer.text());
  return __type ?? ChallengeName ?? "served";
}

const signed = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=00",
  "x-amz-date": "20260101T000000Z",
};

const initiate = (AuthFlow: string, AuthParameters: object): Promise<string> =>
  call("InitiateAuth", { ClientId: pool.ClientId, AuthFlow, AuthParameters });

/** Asks for a page or posts a form, and gives the status and, where one was refused as too many, when to come again. */
async function visit(url: string, form?: Readonly<Record<string, string>>): Promise<string> {
  const post = form && { method: "POST", body: new URLSearchParams(form) };
  const answer = await house.handle(new Request(url, { ...post }));
  await answer.text();
  const again = answer.headers.get("retry-after");
  return again === null ? String(answer.status) : `${answer.status} after ${again}`;
}

/** How many of these have not ended yet. */
function pendingOf(works: readonly Promise<unknown>[]): () => number {
  let left = works.length;
  for (const work of works) void work.finally(() => left--);
  return () => left;
}

/** Requests at once. */
const many = 1_000;

/** What is sent, what it is answered with where it is served, and how it is refused as too many. */
const rows: readonly (readonly [
  title: string,
  send: (index: number) => Promise<string>,
  served: string,
  refused: string,
])[] = [
  [
    "SRP-14: openings of sign-ins by SRP",
    (index) => initiate("USER_SRP_AUTH", { USERNAME: `nobody-${index}@example.com`, SRP_A: "4".repeat(768) }),
    "PASSWORD_VERIFIER",
    "TooManyRequestsException",
  ],
  [
    "R16: wrong passwords",
    (index) => initiate("USER_PASSWORD_AUTH", { USERNAME: `nobody-${index}@example.com`, PASSWORD: "Wr0ng-one!" }),
    "NotAuthorizedException",
    "TooManyRequestsException",
  ],
  [
    "R16: forgotten passwords",
    (index) => call("ForgotPassword", { ClientId: pool.ClientId, Username: `nobody-${index}@example.com` }),
    "served",
    "TooManyRequestsException",
  ],
  ["R16: calls of a user", () => call("GetUser", { AccessToken }), "served", "TooManyRequestsException"],
  [
    "R16: calls of an administrator",
    (index) =>
      call("AdminUpdateUserAttributes", {
        UserPoolId: pool.UserPoolId,
        Username: "busy@example.com",
        UserAttributes: [{ Name: "name", Value: String(index) }],
      }),
    "served",
    "TooManyRequestsException",
  ],
  [
    "R16: tokens",
    () =>
      visit(`${pool.base}/oauth2/token`, { client_id: pool.ClientId, grant_type: "refresh_token", refresh_token: "x" }),
    "400",
    "503 after 1",
  ],
  ["R16: pages", () => visit(authorizeUrl(pool).replace("/oauth2/authorize", "/login")), "200", "503 after 1"],
];

describe(`${many} at once`, () => {
  it.each(rows)(
    "of %s: each is served or one too many, and the keys are answered meanwhile",
    {
      timeout: 120_000,
    },
    async (_title, send, served, refused) => {
      const sent = Array.from({ length: many }, (_, index) => send(index));
      const pending = pendingOf(sent);
      expect(await keys()).toBe(200);
      expect(pending()).toBeGreaterThan(0);
      const outcomes = await Promise.all(sent);
      expect(outcomes).toContain(served);
      expect(outcomes.filter((outcome) => outcome !== served && outcome !== refused)).toEqual([]);
    },
  );
});

describe("while as many passwords are hashed as may wait", () => {
  it("sign-ins are refused as too many, the keys are answered, and no refusal counts as a wrong password", {
    timeout: 60_000,
  }, async () => {
    const signIn = () => initiate("USER_PASSWORD_AUTH", { USERNAME: "busy@example.com", PASSWORD: password });
    let isOver = false;
    const hashing = Array.from({ length: 600 }, async () => {
      while (!isOver) {
        const hashed = await house.app.passwords.hash("another").catch(() => undefined);
        // Who is refused comes again, so that the queue stays full.
        if (hashed === undefined) await new Promise((resolve) => setImmediate(resolve));
      }
    });
    const outcomes = await Promise.all(Array.from({ length: 12 }, signIn));
    expect(await keys()).toBe(200);
    isOver = true;
    await Promise.all(hashing);
    expect(outcomes).toContain("TooManyRequestsException");
    expect(outcomes).not.toContain("NotAuthorizedException");
    expect(await signIn()).toBe("served");
  });
});

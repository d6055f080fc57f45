/** More than the machine can do: what is dear is refused or waits, what is cheap is answered meanwhile. */
import { beforeAll, describe, expect, inject, it } from "vitest";
import { useHouse } from "../support/house.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";

const house = useHouse();
let pool: TestPool;

beforeAll(async () => {
  pool = await makePool(house, {
    client: {
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    },
  });
});

/** Begins a sign-in without a listener in between, and gives what it is answered with. */
async function initiate(AuthFlow: string, AuthParameters: object): Promise<string> {
  const answer = await house.handle(
    new Request(house.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      },
      body: JSON.stringify({ ClientId: pool.ClientId, AuthFlow, AuthParameters }),
    }),
  );
  const { __type, ChallengeName, AuthenticationResult } = JSON.parse(await answer.text());
  return __type ?? ChallengeName ?? (AuthenticationResult ? "tokens" : "nothing");
}

/** How many of these have not ended yet. */
function pendingOf(works: readonly Promise<unknown>[]): () => number {
  let left = works.length;
  for (const work of works) void work.finally(() => left--);
  return () => left;
}

const keys = async () =>
  (await house.handle(new Request(`${house.url}/${pool.UserPoolId}/.well-known/jwks.json`))).status;

/** Requests at once: with PostgreSQL as many as its connections serve before one that waits gives up on a busy machine. */
const many = inject("engine") === "sqlite" ? 1_000 : 60;

describe("while many open an SRP sign-in at once", () => {
  it("SRP-14: the keys are answered: powers are computed elsewhere", { timeout: 120_000 }, async () => {
    const SRP_A = "4".repeat(768);
    const opening = Array.from({ length: many }, (_, index) =>
      initiate("USER_SRP_AUTH", { USERNAME: `nobody-${index}@example.com`, SRP_A }),
    );
    const pending = pendingOf(opening);
    expect(await keys()).toBe(200);
    expect(pending()).toBeGreaterThan(0);
    const outcomes = new Set(await Promise.all(opening));
    outcomes.delete("TooManyRequestsException");
    expect([...outcomes]).toEqual(["PASSWORD_VERIFIER"]);
  });
});

describe("while as many passwords are hashed as may wait", () => {
  it("sign-ins are refused as too many, the keys are answered, and no refusal counts as a wrong password", {
    timeout: 60_000,
  }, async () => {
    await pool.createUser("busy@example.com");
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
    expect(await signIn()).toBe("tokens");
  });
});

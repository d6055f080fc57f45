import { beforeAll, describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { makePool, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { findPool } from "../pools/store.ts";
import { filterInbound } from "./inbound-federation.ts";

const arn = "arn:aws:lambda:us-east-1:123456789012:function:inbound";

let pool: TestPool;
let answer: (event: { response: object }) => unknown;
let last: unknown;

const house = useHouse(
  {},
  {
    triggers: {
      [arn]: (event: { response: object }) => {
        last = event;
        return answer(event);
      },
    },
  },
);

beforeAll(async () => {
  const InboundFederation = { LambdaVersion: "V1_0", LambdaArn: arn } as const;
  pool = await makePool(house, { pool: { LambdaConfig: { InboundFederation } }, client: { GenerateSecret: false } });
});

async function arrive(UserPoolId = pool.UserPoolId) {
  const found = await findPool(house.app.db, UserPoolId);
  if (!found) throw new Error("The pool is gone.");
  return filterInbound(house.app, {
    pool: found,
    clientId: pool.ClientId,
    provider: { name: "Corp", type: "OIDC" },
    userName: "Corp_42",
    answer: { tokenResponse: { access_token: "t" }, idToken: { sub: "42" }, userInfo: { email: "a@example.com" } },
  });
}

describe("the function of inbound federation", () => {
  it("is told what the provider said and where, and says what is mapped", async () => {
    answer = (event) => ({ ...event, response: { userAttributesToMap: { email: "b@example.com" } } });
    expect(await arrive()).toEqual({ email: "b@example.com" });
    expect(last).toEqual({
      version: "1",
      region: "us-east-1",
      userPoolId: pool.UserPoolId,
      userName: "Corp_42",
      callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: pool.ClientId },
      triggerSource: "InboundFederation_ExternalProvider",
      request: {
        providerName: "Corp",
        providerType: "OIDC",
        attributes: {
          tokenResponse: { access_token: "t" },
          idToken: { sub: "42" },
          userInfo: { email: "a@example.com" },
        },
      },
      response: { userAttributesToMap: {} },
    });
  });

  it("keeps all with an empty map, and so does a pool without one", async () => {
    answer = (event) => event;
    expect(await arrive()).toBeUndefined();
    const plain = await makePool(house);
    expect(await arrive(plain.UserPoolId)).toBeUndefined();
  });

  it.each([
    ["null", null],
    ["a number in it", { age: 7 }],
    ["a text", "email"],
  ])("must not answer with %s in place of the map", async (_what, userAttributesToMap) => {
    answer = (event) => ({ ...event, response: { userAttributesToMap } });
    expect(await refusalOf(arrive())).toEqual({
      name: "InvalidLambdaResponseException",
      message: "Unrecognizable lambda output",
    });
  });

  it("keeps the user out by failing", async () => {
    answer = () => {
      throw new Error("Not from there");
    };
    expect((await refusalOf(arrive())).message).toBe("InboundFederation failed with error Not from there.");
  });
});

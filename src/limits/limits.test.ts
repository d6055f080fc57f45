import { describe, expect, it } from "vitest";
import { sdkFor, useHouse } from "../../test/support/house.ts";
import { makePool, password } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { replaceLimit } from "./store.ts";

const house = useHouse();

const definition = (Category: string) => ({ LimitClass: "API_CATEGORY", Attributes: { Category } }) as const;

/** The API in a region of its own, so that no other test's requests count. */
const inRegion = (region: string) => sdkFor(house.url, undefined, region);

async function provision(region: string, category: string, RequestedLimitValue: number) {
  const LimitDefinition = definition(category);
  return (await inRegion(region).updateProvisionedLimit({ LimitDefinition, RequestedLimitValue })).Limit;
}

const listPools = (region: string) => inRegion(region).listUserPools({ MaxResults: 1 });

const tooMany = { name: "TooManyRequestsException", message: "Rate exceeded" };

describe("a limit", () => {
  it("is the free one until another is provisioned, in its region alone", async () => {
    const LimitDefinition = definition("UserCreation");
    const shown = async (region: string) => (await inRegion(region).getProvisionedLimit({ LimitDefinition })).Limit;
    const free = { LimitDefinition, FreeLimitValue: 50, ProvisionedLimitValue: 50 };
    expect(await shown("eu-west-1")).toEqual(free);
    const raised = { ...free, ProvisionedLimitValue: 80 };
    expect(await provision("eu-west-1", "UserCreation", 80)).toEqual(raised);
    expect(await shown("eu-west-1")).toEqual(raised);
    expect(await shown("eu-west-2")).toEqual(free);
  });

  it.each([
    {
      title: "less than the free one",
      category: "UserRead",
      value: 119,
      refusal: { name: "InvalidParameterException", message: "The limit of UserRead cannot be less than 120." },
    },
    {
      title: "more than ten times as much",
      category: "UserRead",
      value: 1201,
      refusal: { name: "ServiceQuotaExceededException", message: "The limit of UserRead cannot be more than 1200." },
    },
    {
      title: "that of no category",
      category: "Everything",
      value: 120,
      refusal: { name: "ResourceNotFoundException", message: "There is no limit for the category Everything." },
    },
  ])("cannot be $title", async ({ category, value, refusal }) => {
    expect(await refusalOf(provision("us-west-1", category, value))).toEqual(refusal);
  });

  it.each([{}, { Category: "UserRead", Pool: "a" }, { category: "UserRead" }])(
    "is not defined by the attributes %o",
    async (Attributes) => {
      const LimitDefinition = { LimitClass: "API_CATEGORY", Attributes } as const;
      expect(await refusalOf(house.api.getProvisionedLimit({ LimitDefinition }))).toEqual({
        name: "InvalidParameterException",
        message: "The limit must be defined by the attribute Category alone.",
      });
    },
  );
});

describe("requests", () => {
  it("are not counted where nothing is provisioned", async () => {
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => listPools("ap-south-1")));
    expect(outcomes).toHaveLength(40);
  });

  it("beyond a limit are refused until time has passed, and those of other categories and regions are not", async () => {
    await provision("eu-north-1", "UserPoolRead", 15);
    const outcomes = await Promise.allSettled(Array.from({ length: 18 }, () => listPools("eu-north-1")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(15);
    expect(await refusalOf(listPools("eu-north-1"))).toEqual(tooMany);
    await inRegion("eu-north-1").createUserPool({ PoolName: "p" });
    await listPools("eu-south-1");
    house.clock.advance(200);
    const later = await Promise.allSettled(Array.from({ length: 5 }, () => listPools("eu-north-1")));
    expect(later.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    house.clock.advance(60_000);
    const rested = await Promise.allSettled(Array.from({ length: 18 }, () => listPools("eu-north-1")));
    expect(rested.filter(({ status }) => status === "fulfilled")).toHaveLength(15);
  });

  it("are counted against what another process has provisioned, a few seconds later", async () => {
    await listPools("ca-central-1");
    await replaceLimit(house.app.db, { region: "ca-central-1", category: "UserPoolRead", perSecond: 15 });
    house.clock.advance(5000);
    const outcomes = await Promise.allSettled(Array.from({ length: 18 }, () => listPools("ca-central-1")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(15);
  });

  it("that nobody signed are counted in the house's own region, and answers to challenges apart", async () => {
    await provision("us-east-1", "UserAuthentication", 120);
    const { ClientId } = await makePool(house, { client: { GenerateSecret: false } });
    const AuthParameters = { USERNAME: "nobody@example.com", PASSWORD: password };
    const signIn = () => house.api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const respond = () =>
      house.api.respondToAuthChallenge({ ClientId, ChallengeName: "SMS_MFA", Session: "a".repeat(20) });
    const refusals = await Promise.all(Array.from({ length: 121 }, () => refusalOf(signIn())));
    expect(refusals.filter(({ name }) => name === tooMany.name)).toHaveLength(1);
    const answers = await Promise.all(Array.from({ length: 361 }, () => refusalOf(respond())));
    expect(answers.filter(({ name }) => name === tooMany.name)).toHaveLength(1);
  });

  it("for tokens in a client's own name are counted at the token endpoint", async () => {
    const { ClientId, secret, base } = await makePool(house, {
      client: { AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["order/write"] },
    });
    const ask = () =>
      house.handle(
        new Request(`${base}/oauth2/token`, {
          method: "POST",
          headers: { authorization: `Basic ${btoa(`${ClientId}:${secret}`)}` },
          body: new URLSearchParams({ grant_type: "client_credentials" }),
        }),
      );
    await provision("us-east-1", "ClientAuthentication", 150);
    const answers = await Promise.all(Array.from({ length: 151 }, async () => (await ask()).status));
    expect(answers.filter((status) => status === 200)).toHaveLength(150);
    expect(answers.filter((status) => status === 429)).toHaveLength(1);
  });
});

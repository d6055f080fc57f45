import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makePool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});

afterAll(async () => {
  expect(house.errors).toEqual([]);
  await house.close();
});

const guarded = (AdvancedSecurityMode: "AUDIT" | "ENFORCED" | "OFF") =>
  makePool(house, { pool: { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode } } });

const blockKnown = { Actions: { EventAction: "BLOCK" } } as const;

describe("the risk configuration", () => {
  it("shows only the pool where nothing is set", async () => {
    const { UserPoolId, ClientId } = await guarded("AUDIT");
    const { RiskConfiguration } = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(RiskConfiguration).toEqual({ UserPoolId });
    const ofClient = await house.api.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(ofClient.RiskConfiguration).toEqual({ UserPoolId, ClientId });
  });

  it("is kept for the pool and for a client apart, and every event is looked at where none is named", async () => {
    const { UserPoolId, ClientId } = await guarded("ENFORCED");
    const CompromisedCredentialsRiskConfiguration = { EventFilter: ["SIGN_UP" as const], ...blockKnown };
    await house.api.setRiskConfiguration({ UserPoolId, CompromisedCredentialsRiskConfiguration });
    const set = await house.api.setRiskConfiguration({
      UserPoolId,
      ClientId,
      CompromisedCredentialsRiskConfiguration: blockKnown,
      RiskExceptionConfiguration: { BlockedIPRangeList: ["192.0.2.0/24", "2001:db8::/32"] },
    });
    const shown = {
      UserPoolId,
      ClientId,
      CompromisedCredentialsRiskConfiguration: {
        EventFilter: ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"],
        ...blockKnown,
      },
      RiskExceptionConfiguration: { BlockedIPRangeList: ["192.0.2.0/24", "2001:db8::/32"] },
      LastModifiedDate: new Date(house.clock.now()),
    };
    expect(set.RiskConfiguration).toEqual(shown);
    const ofClient = await house.api.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(ofClient.RiskConfiguration).toEqual(shown);
    const ofPool = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(ofPool.RiskConfiguration).toMatchObject({ UserPoolId, CompromisedCredentialsRiskConfiguration });
    expect(ofPool.RiskConfiguration).not.toHaveProperty("RiskExceptionConfiguration");
  });

  it("is replaced as a whole, and forgotten by a request that sets nothing", async () => {
    const { UserPoolId } = await guarded("ENFORCED");
    await house.api.setRiskConfiguration({ UserPoolId, CompromisedCredentialsRiskConfiguration: blockKnown });
    const AccountTakeoverRiskConfiguration = {
      Actions: { HighAction: { Notify: false, EventAction: "BLOCK" as const } },
    };
    await house.api.setRiskConfiguration({ UserPoolId, AccountTakeoverRiskConfiguration });
    const replaced = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(replaced.RiskConfiguration).toMatchObject({ AccountTakeoverRiskConfiguration });
    expect(replaced.RiskConfiguration).not.toHaveProperty("CompromisedCredentialsRiskConfiguration");
    expect((await house.api.setRiskConfiguration({ UserPoolId })).RiskConfiguration).toEqual({ UserPoolId });
    const reset = await house.api.describeRiskConfiguration({ UserPoolId });
    expect(reset.RiskConfiguration).toEqual({ UserPoolId });
  });

  it("goes with its client", async () => {
    const { UserPoolId } = await guarded("ENFORCED");
    const named = { UserPoolId, ClientName: "_custom_id_:riskyclient1" };
    const ClientId = "riskyclient1";
    await house.api.createUserPoolClient(named);
    await house.api.setRiskConfiguration({ UserPoolId, ClientId, CompromisedCredentialsRiskConfiguration: blockKnown });
    await house.api.deleteUserPoolClient({ UserPoolId, ClientId });
    await house.api.createUserPoolClient(named);
    const { RiskConfiguration } = await house.api.describeRiskConfiguration({ UserPoolId, ClientId });
    expect(RiskConfiguration).toEqual({ UserPoolId, ClientId });
  });

  it.each([
    ["192.0.2.1"],
    ["192.0.2.0/33"],
    ["2001:db8::/129"],
    ["192.0.2.0/24/8"],
    ["example.com/24"],
    ["192.0.2.0/"],
    ["fe80::1%eth0/64"],
  ])("refuses %s, which is no network", async (range) => {
    const { UserPoolId } = await guarded("AUDIT");
    for (const list of ["BlockedIPRangeList", "SkippedIPRangeList"]) {
      const RiskExceptionConfiguration = { [list]: [range] };
      expect(await refusalOf(house.api.setRiskConfiguration({ UserPoolId, RiskExceptionConfiguration }))).toEqual({
        name: "InvalidParameterException",
        message: "Incorrect CIDR format",
      });
    }
  });

  it("needs the add-on, and a client of the pool", async () => {
    const off = await makePool(house);
    const on = await guarded("AUDIT");
    const { UserPoolId } = off;
    for (const call of [
      house.api.describeRiskConfiguration({ UserPoolId }),
      house.api.setRiskConfiguration({ UserPoolId }),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ name: "UserPoolAddOnNotEnabledException" });
    }
    const foreign = { UserPoolId: on.UserPoolId, ClientId: off.ClientId };
    for (const call of [house.api.describeRiskConfiguration(foreign), house.api.setRiskConfiguration(foreign)]) {
      expect(await refusalOf(call)).toMatchObject({ name: "ResourceNotFoundException" });
    }
  });
});

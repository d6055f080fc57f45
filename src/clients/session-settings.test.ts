import type { UserSessionTrackingType } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { findPool } from "../pools/store.ts";
import { sessionSettingsOf } from "./session-settings.ts";
import { getPoolClient } from "./store.ts";

const house = useHouse();

async function createPool(UserPoolTier: "LITE" | "ESSENTIALS" = "ESSENTIALS") {
  const { UserPool } = await house.api.createUserPool({ PoolName: "p", UserPoolTier });
  const UserPoolId = UserPool?.Id ?? "";
  const { UserPoolClient } = await house.api.createUserPoolClient({ UserPoolId, ClientName: "c" });
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? "" };
}

type Named = Awaited<ReturnType<typeof createPool>>;

const track = ({ UserPoolId }: Named, UserSessionTracking: UserSessionTrackingType = "ENABLED", MaxPerUser = 20) =>
  house.api.setUserPoolSessionConfiguration({ UserPoolId, UserSessionTracking, TokenSession: { MaxPerUser } });

const reuse = (names: Named, MaxValidityMinutes: number) =>
  house.api.setUserPoolClientSessionConfiguration({ ...names, SSOSession: { MaxValidityMinutes } });

async function settings({ UserPoolId, ClientId }: Named) {
  const pool = await findPool(house.app.db, UserPoolId);
  if (!pool) throw new Error("The pool is gone.");
  return sessionSettingsOf(pool, await getPoolClient(house.app.db, UserPoolId, ClientId));
}

const tooLow = {
  name: "FeatureUnavailableInTierException",
  message: "The following feature is not available for the LITE pricing tier configured: Session Management",
};

describe("the sessions of a pool", () => {
  it("are not tracked unless that is asked for", async () => {
    const names = await createPool();
    const { UserPoolId } = names;
    expect(await house.api.getUserPoolSessionConfiguration({ UserPoolId })).toMatchObject({
      UserPoolId,
      UserSessionTracking: "DISABLED",
      TokenSession: { MaxPerUser: 20 },
    });
    expect(await settings(names)).toEqual({ isTracking: false, mostPerUser: 20, reuseMinutes: 60 });
  });

  it("are tracked when that is asked for, whatever else of the pool changes", async () => {
    const names = await createPool();
    const { UserPoolId } = names;
    const wanted = { UserPoolId, UserSessionTracking: "ENABLED", TokenSession: { MaxPerUser: 3 } };
    expect(await track(names, "ENABLED", 3)).toMatchObject(wanted);
    await house.api.updateUserPool({ UserPoolId });
    expect(await house.api.getUserPoolSessionConfiguration({ UserPoolId })).toMatchObject(wanted);
    const { UserPool } = await house.api.describeUserPool({ UserPoolId });
    expect(UserPool).not.toHaveProperty("sessions");
  });

  it.each([0, 101, -1])("are not %i a user", async (most) => {
    expect(await refusalOf(track(await createPool(), "ENABLED", most))).toEqual({
      name: "InvalidParameterException",
      message: "MaxPerUser must be between 1 and 100.",
    });
  });

  it("are not tracked on the lowest tier", async () => {
    expect(await refusalOf(track(await createPool("LITE")))).toEqual(tooLow);
  });
});

describe("a browser's session", () => {
  it("is used again for an hour in a client that says nothing else", async () => {
    const names = await createPool();
    expect(await house.api.getUserPoolClientSessionConfiguration(names)).toMatchObject({
      ...names,
      SSOSession: { MaxValidityMinutes: 60 },
    });
  });

  it("is used again for as long as the client says, whatever else of the client changes", async () => {
    const names = await createPool();
    await track(names);
    expect(await reuse(names, 0)).toMatchObject({ ...names, SSOSession: { MaxValidityMinutes: 0 } });
    const { UserPoolClient } = await house.api.updateUserPoolClient({ ...names, ClientName: "renamed" });
    expect(UserPoolClient).not.toHaveProperty("sessionReuseMinutes");
    expect(await house.api.getUserPoolClientSessionConfiguration(names)).toMatchObject({
      SSOSession: { MaxValidityMinutes: 0 },
    });
    expect(await settings(names)).toMatchObject({ reuseMinutes: 0 });
  });

  it("goes by the client's own setting again once the pool tracks sessions again", async () => {
    const names = await createPool();
    await track(names);
    await reuse(names, 5);
    await track(names, "DISABLED");
    expect(await settings(names)).toMatchObject({ isTracking: false, reuseMinutes: 60 });
    await track(names);
    expect(await settings(names)).toMatchObject({ isTracking: true, reuseMinutes: 5 });
  });

  it.each([-1, 129_601])("is not used again for %i minutes", async (minutes) => {
    const names = await createPool();
    await track(names);
    expect(await refusalOf(reuse(names, minutes))).toEqual({
      name: "InvalidParameterException",
      message: "MaxValidityMinutes must be between 0 and 129600.",
    });
  });

  it("has no setting of a client while the pool does not track sessions, or on the lowest tier", async () => {
    expect(await refusalOf(reuse(await createPool(), 5))).toEqual({
      name: "InvalidParameterException",
      message: "User session tracking must be enabled for the user pool.",
    });
    expect(await refusalOf(reuse(await createPool("LITE"), 5))).toEqual(tooLow);
  });

  it("has no setting of another pool's client", async () => {
    const [one, other] = [await createPool(), await createPool()];
    await track(one);
    const mixed = { UserPoolId: one.UserPoolId, ClientId: other.ClientId };
    const message = `User pool client ${other.ClientId} does not exist.`;
    expect(await refusalOf(reuse(mixed, 5))).toEqual({ name: "ResourceNotFoundException", message });
  });
});

/** A pool comes from Amazon: another house stands for Amazon, spoken to by the SDK as a live pool would be. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FullPool, makeFullPool } from "../../../test/support/full-pool.ts";
import { openTestHouse, type TestHouse } from "../../../test/support/house.ts";
import { password } from "../../../test/support/pool.ts";
import { refusalOf } from "../../../test/support/refusal.ts";
import type { Arrival } from "../arrival.ts";
import { importPool } from "../arrive.ts";
import { amazonParcel } from "./parcel.ts";
import { allOf, pagesOf } from "./source.ts";

let amazon: TestHouse;
let house: TestHouse;
let full: FullPool;
let arrival: Arrival;
const notes: string[] = [];

beforeAll(async () => {
  [amazon, house] = [await openTestHouse(), await openTestHouse()];
  full = await makeFullPool(amazon);
  const { UserPoolId } = full;
  await amazon.api.adminCreateUser({
    UserPoolId,
    Username: "reachable",
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: "reachable@example.com" },
      { Name: "email_verified", Value: "true" },
    ],
  });
  await amazon.api.adminSetUserPassword({ UserPoolId, Username: "reachable", Password: password, Permanent: true });
  // More than a page of them.
  for (let number = 0; number < 65; number++) {
    await amazon.api.adminCreateUser({ UserPoolId, Username: `many-${number}`, MessageAction: "SUPPRESS" });
    await amazon.api.adminAddUserToGroup({ UserPoolId, Username: `many-${number}`, GroupName: full.GroupName });
  }
  arrival = await bring(house, true);
});

afterAll(async () => {
  for (const one of [amazon, house]) {
    await one.close();
    expect(one.errors).toEqual([]);
  }
});

async function bring(to: TestHouse, hasUsers: boolean): Promise<Arrival> {
  const source = { api: amazon.api, poolId: full.UserPoolId, note: (sentence: string) => void notes.push(sentence) };
  return importPool(to.app, await amazonParcel(source, { hasUsers }), { keepsSessions: false });
}

describe("a pool that comes from Amazon", () => {
  it.each([
    ["itself", (at: TestHouse) => at.api.describeUserPool({ UserPoolId: full.UserPoolId })],
    ["its second factors", (at: TestHouse) => at.api.getUserPoolMfaConfig({ UserPoolId: full.UserPoolId })],
    ["its sessions", (at: TestHouse) => at.api.getUserPoolSessionConfiguration({ UserPoolId: full.UserPoolId })],
    ["its domain", (at: TestHouse) => at.api.describeUserPoolDomain({ Domain: full.Domain })],
    [
      "its resource servers",
      (at: TestHouse) => at.api.listResourceServers({ UserPoolId: full.UserPoolId, MaxResults: 50 }),
    ],
    [
      "a client with its secret",
      (at: TestHouse) => at.api.describeUserPoolClient({ UserPoolId: full.UserPoolId, ClientId: full.srp.ClientId }),
    ],
    [
      "a provider with its secret",
      (at: TestHouse) =>
        at.api.describeIdentityProvider({ UserPoolId: full.UserPoolId, ProviderName: full.ProviderName }),
    ],
    ["its groups", (at: TestHouse) => at.api.listGroups({ UserPoolId: full.UserPoolId })],
    [
      "who is in a group",
      (at: TestHouse) => at.api.adminListGroupsForUser({ UserPoolId: full.UserPoolId, Username: full.Username }),
    ],
    ["what is done about risks", (at: TestHouse) => at.api.describeRiskConfiguration({ UserPoolId: full.UserPoolId })],
    [
      "its classic look",
      (at: TestHouse) => at.api.getUICustomization({ UserPoolId: full.UserPoolId, ClientId: full.ClientId }),
    ],
    [
      "a style",
      (at: TestHouse) =>
        at.api.describeManagedLoginBranding({
          UserPoolId: full.UserPoolId,
          ManagedLoginBrandingId: full.ManagedLoginBrandingId,
        }),
    ],
    ["its terms", (at: TestHouse) => at.api.describeTerms({ UserPoolId: full.UserPoolId, TermsId: full.TermsId })],
  ])("shows %s as before", async (_what, describe) => {
    const { $metadata: _then, ...before } = await describe(amazon);
    const { $metadata: _now, ...after } = await describe(house);
    expect(after).toEqual(before);
  });

  it("has its users under the same subs and names, in need of a new password", async () => {
    const { UserPoolId } = full;
    const everybody = (at: TestHouse) =>
      allOf(
        pagesOf(async (PaginationToken) => {
          const { Users, PaginationToken: next } = await at.api.listUsers({ UserPoolId, PaginationToken });
          return { items: Users, next };
        }),
      );
    const [before, after] = [await everybody(amazon), await everybody(house)];
    expect(before.length).toBeGreaterThan(65);
    const reset = before.map((user) => ({ ...user, UserStatus: "RESET_REQUIRED" }));
    expect(after).toEqual(reset);
    expect(arrival.poolId).toBe(UserPoolId);
  });

  it("has them in their groups, however many there are", async () => {
    const { UserPoolId, GroupName } = full;
    const subsIn = (at: TestHouse) =>
      at.app.db
        .selectFrom("group_members")
        .select("sub")
        .where("pool_id", "=", UserPoolId)
        .where("group_name", "=", GroupName)
        .orderBy("sub")
        .execute();
    const members = await subsIn(house);
    expect(members.length).toBeGreaterThan(65);
    expect(members).toEqual(await subsIn(amazon));
  });

  it("lets nobody in by a password that it never saw, and everybody by a code", async () => {
    const { ClientId } = full;
    const signIn = (PASSWORD: string) =>
      house.api.initiateAuth({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "reachable", PASSWORD },
      });
    expect((await refusalOf(signIn(password))).name).toMatch(/NotAuthorized|PasswordResetRequired/);
    await house.api.forgotPassword({ ClientId, Username: "reachable" });
    const ConfirmationCode = await house.codeFor("reachable@example.com");
    await house.api.confirmForgotPassword({
      ClientId,
      Username: "reachable",
      ConfirmationCode,
      Password: "Brand-new1",
    });
    expect((await signIn("Brand-new1")).AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it("says what could not come", () => {
    expect(notes.some((note) => /^The authenticator of [0-9a-f-]{36} did not come/.test(note))).toBe(true);
  });

  it("may come without its users", async () => {
    const empty = await openTestHouse();
    await bring(empty, false);
    expect((await empty.api.listUsers({ UserPoolId: full.UserPoolId })).Users).toEqual([]);
    await empty.close();
  });
});

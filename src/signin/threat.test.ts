import type { AccountTakeoverEventActionType } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { useHouse } from "../../test/support/house.ts";
import type { TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { authenticatorCode } from "../../test/support/signing-in.ts";
import { eventsOf, makeWatchedPool, signInFrom } from "../../test/support/watched.ts";
import { hour, minute } from "../lib/clock.ts";
import { readInbox } from "../messages/inbox.ts";

const house = useHouse();

type Actions = Partial<Record<"LowAction" | "MediumAction" | "HighAction", AccountTakeoverEventActionType>>;

const SourceArn = "arn:aws:ses:us-east-1:123456789012:identity/a@b.c";

/** A pool that acts so on unlikely sign-ins, with TOTP for who wants it. */
async function poolThat(actions: Actions, mode: "AUDIT" | "ENFORCED" = "ENFORCED", Notify = false) {
  const pool = await makeWatchedPool(house, mode);
  const { UserPoolId } = pool;
  await house.api.setUserPoolMfaConfig({
    UserPoolId,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  await house.api.setRiskConfiguration({
    UserPoolId,
    AccountTakeoverRiskConfiguration: {
      Actions: Object.fromEntries(
        Object.entries(actions).map(([level, EventAction]) => [level, { Notify, EventAction }]),
      ),
      NotifyConfiguration: {
        SourceArn,
        From: "security@example.com",
        BlockEmail: { Subject: "Blocked", TextBody: "{username} from {ip-address} on {device-name} in {city}" },
        NoActionEmail: { Subject: "Seen", HtmlBody: "<b>{device-name}</b> {one-click-link-invalid}" },
      },
    },
  });
  return pool;
}

/** A user who has signed in from home, some time ago. */
async function settled(pool: TestPool, email: string): Promise<string> {
  const sub = await pool.createUser(email);
  await signInFrom(house, pool, email);
  house.clock.advance(hour);
  return sub;
}

const elsewhere = { address: "203.0.113.9", device: "another" };
const blocked = { name: "NotAuthorizedException", message: "Unable to login because of security reasons." };

async function registerAuthenticator({ UserPoolId }: TestPool, Username: string, AccessToken: string) {
  const { SecretCode = "" } = await house.api.associateSoftwareToken({ AccessToken });
  await house.api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode, -1) });
  await house.api.adminSetUserMFAPreference({ UserPoolId, Username, SoftwareTokenMfaSettings: { Enabled: true } });
}

describe("a sign-in that does not look like its user's", () => {
  it("is blocked by level: a new device, a new network too, another network within minutes", async () => {
    const pool = await poolThat({ MediumAction: "BLOCK", HighAction: "BLOCK" });
    const sub = await settled(pool, "levels@example.com");
    await signInFrom(house, pool, sub, { device: "another" });
    expect((await eventsOf(house, pool, sub))[0]).toMatchObject({
      EventResponse: "Pass",
      EventRisk: { RiskDecision: "AccountTakeover", RiskLevel: "Low" },
    });
    house.clock.advance(hour);
    expect(await refusalOf(signInFrom(house, pool, sub, { ...elsewhere, device: "third" }))).toEqual(blocked);
    expect((await eventsOf(house, pool, sub))[0]).toMatchObject({
      EventResponse: "Fail",
      EventRisk: { RiskDecision: "Block", RiskLevel: "Medium" },
    });
    await signInFrom(house, pool, sub);
    house.clock.advance(5 * minute);
    expect(await refusalOf(signInFrom(house, pool, sub, { address: elsewhere.address }))).toEqual(blocked);
    house.clock.advance(1);
    await refusalOf(signInFrom(house, pool, sub, { address: elsewhere.address }));
    expect((await eventsOf(house, pool, sub))[0]).toMatchObject({ EventRisk: { RiskLevel: "High" } });
    await signInFrom(house, pool, sub);
  });

  it("tells nothing before the password is right", async () => {
    const pool = await poolThat({ MediumAction: "BLOCK" });
    const sub = await settled(pool, "silent@example.com");
    const wrong = { ...elsewhere, given: "wrong-1" };
    expect(await refusalOf(signInFrom(house, pool, sub, wrong))).toMatchObject({
      message: "Incorrect username or password.",
    });
  });

  it("is only recorded where the pool watches without acting", async () => {
    const pool = await poolThat({ MediumAction: "BLOCK" }, "AUDIT");
    const sub = await settled(pool, "watched@example.com");
    await signInFrom(house, pool, sub, elsewhere);
    expect((await eventsOf(house, pool, sub))[0]).toMatchObject({
      EventResponse: "Pass",
      EventRisk: { RiskDecision: "AccountTakeover", RiskLevel: "Medium" },
    });
  });

  it.each([
    ["MFA_REQUIRED", false, blocked],
    ["MFA_IF_CONFIGURED", false, undefined],
    ["NO_ACTION", false, undefined],
    ["MFA_REQUIRED", true, "SOFTWARE_TOKEN_MFA"],
    ["MFA_IF_CONFIGURED", true, "SOFTWARE_TOKEN_MFA"],
  ] as const)("with %s, for a user whose second factor is there or not (%s), ends so", async (action, has, ending) => {
    const pool = await poolThat({ MediumAction: action });
    const sub = await settled(pool, "factor@example.com");
    if (has) {
      const { AuthenticationResult } = await signInFrom(house, pool, sub);
      await registerAuthenticator(pool, sub, AuthenticationResult?.AccessToken ?? "");
      house.clock.advance(hour);
    }
    const signingIn = signInFrom(house, pool, sub, elsewhere);
    if (typeof ending === "object") expect(await refusalOf(signingIn)).toEqual(ending);
    else expect((await signingIn).ChallengeName).toBe(ending);
  });

  it("follows the client's own configuration before the pool's", async () => {
    const pool = await poolThat({ MediumAction: "BLOCK" });
    const { UserPoolId, ClientId } = pool;
    const sub = await settled(pool, "client@example.com");
    await house.api.setRiskConfiguration({
      UserPoolId,
      ClientId,
      AccountTakeoverRiskConfiguration: { Actions: { HighAction: { Notify: false, EventAction: "BLOCK" } } },
    });
    expect((await signInFrom(house, pool, sub, elsewhere)).AuthenticationResult).toBeDefined();
  });

  it("is known from then on when its user says so, and suspicious when it says otherwise", async () => {
    const pool = await poolThat({ MediumAction: "BLOCK", HighAction: "BLOCK" });
    const { UserPoolId } = pool;
    const sub = await settled(pool, "owned@example.com");
    await refusalOf(signInFrom(house, pool, sub, elsewhere));
    const [event] = await eventsOf(house, pool, sub);
    const named = { UserPoolId, Username: sub, EventId: event?.EventId ?? "" };
    await house.api.adminUpdateAuthEventFeedback({ ...named, FeedbackValue: "Valid" });
    house.clock.advance(hour);
    await signInFrom(house, pool, sub, elsewhere);
    await house.api.adminUpdateAuthEventFeedback({ ...named, FeedbackValue: "Invalid" });
    house.clock.advance(hour);
    expect(await refusalOf(signInFrom(house, pool, sub, elsewhere))).toEqual(blocked);
    await signInFrom(house, pool, sub);
  });
});

describe("networks", () => {
  it("that are blocked are refused before anything is told, and those that are skipped are never judged", async () => {
    const pool = await poolThat({ LowAction: "BLOCK", MediumAction: "BLOCK", HighAction: "BLOCK" });
    const { UserPoolId } = pool;
    const configuration = (await house.api.describeRiskConfiguration({ UserPoolId })).RiskConfiguration;
    const sub = await settled(pool, "networks@example.com");
    await house.api.setRiskConfiguration({
      UserPoolId,
      AccountTakeoverRiskConfiguration: configuration?.AccountTakeoverRiskConfiguration,
      RiskExceptionConfiguration: { BlockedIPRangeList: ["192.0.2.0/24"], SkippedIPRangeList: ["203.0.113.0/24"] },
    });
    const refused = { name: "NotAuthorizedException", message: "Request not allowed due to security reasons." };
    for (const given of ["wrong-1", undefined]) {
      const from = { address: "192.0.2.7", ...(given && { given }) };
      expect(await refusalOf(signInFrom(house, pool, sub, from))).toEqual(refused);
    }
    expect(await refusalOf(signInFrom(house, pool, "nobody@example.com", { address: "192.0.2.7" }))).toEqual(refused);
    expect((await signInFrom(house, pool, sub, elsewhere)).AuthenticationResult).toBeDefined();
    expect((await eventsOf(house, pool, sub))[0]).toMatchObject({ EventRisk: { RiskDecision: "NoRisk" } });
  });
});

describe("a message about a sign-in", () => {
  const messagesTo = async (recipient: string) =>
    (await readInbox(house.app)).filter((message) => message.recipient === recipient);

  it("tells the user what happened, in the pool's own words", async () => {
    const pool = await poolThat({ MediumAction: "BLOCK" }, "ENFORCED", true);
    const sub = await settled(pool, "told@example.com");
    await refusalOf(signInFrom(house, pool, sub, elsewhere));
    expect(await messagesTo("told@example.com")).toMatchObject([
      { subject: "Blocked", body: `${sub} from 203.0.113.9 on another in unknown` },
    ]);
  });

  it("cannot be written by a device's name, and brings the address to say that it was somebody else", async () => {
    const pool = await poolThat({ MediumAction: "NO_ACTION" }, "ENFORCED", true);
    const { UserPoolId } = pool;
    const sub = await settled(pool, "html@example.com");
    await signInFrom(house, pool, sub, { ...elsewhere, device: "<script>alert(1)</script>" });
    const [message] = await messagesTo("html@example.com");
    expect(message?.subject).toBe("Seen");
    expect(message?.body).toMatch(/^<b>&#60;script&#62;alert\(1\)&#60;\/script&#62;<\/b> /);
    const link = new URL(message?.body.split(" ")[1]?.replaceAll("&#38;", "&") ?? "");
    const EventId = link.searchParams.get("event") ?? "";
    await house.api.updateAuthEventFeedback({
      UserPoolId,
      Username: sub,
      EventId,
      FeedbackToken: link.searchParams.get("token") ?? "",
      FeedbackValue: "Invalid",
    });
    expect((await eventsOf(house, pool, sub))[0]).toMatchObject({
      EventId,
      EventFeedback: { FeedbackValue: "Invalid" },
    });
  });

  it("goes to nobody whose address is not verified, and where the pool does not ask for it", async () => {
    for (const [Notify, verified] of [
      [true, "false"],
      [false, "true"],
    ] as const) {
      const pool = await poolThat({ MediumAction: "BLOCK" }, "ENFORCED", Notify);
      const email = `unsent-${verified}@example.com`;
      const sub = await settled(pool, email);
      const UserAttributes = [{ Name: "email_verified", Value: verified }];
      await house.api.adminUpdateUserAttributes({ UserPoolId: pool.UserPoolId, Username: sub, UserAttributes });
      await refusalOf(signInFrom(house, pool, sub, elsewhere));
      expect(await messagesTo(email)).toEqual([]);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuthFlowType, ChallengeNameType, UserStatusType } from "../contract/types.gen.ts";
import type { MfaName } from "../pools/mfa.ts";
import type { Proof } from "./attempt.ts";
import { type Facts, hasFirstProof, isSecondDue, nextStep, type Refusal, type Step } from "./next-step.ts";

const ask = (challenge: ChallengeNameType): Step => ({ do: "ask", challenge });
const refuse = (reason: Refusal): Step => ({ do: "refuse", reason });
const finish: Step = { do: "finish" };

const plain: Facts = {
  flow: "USER_PASSWORD_AUTH",
  proved: [],
  chosen: null,
  user: { status: "CONFIRMED", isEnabled: true },
  tellsUsers: false,
  first: { preferred: null, available: [] },
  second: { mode: "OFF", active: [], preferred: null, fallbacks: [], passkeyCounts: false },
  device: { isRemembered: false, counts: false },
  custom: undefined,
  risk: "none",
};

const user = (status: UserStatusType, isEnabled = true) => ({ status, isEnabled });
const second = (wanted: Partial<Facts["second"]>) => ({ ...plain.second, mode: "OPTIONAL" as const, ...wanted });
const firstFlows: readonly (readonly [AuthFlowType, ChallengeNameType])[] = [
  ["USER_PASSWORD_AUTH", "PASSWORD"],
  ["ADMIN_USER_PASSWORD_AUTH", "PASSWORD"],
  ["ADMIN_NO_SRP_AUTH", "PASSWORD"],
  ["USER_SRP_AUTH", "PASSWORD_SRP"],
];

type Row = readonly [title: string, facts: Partial<Facts>, step: Step];

/** Nothing is told of a user before the first proof: these rows are the same for every state. */
const beforeFirstProof: readonly Row[] = firstFlows.flatMap(([flow, challenge]) =>
  [user("CONFIRMED"), user("UNCONFIRMED"), user("CONFIRMED", false), user("RESET_REQUIRED"), undefined].map(
    (somebody): Row => [
      `${flow}, nothing proved, ${somebody ? `${somebody.status} ${somebody.isEnabled}` : "nobody"}`,
      { flow, user: somebody },
      ask(challenge),
    ],
  ),
);

/** A client that does not hide its users is told of some by the name alone. */
const toldAtOnce: readonly Row[] = [
  ["nobody", { user: undefined }, refuse("unknown")],
  ["to be reset", { user: user("RESET_REQUIRED") }, refuse("reset-required")],
];

const afterPassword: readonly Row[] = [
  ["nobody", { user: undefined }, refuse("unknown")],
  ["confirmed", {}, finish],
  ["disabled", { user: user("CONFIRMED", false) }, refuse("disabled")],
  ["unconfirmed", { user: user("UNCONFIRMED") }, refuse("unconfirmed")],
  ["unconfirmed and disabled", { user: user("UNCONFIRMED", false) }, refuse("disabled")],
  ["to be reset", { user: user("RESET_REQUIRED") }, refuse("reset-required")],
  ["temporary", { user: user("FORCE_CHANGE_PASSWORD") }, ask("NEW_PASSWORD_REQUIRED")],
  ["temporary, disabled", { user: user("FORCE_CHANGE_PASSWORD", false) }, refuse("disabled")],
  [
    "temporary comes before a second factor",
    { user: user("FORCE_CHANGE_PASSWORD"), second: second({ active: ["SMS_MFA"] }) },
    ask("NEW_PASSWORD_REQUIRED"),
  ],
  ["blocked", { risk: "block" }, refuse("blocked")],
  ["one factor", { second: second({ active: ["EMAIL_OTP"] }) }, ask("EMAIL_OTP")],
  ["two factors", { second: second({ active: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"] }) }, ask("SELECT_MFA_TYPE")],
  [
    "two factors, one preferred",
    { second: second({ active: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"], preferred: "SOFTWARE_TOKEN_MFA" }) },
    ask("SOFTWARE_TOKEN_MFA"),
  ],
  [
    "one factor, another preferred that cannot be asked",
    { second: second({ active: ["SMS_MFA"], preferred: "EMAIL_OTP" }) },
    ask("SMS_MFA"),
  ],
  ["optional, none", { second: second({ fallbacks: ["MFA_SETUP"] }) }, finish],
  ["required, none, a phone", { second: second({ mode: "ON", fallbacks: ["SMS_MFA", "MFA_SETUP"] }) }, ask("SMS_MFA")],
  ["required, none", { second: second({ mode: "ON", fallbacks: ["MFA_SETUP"] }) }, ask("MFA_SETUP")],
  ["required, none, and none can be", { second: second({ mode: "ON" }) }, refuse("no-second-factor")],
  ["risky, optional, none", { risk: "second-factor", second: second({ fallbacks: [] }) }, refuse("no-second-factor")],
  [
    "a remembered device",
    { device: { isRemembered: true, counts: true }, second: second({ active: ["SMS_MFA"] }) },
    ask("DEVICE_SRP_AUTH"),
  ],
  ["chosen", { chosen: "EMAIL_OTP", second: second({ active: ["SMS_MFA"] }) }, ask("EMAIL_OTP")],
];

const afterMore: readonly (readonly [title: string, proved: readonly Proof[], facts: Partial<Facts>, step: Step])[] = [
  ["both passwords", ["password", "new-password"], { user: user("FORCE_CHANGE_PASSWORD") }, finish],
  [
    "both passwords, disabled meanwhile",
    ["password", "new-password"],
    { user: user("CONFIRMED", false) },
    refuse("disabled"),
  ],
  [
    "both passwords, a second factor on",
    ["password", "new-password"],
    { second: second({ active: ["SMS_MFA"] }) },
    ask("SMS_MFA"),
  ],
  ["a second factor", ["password", "second-factor"], { second: second({ mode: "ON", active: ["SMS_MFA"] }) }, finish],
  [
    "a device that counts",
    ["password", "device"],
    { device: { isRemembered: true, counts: true }, second: second({ active: ["SMS_MFA"] }) },
    finish,
  ],
  [
    "a device that counts, but was forgotten meanwhile",
    ["password", "device"],
    { device: { isRemembered: false, counts: true }, second: second({ active: ["SMS_MFA"] }) },
    ask("SMS_MFA"),
  ],
  [
    "a device that does not count",
    ["password", "device"],
    { device: { isRemembered: true, counts: false }, second: second({ active: ["SMS_MFA"] }) },
    ask("SMS_MFA"),
  ],
  [
    "a device that counts, but risky",
    ["password", "device"],
    { risk: "second-factor", device: { isRemembered: true, counts: true }, second: second({ active: ["SMS_MFA"] }) },
    ask("SMS_MFA"),
  ],
  [
    "MFA-04: a passkey that counts, its holder verified",
    ["verified-passkey"],
    { flow: "USER_AUTH", second: second({ mode: "ON", active: ["SMS_MFA"], passkeyCounts: true }) },
    finish,
  ],
  [
    "MFA-04: a passkey that counts, its holder not verified",
    ["passkey"],
    { flow: "USER_AUTH", second: second({ mode: "ON", active: ["SMS_MFA"], passkeyCounts: true }) },
    ask("SMS_MFA"),
  ],
  [
    "MFA-04: a passkey that does not count",
    ["verified-passkey"],
    { flow: "USER_AUTH", second: second({ mode: "ON", active: ["SMS_MFA"] }) },
    ask("SMS_MFA"),
  ],
  ["a code in place of a password", ["one-time-code"], { flow: "USER_AUTH" }, finish],
  [
    "MFA-04: a code in place of a password, where the second factor would be another to the same mailbox",
    ["one-time-code"],
    {
      flow: "USER_AUTH",
      first: { preferred: null, available: ["PASSWORD"] },
      second: second({ mode: "ON", fallbacks: ["EMAIL_OTP"] }),
    },
    ask("SELECT_CHALLENGE"),
  ],
  [
    "WAN: a passkey of a disabled user",
    ["passkey"],
    { flow: "USER_AUTH", user: user("CONFIRMED", false) },
    refuse("disabled"),
  ],
  [
    "PWD-17: a code of an unconfirmed user",
    ["one-time-code"],
    { flow: "USER_AUTH", user: user("UNCONFIRMED") },
    refuse("unconfirmed"),
  ],
];

const byChoice: readonly Row[] = [
  ["nothing preferred", { first: { preferred: null, available: ["PASSWORD", "EMAIL_OTP"] } }, ask("SELECT_CHALLENGE")],
  ["one preferred", { first: { preferred: "EMAIL_OTP", available: ["PASSWORD", "EMAIL_OTP"] } }, ask("EMAIL_OTP")],
  [
    "one preferred that is not to be had",
    { first: { preferred: "WEB_AUTHN", available: ["PASSWORD"] } },
    ask("SELECT_CHALLENGE"),
  ],
  ["nothing to be had", { first: { preferred: null, available: [] } }, refuse("unknown")],
  [
    "for nobody as for anybody",
    { user: undefined, first: { preferred: null, available: ["PASSWORD"] } },
    ask("SELECT_CHALLENGE"),
  ],
];

const custom: readonly Row[] = [
  ["asks its function first", {}, { do: "define" }],
  ["asks it for nobody too", { user: undefined }, { do: "define" }],
  ["asks what it says", { custom: { do: "ask", challenge: "CUSTOM_CHALLENGE" } }, ask("CUSTOM_CHALLENGE")],
  ["ends well when it says so", { custom: { do: "issue" } }, finish],
  ["never ends well for nobody", { user: undefined, custom: { do: "issue" } }, refuse("unknown")],
  ["ends badly when it says so", { custom: { do: "fail" } }, refuse("unknown")],
  ["never for who is disabled", { user: user("CONFIRMED", false), custom: { do: "issue" } }, refuse("disabled")],
  ["asks it for who is disabled as for nobody", { user: user("CONFIRMED", false) }, { do: "define" }],
  [
    "asks what it says of who is disabled as of nobody",
    { user: user("CONFIRMED", false), custom: { do: "ask", challenge: "CUSTOM_CHALLENGE" } },
    ask("CUSTOM_CHALLENGE"),
  ],
  [
    "of who is disabled ends badly as of nobody",
    { user: user("CONFIRMED", false), custom: { do: "fail" } },
    refuse("unknown"),
  ],
  [
    "tells of who is disabled where users are not hidden",
    { user: user("CONFIRMED", false), tellsUsers: true },
    refuse("disabled"),
  ],
  ["never for who is unconfirmed", { user: user("UNCONFIRMED"), custom: { do: "issue" } }, refuse("unconfirmed")],
  [
    "after a password goes on as after any",
    { proved: ["password"], second: second({ active: ["SMS_MFA"] }) },
    ask("SMS_MFA"),
  ],
  [
    "after a password and a factor asks its function",
    { proved: ["password", "second-factor"], second: second({ active: ["SMS_MFA"] }) },
    { do: "define" },
  ],
  [
    "after a temporary password asks for a new one",
    { proved: ["password"], user: user("FORCE_CHANGE_PASSWORD") },
    ask("NEW_PASSWORD_REQUIRED"),
  ],
];

describe("the next step", () => {
  it.each(beforeFirstProof)("%s", (_title, facts, step) => {
    expect(nextStep({ ...plain, ...facts })).toEqual(step);
  });

  it.each(toldAtOnce)("is told at once where users are not hidden: %s", (_title, facts, step) => {
    for (const flow of [...firstFlows.map(([name]) => name), "USER_AUTH", "CUSTOM_AUTH"] as const) {
      expect(nextStep({ ...plain, tellsUsers: true, flow, ...facts })).toEqual(step);
    }
  });

  it.each(firstFlows)("%s of anybody else is no different where users are not hidden", (flow, challenge) => {
    for (const status of ["CONFIRMED", "UNCONFIRMED", "FORCE_CHANGE_PASSWORD"] as const) {
      expect(nextStep({ ...plain, tellsUsers: true, flow, user: user(status, false) })).toEqual(ask(challenge));
    }
  });

  it.each(afterPassword)("after a password: %s", (_title, facts, step) => {
    for (const [flow] of firstFlows) {
      expect(nextStep({ ...plain, flow, proved: ["password"], ...facts })).toEqual(step);
    }
  });

  it.each(afterMore)("after %s", (_title, proved, facts, step) => {
    expect(nextStep({ ...plain, ...facts, proved })).toEqual(step);
  });

  it.each(byChoice)("of a choice, with %s", (_title, facts, step) => {
    expect(nextStep({ ...plain, flow: "USER_AUTH", ...facts })).toEqual(step);
  });

  it.each(custom)("of a custom flow %s", (_title, facts, step) => {
    expect(nextStep({ ...plain, flow: "CUSTOM_AUTH", ...facts })).toEqual(step);
  });
});

describe("a second factor that was asked for", () => {
  it.each<[title: string, challenge: ChallengeNameType, facts: Partial<Facts["second"]>, isDue: boolean]>([
    ["is due while it is switched on", "SMS_MFA", { active: ["SMS_MFA", "EMAIL_OTP"] }, true],
    ["is none once another stands in its place", "SMS_MFA", { active: ["SOFTWARE_TOKEN_MFA"] }, false],
    [
      "is due where it is all that can be had",
      "EMAIL_OTP",
      { mode: "ON", fallbacks: ["EMAIL_OTP", "MFA_SETUP"] },
      true,
    ],
    ["is none where it cannot be had any more", "EMAIL_OTP", { mode: "ON", fallbacks: ["MFA_SETUP"] }, false],
    ["is due where the client's level wants it", "SMS_MFA", { active: ["EMAIL_OTP"], stepUp: "SMS_MFA" }, true],
    ["is not what other challenges are about", "NEW_PASSWORD_REQUIRED", { active: ["SMS_MFA"] }, true],
  ])("%s", (_title, challenge, facts, isDue) => {
    expect(isSecondDue(challenge, { second: second(facts) })).toBe(isDue);
  });
});

describe("whatever is known", () => {
  const proofs: readonly Proof[] = [
    "password",
    "new-password",
    "one-time-code",
    "passkey",
    "verified-passkey",
    "second-factor",
    "device",
  ];
  const factors: readonly MfaName[] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];
  const anything = fc.record<Facts>({
    flow: fc.constantFrom<AuthFlowType>("USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"),
    proved: fc.subarray([...proofs]),
    chosen: fc.constant(null),
    tellsUsers: fc.boolean(),
    user: fc.option(
      fc.record({
        status: fc.constantFrom<UserStatusType>("CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD"),
        isEnabled: fc.boolean(),
      }),
      { nil: undefined },
    ),
    first: fc.record({ preferred: fc.constant(null), available: fc.constant<ChallengeNameType[]>(["PASSWORD"]) }),
    second: fc.record({
      mode: fc.constantFrom("OFF", "ON", "OPTIONAL"),
      active: fc.subarray([...factors]),
      preferred: fc.option(fc.constantFrom(...factors)),
      fallbacks: fc.subarray<MfaName | "MFA_SETUP">([...factors, "MFA_SETUP"]),
      passkeyCounts: fc.boolean(),
    }),
    device: fc.record({ isRemembered: fc.boolean(), counts: fc.boolean() }),
    custom: fc.option(fc.constantFrom<NonNullable<Facts["custom"]>>({ do: "issue" }, { do: "fail" }), {
      nil: undefined,
    }),
    risk: fc.constantFrom("none", "block", "second-factor"),
  });

  it("nobody, nobody disabled and nobody unconfirmed ever signs in", () => {
    fc.assert(
      fc.property(anything, (facts) => {
        if (nextStep(facts).do !== "finish") return;
        expect(facts.user?.isEnabled).toBe(true);
        expect(["CONFIRMED", "FORCE_CHANGE_PASSWORD"]).toContain(facts.user?.status);
        if (facts.flow === "CUSTOM_AUTH") return;
        const needsSecond = facts.second.mode === "ON" || facts.second.active.length > 0;
        const counting = facts.proved.filter((proof) => !needsSecond || proof !== "one-time-code");
        expect(hasFirstProof(counting)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it("a second factor that is due is given before the end", () => {
    fc.assert(
      fc.property(anything, (facts) => {
        const {
          proved,
          second: { active, mode, passkeyCounts },
          device,
        } = facts;
        const isCustom = facts.flow === "CUSTOM_AUTH" && !proved.includes("password");
        const isDue = active.length > 0 || mode === "ON";
        if (nextStep(facts).do !== "finish" || !isDue || isCustom) return;
        const isGiven =
          proved.includes("second-factor") ||
          (passkeyCounts && proved.includes("verified-passkey")) ||
          (device.counts && device.isRemembered && proved.includes("device"));
        expect(isGiven).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

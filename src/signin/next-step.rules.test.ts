import { describe, expect, it } from "vitest";
import type { AuthFlowType, UserStatusType } from "../contract/types.gen.ts";
import type { Proof } from "./attempt.ts";
import { nextStep, type Step } from "./next-step.ts";

const ask = (challenge: "PASSWORD" | "NEW_PASSWORD_REQUIRED"): Step => ({ do: "ask", challenge });
const refuse = (reason: "disabled" | "unconfirmed" | "reset-required" | "unknown"): Step => ({ do: "refuse", reason });
const finish: Step = { do: "finish" };

const flows: AuthFlowType[] = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"];

interface Row {
  readonly title: string;
  readonly proved: readonly Proof[];
  readonly status: UserStatusType | undefined;
  readonly isEnabled?: boolean;
  readonly step: Step;
}

/** Nothing is told of a user before the first proof: the first rows are the same for every state. */
const rows: readonly Row[] = [
  { title: "nothing proved, confirmed", proved: [], status: "CONFIRMED", step: ask("PASSWORD") },
  { title: "nothing proved, unconfirmed", proved: [], status: "UNCONFIRMED", step: ask("PASSWORD") },
  { title: "nothing proved, disabled", proved: [], status: "CONFIRMED", isEnabled: false, step: ask("PASSWORD") },
  { title: "nothing proved, nobody", proved: [], status: undefined, step: ask("PASSWORD") },
  { title: "password, nobody", proved: ["password"], status: undefined, step: refuse("unknown") },
  { title: "password, confirmed", proved: ["password"], status: "CONFIRMED", step: finish },
  {
    title: "password, confirmed but disabled",
    proved: ["password"],
    status: "CONFIRMED",
    isEnabled: false,
    step: refuse("disabled"),
  },
  { title: "password, unconfirmed", proved: ["password"], status: "UNCONFIRMED", step: refuse("unconfirmed") },
  {
    title: "password, unconfirmed and disabled",
    proved: ["password"],
    status: "UNCONFIRMED",
    isEnabled: false,
    step: refuse("disabled"),
  },
  { title: "password, to be reset", proved: ["password"], status: "RESET_REQUIRED", step: refuse("reset-required") },
  {
    title: "password, temporary",
    proved: ["password"],
    status: "FORCE_CHANGE_PASSWORD",
    step: ask("NEW_PASSWORD_REQUIRED"),
  },
  {
    title: "password, temporary but disabled",
    proved: ["password"],
    status: "FORCE_CHANGE_PASSWORD",
    isEnabled: false,
    step: refuse("disabled"),
  },
  { title: "both passwords", proved: ["password", "new-password"], status: "FORCE_CHANGE_PASSWORD", step: finish },
  {
    title: "both passwords, disabled meanwhile",
    proved: ["password", "new-password"],
    status: "CONFIRMED",
    isEnabled: false,
    step: refuse("disabled"),
  },
  {
    title: "both passwords, reset meanwhile",
    proved: ["password", "new-password"],
    status: "RESET_REQUIRED",
    step: refuse("reset-required"),
  },
];

describe("the next step", () => {
  for (const flow of flows) {
    it.each(rows)(`${flow}: $title`, ({ proved, status, isEnabled = true, step }) => {
      expect(nextStep({ flow, proved, user: status && { status, isEnabled } })).toEqual(step);
    });
  }

  it.each(["USER_SRP_AUTH", "CUSTOM_AUTH", "USER_AUTH"] as const)(
    "of a flow that is not served is a refusal: %s",
    (flow) => {
      expect(nextStep({ flow, proved: [], user: { status: "CONFIRMED", isEnabled: true } })).toEqual(refuse("unknown"));
    },
  );
});

/** The picture of a sign-in in docs/architecture.md has the edges that `nextStep` has, and no others. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { AuthFlowType } from "../contract/types.gen.ts";
import type { Proof } from "./attempt.ts";
import { type CustomDecision, type Facts, hasFirstProof, nextStep, type Step } from "./next-step.ts";

/** A state of the picture. */
type State =
  | "[*]"
  | "first"
  | "NEW_PASSWORD_REQUIRED"
  | "device"
  | "second"
  | "define"
  | "CUSTOM_CHALLENGE"
  | "refused"
  | "finished";

const firsts: readonly Proof[] = ["password", "one-time-code", "passkey", "verified-passkey"];

const seconds: readonly Facts["second"][] = [
  { mode: "OFF", active: [], preferred: null, fallbacks: [], passkeyCounts: false },
  { mode: "OPTIONAL", active: ["SMS_MFA"], preferred: null, fallbacks: [], passkeyCounts: true },
  { mode: "OPTIONAL", active: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"], preferred: null, fallbacks: [], passkeyCounts: false },
  { mode: "ON", active: [], preferred: null, fallbacks: ["MFA_SETUP"], passkeyCounts: false },
  { mode: "ON", active: [], preferred: null, fallbacks: [], passkeyCounts: false },
];

const decisions: readonly CustomDecision[] = [
  { do: "ask", challenge: "CUSTOM_CHALLENGE" },
  { do: "ask", challenge: "PASSWORD_VERIFIER" },
  { do: "issue" },
  { do: "fail" },
];

const users: readonly Facts["user"][] = [
  undefined,
  ...(["CONFIRMED", "UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"] as const).flatMap((status) =>
    [true, false].map((isEnabled) => ({ status, isEnabled })),
  ),
];

const flows: readonly AuthFlowType[] = ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH"];

/** Every kind of sign-in at its beginning: what stays the same while it goes on. */
function* beginnings(): Generator<Facts> {
  const risks = ["none", "block", "second-factor", "reset-password"] as const;
  const devices = [false, true].flatMap((isRemembered) => [false, true].map((counts) => ({ isRemembered, counts })));
  const first = { preferred: null, available: ["PASSWORD" as const] };
  for (const flow of flows)
    for (const user of users)
      for (const second of seconds)
        for (const device of devices)
          for (const risk of risks)
            for (const tellsUsers of [false, true])
              yield {
                flow,
                proved: [],
                chosen: null,
                user,
                tellsUsers,
                first,
                second,
                device,
                custom: undefined,
                risk,
              };
}

function stateOf(step: Step, proved: readonly Proof[]): State {
  if (step.do === "define") return "define";
  if (step.do === "finish") return "finished";
  if (step.do === "refuse") return "refused";
  switch (step.challenge) {
    case "NEW_PASSWORD_REQUIRED":
    case "CUSTOM_CHALLENGE":
      return step.challenge;
    case "DEVICE_SRP_AUTH":
      return "device";
    case "SMS_MFA":
    case "SELECT_MFA_TYPE":
    case "MFA_SETUP":
    case "SOFTWARE_TOKEN_MFA":
      return "second";
    case "EMAIL_OTP":
      return hasFirstProof(proved) ? "second" : "first";
    case "DEVICE_PASSWORD_VERIFIER":
      return "device";
    case "PASSWORD":
    case "PASSWORD_SRP":
    case "PASSWORD_VERIFIER":
    case "ADMIN_NO_SRP_AUTH":
    case "SELECT_CHALLENGE":
    case "SMS_OTP":
    case "WEB_AUTHN":
      return "first";
  }
}

/** What a right answer in a state proves; a first factor may be any, where the flow leaves the choice. */
function proofsIn(state: State, flow: AuthFlowType): readonly Proof[] {
  switch (state) {
    case "first":
      return flow === "USER_AUTH" ? firsts : ["password"];
    case "NEW_PASSWORD_REQUIRED":
      return ["new-password"];
    case "device":
      return ["device"];
    case "second":
      return ["second-factor"];
    case "[*]":
    case "define":
    case "CUSTOM_CHALLENGE":
    case "finished":
    case "refused":
      return [];
  }
}

/** What was seen on the way: the edges, and of a custom flow, which may go round, where it has been. */
interface Seen {
  readonly edges: Set<string>;
  readonly places: Set<string>;
}

/** Goes on from a state by right answers, and notes the edges that it comes by. */
function follow(from: State, facts: Facts, seen: Seen): void {
  const state = stateOf(nextStep(facts), facts.proved);
  if (from !== state) seen.edges.add(`${from} --> ${state}`);
  const place = `${from} ${state} ${facts.proved.join()}`;
  if (state === "finished" || state === "refused" || seen.places.has(place)) return;
  seen.places.add(place);
  if (state === "define") {
    for (const custom of decisions) follow("define", { ...facts, custom }, seen);
    return;
  }
  if (state === "CUSTOM_CHALLENGE") follow(state, { ...facts, custom: undefined }, seen);
  for (const proof of proofsIn(state, facts.flow)) {
    // What was proved is not asked again: a code that may not stand for a first factor is not offered to begin with.
    if (facts.proved.includes(proof)) continue;
    // A user who sets its own password is confirmed by it.
    const user = proof === "new-password" && facts.user ? { ...facts.user, status: "CONFIRMED" as const } : facts.user;
    follow(state, { ...facts, user, custom: undefined, proved: [...facts.proved, proof] }, seen);
  }
}

/** The edges of the decision, without those that lead back to where they come from. */
function edgesOfDecision(): Set<string> {
  const edges = new Set<string>();
  for (const beginning of beginnings()) follow("[*]", beginning, { edges, places: new Set() });
  return edges;
}

/** The edges of the picture, without its end. */
function edgesOfPicture(): Set<string> {
  const page = readFileSync(new URL("../../docs/architecture.md", import.meta.url), "utf8");
  const picture = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const edges = [...picture.matchAll(/^ *(\S+) --> (\[\*\]|[A-Za-z_]+)/gm)].map(([, from, to]) => `${from} --> ${to}`);
  return new Set(edges.filter((edge) => edge !== "finished --> [*]"));
}

describe("the picture of a sign-in", () => {
  it("has the edges that the decision has, and no others", () => {
    expect([...edgesOfPicture()].toSorted()).toEqual([...edgesOfDecision()].toSorted());
  });
});

import { verifyPassword } from "../../passwords/password.ts";
import type { Challenge } from "../challenge.ts";
import { optionalParameter, parameter } from "../parameters.ts";
import { checkVerdict } from "../refusals.ts";
import { isKnownAtSignIn } from "../watch.ts";
import { passwordSubject } from "./password-verifier.ts";

const passwordFlows: ReadonlySet<string> = new Set([
  "USER_PASSWORD_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "ADMIN_NO_SRP_AUTH",
]);

/** The password itself. */
export const password: Challenge = {
  // A password flow must bring it, and is told what it lacks.
  isBrought: ({ state }, responses) =>
    (passwordFlows.has(state.flow) && !state.proved.includes("password")) ||
    optionalParameter(responses, "PASSWORD") !== undefined,
  ask: () => ({ parameters: {} }),
  async answer(app, sitting, responses) {
    const given = parameter(responses, "PASSWORD");
    const passwordSince = checkVerdict(sitting, await verifyPassword(app, passwordSubject(sitting), given));
    return { proof: "password", method: "pwd", passwordSince, isKnownPassword: isKnownAtSignIn(sitting, given) };
  },
};

/** The same, as a custom flow asks an administrator's call for it. */
export const adminPassword: Challenge = {
  ask: (_app, { user, state }) => ({ parameters: { USERNAME: user?.username ?? state.username } }),
  answer: password.answer,
};

import { ApiError } from "../../contract/errors.ts";
import { parsePublicValue } from "../../lib/srp.ts";
import type { Challenge, Responses } from "../challenge.ts";
import { optionalParameter, parameter } from "../parameters.ts";

/** Opens a password sign-in by SRP: the client's public value is the answer, and the proof comes next. */
export const passwordSrp: Challenge = {
  isBrought: ({ state }, responses) =>
    state.flow === "USER_SRP_AUTH" || optionalParameter(responses, "SRP_A") !== undefined,
  ask: () => ({ parameters: {} }),
  async answer(_app, _sitting, responses) {
    return { chosen: "PASSWORD_VERIFIER", memory: { clientValue: clientValueOf(responses) } };
  },
};

/** The client's public value, in hexadecimal. @throws InvalidParameterException for a degenerate one. Text unconfirmed. */
export function clientValueOf(responses: Responses): string {
  const value = parsePublicValue(parameter(responses, "SRP_A"));
  if (value === undefined) throw new ApiError("InvalidParameterException", "Invalid SRP_A value.");
  return value.toString(16);
}

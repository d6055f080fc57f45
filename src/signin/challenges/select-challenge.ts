import { ApiError } from "../../contract/errors.ts";
import type { Challenge } from "../challenge.ts";
import { factsOf } from "../facts.ts";
import { parameter } from "../parameters.ts";

/** The choice of a first factor. The answer of the chosen one may come in the same call. */
export const selectChallenge: Challenge = {
  triesAtMost: 3,
  async ask(app, sitting) {
    const { first } = await factsOf(app, sitting);
    return { parameters: {}, offered: first.available };
  },
  async answer(_app, { state }, responses) {
    const wanted = parameter(responses, "ANSWER");
    const chosen = state.offered.find((name) => name === wanted);
    // Unconfirmed text.
    if (!chosen) throw new ApiError("InvalidParameterException", "Invalid challenge selected.");
    return { chosen };
  },
};

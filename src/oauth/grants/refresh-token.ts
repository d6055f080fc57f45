import { refresh } from "../../tokens/refresh.ts";
import { answerError } from "../answers.ts";
import { valueIn } from "../parameters.ts";
import { answerTokens, type Grant, invalidGrant } from "./grant.ts";

/** A refresh token for new tokens. A scope in the request widens nothing. Source: RFC 6749 section 6. */
export const refreshToken: Grant = {
  flows: [],
  async answer({ at: { app, pool }, client, form }) {
    const token = valueIn(form, "refresh_token");
    if (token === undefined) return answerError("invalid_request");
    const outcome = await refresh(app, pool, client, { token });
    return outcome.kind === "refreshed" ? answerTokens(outcome.tokens, outcome.refreshToken) : invalidGrant();
  },
};

import { readableAttributes } from "../../clients/client.ts";
import { presentCode, redeemCode } from "../../tokens/authorization-code.ts";
import { issueTokens, refreshTokenOf } from "../../tokens/issue.ts";
import { attributesNeeded } from "../../tokens/scopes.ts";
import { findUserBySub } from "../../users/store.ts";
import { answerError } from "../answers.ts";
import { valueIn } from "../parameters.ts";
import { answerTokens, type Grant, invalidGrant } from "./grant.ts";

/** A code for tokens. Source: RFC 6749 section 4.1.3, RFC 7636 section 4.5; errors as observed. */
export const authorizationCode: Grant = {
  flows: ["code"],
  async answer({ at: { app, pool }, client, form }) {
    const code = valueIn(form, "code");
    const redirectUri = valueIn(form, "redirect_uri");
    if (code === undefined || redirectUri === undefined) return answerError("invalid_request");
    const codeVerifier = form.get("code_verifier") ?? undefined;
    const presented = await presentCode(app, { client, code, redirectUri, codeVerifier });
    if (presented === "invalid_redirect") return answerError("unauthorized_client", "invalid_redirect");
    if (presented === "invalid_grant") return invalidGrant();
    const user = await findUserBySub(app.db, pool.id, presented.sub);
    const mayRead = readableAttributes(pool, client);
    if (!user?.isEnabled || !attributesNeeded(presented.grant.scopes).every(mayRead)) return invalidGrant();
    const family = await redeemCode(app, presented, { pool, client, user });
    if (!family) return invalidGrant();
    const tokens = await issueTokens(app, { pool, client, user }, family, {
      cause: "HostedAuth",
      nonce: presented.nonce,
    });
    return answerTokens(tokens, await refreshTokenOf(app, family, user));
  },
};

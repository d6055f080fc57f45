/** The revocation endpoint. Source: RFC 7009; statuses from Cognito's developer guide. */
import { revokeToken } from "../tokens/revoke.ts";
import { answerError, anyOrigin, privateHeaders } from "./answers.ts";
import { authenticateClient } from "./client-authentication.ts";
import { limitedByAddress } from "./limited.ts";
import { readForm, repeated, valueIn } from "./parameters.ts";

/** Answers `POST /oauth2/revoke`. A token that means nothing to us is as good as revoked. */
export const revoke = limitedByAddress(async (at) => {
  const form = await readForm(at.request);
  if (!form || repeated(form, ["token", "client_id", "client_secret"])) return answerError("invalid_request");
  const client = await authenticateClient(at, form);
  if (client === "invalid_client") return answerError(client, undefined, 401);
  if (client === "invalid_request") return answerError(client);
  const token = valueIn(form, "token");
  if (token === undefined) return answerError("invalid_request");
  switch (await revokeToken(at.app, client, token)) {
    case "revoked":
      return new Response(null, { status: 200, headers: { ...privateHeaders, ...anyOrigin } });
    case "switched-off":
      return answerError("invalid_request");
    case "unsupported-type":
      return answerError("unsupported_token_type");
    case "foreign":
      return answerError("invalid_client", undefined, 401);
  }
});

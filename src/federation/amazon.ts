/**
 * Signing in with Amazon: OAuth 2.0 with PKCE, and a profile.
 * Source: Login with Amazon, developer guide for websites; Cognito developer guide, adding social identity providers.
 */
import { createHash } from "node:crypto";
import { leadingTo } from "./ask.ts";
import { codeFields, formOf, readProfile, withQuery } from "./oauth-provider.ts";
import { callbackOf } from "./oidc.ts";
import type { Protocol } from "./protocol.ts";

const verifierBytes = 32;

export const amazon: Protocol = {
  leave: async (app, { details, base, state }) => {
    const verifier = app.random.bytes(verifierBytes).toString("base64url");
    const location = withQuery(details["authorize_url"] ?? "", {
      client_id: details["client_id"] ?? "",
      redirect_uri: callbackOf(base),
      response_type: "code",
      scope: details["authorize_scopes"] ?? "",
      state,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    return { location: leadingTo(app.settings, location), memory: { verifier } };
  },
  arrive: (app, returning) => {
    const { details, memory } = returning;
    const fields = { ...codeFields(returning), code_verifier: memory["verifier"] ?? "" };
    const request = formOf(details["token_url"] ?? "", fields);
    return readProfile(app, returning, request, details["attributes_url"] ?? "");
  },
};

/**
 * Signing in with Amazon: OAuth 2.0 with PKCE, and a profile.
 * Source: Login with Amazon, developer guide for websites; Cognito developer guide, adding social identity providers.
 */
import { createHash } from "node:crypto";
import { authorizeAddress, codeFields, formOf, readProfile } from "./oauth-provider.ts";
import type { Protocol } from "./protocol.ts";

const verifierBytes = 32;

/** Codes and profiles as Amazon gives them, bound to the browser by state and PKCE. */
export const amazon: Protocol = {
  leave: async (app, departing) => {
    const verifier = app.random.bytes(verifierBytes).toString("base64url");
    const location = authorizeAddress(app, departing, {
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    return { location, memory: { verifier } };
  },
  arrive: (app, returning) => {
    const { details, memory } = returning;
    const fields = { ...codeFields(returning), code_verifier: memory["verifier"] ?? "" };
    const request = formOf(details["token_url"] ?? "", fields);
    return readProfile(app, returning, request, details["attributes_url"] ?? "");
  },
};

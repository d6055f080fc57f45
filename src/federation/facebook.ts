/**
 * Signing in with Facebook: OAuth 2.0, and the Graph for who it was.
 * Source: Facebook Login, manually build a login flow; Cognito developer guide, adding social identity providers.
 */
import { authorizeAddress, codeFields, formOf, readProfile } from "./oauth-provider.ts";
import type { Protocol } from "./protocol.ts";

/** The name of a field of the Graph: what is mapped but is none is not asked for. */
const fieldName = /^[a-z_]{1,40}$/;
const notAsked: ReadonlySet<string> = new Set(["access_token", "id_token"]);

/** Codes and profiles as Facebook gives them; it knows neither nonce nor PKCE, so the state alone binds the browser. */
export const facebook: Protocol = {
  leave: async (app, departing) => ({ location: authorizeAddress(app, departing), memory: {} }),
  arrive: (app, returning) => {
    const { provider, details } = returning;
    const mapped = Object.values(provider.settings.attributeMapping);
    const fields = new Set(["id", ...mapped.filter((name) => fieldName.test(name) && !notAsked.has(name))]);
    // By a form: the details name GET, which would write our secret into an address.
    const request = formOf(details["token_url"] ?? "", codeFields(returning));
    return readProfile(app, returning, request, `${details["attributes_url"] ?? ""}${[...fields].join(",")}`);
  },
};

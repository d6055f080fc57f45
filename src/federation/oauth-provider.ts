/** Providers that speak OAuth 2.0 without OpenID Connect: a code for a token, a token for a profile. */
import { stringify } from "node:querystring";
import type { App } from "../app.ts";
import { parseObject } from "../lib/json-object.ts";
import type { OutgoingRequest } from "../lib/outgoing.ts";
import { askProvider, leadingTo } from "./ask.ts";
import { textsOf } from "./mapping.ts";
import { callbackOf } from "./oidc.ts";
import type { Departing, Returning, Statement } from "./protocol.ts";
import { type Place, provesNothing, reaching, refusedThere, sentBack } from "./provider-faults.ts";

/** An address with parameters in its query. */
function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Where a browser is sent. */
export const authorizeAddress = (
  { settings }: Pick<App, "settings">,
  { details, base, state }: Departing,
  more: Readonly<Record<string, string>> = {},
): string =>
  leadingTo(
    settings,
    withQuery(details["authorize_url"] ?? "", {
      client_id: details["client_id"] ?? "",
      redirect_uri: callbackOf(base),
      response_type: "code",
      scope: details["authorize_scopes"] ?? "",
      state,
      ...more,
    }),
  );

/** A form as a request carries it. */
export const formOf = (address: string, fields: Readonly<Record<string, string>>): OutgoingRequest => ({
  address,
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
  body: stringify(fields),
});

/** What stands for us and for the code that a browser brings. @throws FederationRefusal when it brings none */
export function codeFields({ provider, details, base, parameters }: Returning): Readonly<Record<string, string>> {
  const refusal = sentBack(parameters);
  if (refusal) throw refusal;
  const code = parameters["code"];
  if (!code) throw provesNothing(provider);
  return {
    grant_type: "authorization_code",
    code,
    client_id: details["client_id"] ?? "",
    client_secret: details["client_secret"] ?? "",
    redirect_uri: callbackOf(base),
  };
}

/** Asks for an object. @throws FederationRefusal for any other answer */
async function askFor(app: App, { provider }: Returning, place: Place, request: OutgoingRequest) {
  const answer = await reaching(provider, place, () => askProvider(app, request));
  if (answer.status !== 200) throw refusedThere(provider, place, answer.status);
  const said = parseObject(answer.body);
  if (!said) throw provesNothing(provider);
  return said;
}

/** Takes the code for a token, and the token for the profile. */
export async function readProfile(
  app: App,
  returning: Returning,
  tokenRequest: OutgoingRequest,
  profileAddress: string,
): Promise<Statement> {
  const tokens = await askFor(app, returning, "token", tokenRequest);
  const { access_token } = tokens;
  if (typeof access_token !== "string" || access_token === "") throw provesNothing(returning.provider);
  const headers = { authorization: `Bearer ${access_token}`, accept: "application/json" };
  const profile = await askFor(app, returning, "profile", { address: profileAddress, headers });
  return {
    claims: { ...profile, access_token },
    answer: { tokenResponse: textsOf(tokens), userInfo: textsOf(profile) },
  };
}

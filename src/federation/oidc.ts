/**
 * Signing in with an OpenID provider: the code flow with PKCE, a nonce and a state of ours.
 * Source: OpenID Connect Core 1.0 section 3.1; RFC 9700; Cognito developer guide, OIDC user pool IdP authentication flow.
 */
import type { App } from "../app.ts";
import { parseObject } from "../lib/json-object.ts";
import { mappedLevel, namesAtProvider } from "../pools/assurance.ts";
import { askProvider } from "./ask.ts";
import { textsOf } from "./mapping.ts";
import type { Departing, Leaving, Protocol, Returning, Statement } from "./protocol.ts";
import { provesNothing, reaching, refusedThere, sentBack } from "./provider-faults.ts";
import { browserAddress, type Party, relyingParty, toldByLibrary } from "./relying-party.ts";

const secretBytes = 32;

/** Where providers send browsers back to. */
export const callbackOf = (base: string): string => `${base}/oauth2/idpresponse`;

/** What a kind of provider is asked beside the usual. */
export interface Peculiarities {
  /** Parameters of the authorization request. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether it is told the login hint and the prompt of the client. */
  readonly isTold: boolean;
  /** Whether it is not known to take a PKCE challenge. The nonce alone binds the code to the browser then. */
  readonly isWithoutChallenge?: boolean;
  /** What proves us, where that is not the client secret. */
  readonly secret?: string;
}

/** Sends a browser to an OpenID provider. */
export async function leaveForOpenId(app: App, departing: Departing, peculiar: Peculiarities): Promise<Leaving> {
  const { details, base, state, prompts, loginHint } = departing;
  const party = await relyingParty(app, departing, peculiar.secret);
  const { client, config } = party;
  const nonce = newSecret(app);
  const verifier = peculiar.isWithoutChallenge ? undefined : newSecret(app);
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: callbackOf(base),
    scope: details["authorize_scopes"] ?? "openid",
    state,
    nonce,
    ...(verifier !== undefined && {
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    }),
    ...(peculiar.isTold && prompts.length > 0 && { prompt: prompts.join(" ") }),
    ...(peculiar.isTold && loginHint !== undefined && { login_hint: loginHint }),
    ...peculiar.parameters,
  });
  return { location: browserAddress(app, url), memory: { state, nonce, ...(verifier && { verifier }) } };
}

const newSecret = ({ random }: Pick<App, "random">): string => random.bytes(secretBytes).toString("base64url");

/** What an OpenID provider has said, verified. */
export interface OpenIdAnswer {
  readonly party: Party;
  readonly tokens: Readonly<Record<string, unknown>> & { readonly access_token: string };
  /** Of the ID token. */
  readonly claims: Readonly<Record<string, unknown>> & { readonly sub: string };
}

/** Takes the code that a browser brings for tokens, and checks them. @throws FederationRefusal */
export async function takeCode(app: App, returning: Returning, secret?: string): Promise<OpenIdAnswer> {
  const { provider, base, memory, parameters } = returning;
  const { verifier } = memory;
  const refusal = sentBack(parameters);
  if (refusal) throw refusal;
  const party = await relyingParty(app, returning, secret);
  const url = new URL(callbackOf(base));
  // Of whom the answer is, where the provider says it: another provider's code must not be spent here.
  for (const name of ["code", "state", "iss"]) {
    const value = parameters[name];
    if (value !== undefined) url.searchParams.set(name, value);
  }
  try {
    const tokens = await party.client.authorizationCodeGrant(party.config, url, {
      expectedState: memory["state"] ?? "",
      expectedNonce: memory["nonce"] ?? "",
      ...(verifier !== undefined && { pkceCodeVerifier: verifier }),
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw provesNothing(provider);
    party.remember();
    return { party, tokens, claims };
  } catch (error) {
    throw toldByLibrary(party, provider, error);
  }
}

/** What the answers come down to: what is mapped, and what the pool's function is told. The subject is the ID token's. */
export function statementOf(
  { tokens, claims }: OpenIdAnswer,
  userInfo: Readonly<Record<string, unknown>>,
  told?: Readonly<Record<string, unknown>>,
): Statement {
  const { access_token, id_token } = tokens;
  return {
    // Source: Cognito developer guide, attribute mapping: the tokens themselves can be mapped.
    claims: { ...told, ...claims, ...userInfo, sub: claims.sub, access_token, id_token },
    answer: { tokenResponse: textsOf(tokens), idToken: textsOf(claims), userInfo: textsOf(userInfo) },
  };
}

/** What the provider's profile endpoint says, which must be of whom the ID token is. */
async function readUserInfo(app: App, { provider, details }: Returning, { party, tokens, claims }: OpenIdAnswer) {
  const address = party.server.userinfo_endpoint;
  if (address === undefined) return {};
  const method = details["attributes_request_method"] === "POST" ? "POST" : "GET";
  const headers = { authorization: `Bearer ${tokens.access_token}`, accept: "application/json" };
  const answer = await reaching(provider, "profile", () => askProvider(app, { address, method, headers }));
  if (answer.status !== 200) throw refusedThere(provider, "profile", answer.status);
  const said = parseObject(answer.body);
  if (!said || said["sub"] !== claims.sub) throw provesNothing(provider);
  return said;
}

/** Any OpenID provider, as its owner describes it. It alone is asked for levels of assurance. */
export const oidc: Protocol = {
  leave: (app, departing) => {
    const names = namesAtProvider(departing.provider.settings.acrMapping ?? {}, departing.levels);
    const parameters = names.length > 0 ? { acr_values: names.join(" ") } : {};
    return leaveForOpenId(app, departing, { isTold: true, parameters });
  },
  arrive: async (app, returning) => {
    const answer = await takeCode(app, returning);
    const { acrMapping } = returning.provider.settings;
    const { acr } = answer.claims;
    return {
      ...statementOf(answer, await readUserInfo(app, returning, answer)),
      ...(acrMapping && typeof acr === "string" && { level: mappedLevel(acrMapping, acr) }),
    };
  },
};

/** What clients and verifiers find out about a pool by themselves. Source: OpenID Connect Discovery 1.0 section 3. */
import type { App } from "../app.ts";
import { openRegistration } from "../clients/registration.ts";
import { publicKeySet } from "../keys/signing-key.ts";
import { isCustomDomain } from "../pools/domain.ts";
import type { Pool } from "../pools/pool.ts";
import { listDomains } from "../pools/store.ts";
import { issuerOf } from "../tokens/issuer.ts";
import { scopedClaims } from "../tokens/scopes.ts";

/** Keys may be kept for an hour at most: a new key is published longer than that before it signs. */
const keysMaxAgeSeconds = 3600;

const publicJson = (body: object): Response =>
  new Response(JSON.stringify(body), {
    headers: {
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      "cache-control": `public, max-age=${keysMaxAgeSeconds}`,
      "x-content-type-options": "nosniff",
    },
  });

/** Answers `/<pool id>/.well-known/jwks.json`. */
export const keySet = async (app: App, pool: Pool): Promise<Response> => publicJson(await publicKeySet(app, pool.id));

/** What an ID token says beside a user's attributes. */
const ownClaims = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash"];

/**
 * Answers `/<pool id>/.well-known/openid-configuration`. Cognito's has no claims, grant types, challenge methods and no
 * word about the address of a request; clients that ask for them find them here. Without a domain there are no
 * endpoints to name.
 */
export async function openIdConfiguration(app: App, pool: Pool): Promise<Response> {
  const domains = await listDomains(app.db, pool.id);
  const domain = domains.find(({ name }) => isCustomDomain(name)) ?? domains[0];
  const base = domain && `${app.settings.publicUrl}/${domain.name}`;
  return publicJson({
    ...(base && { authorization_endpoint: `${base}/oauth2/authorize` }),
    claims_supported: [...ownClaims, ...scopedClaims],
    ...(base && {
      code_challenge_methods_supported: ["S256"],
      end_session_endpoint: `${base}/logout`,
      grant_types_supported: ["authorization_code", "implicit", "refresh_token", "client_credentials"],
    }),
    id_token_signing_alg_values_supported: ["RS256"],
    issuer: issuerOf(app.settings, pool),
    jwks_uri: `${app.settings.publicUrl}/${pool.id}/.well-known/jwks.json`,
    ...(base && openRegistration(pool) && { registration_endpoint: `${base}/oauth2/register` }),
    // Where it is left out, clients take it that addresses of requests are fetched.
    request_uri_parameter_supported: false,
    response_types_supported: ["code", "token"],
    ...(base && { revocation_endpoint: `${base}/oauth2/revoke` }),
    scopes_supported: ["openid", "email", "phone", "profile"],
    subject_types_supported: ["public"],
    ...(base && {
      token_endpoint: `${base}/oauth2/token`,
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      userinfo_endpoint: `${base}/oauth2/userInfo`,
    }),
  });
}

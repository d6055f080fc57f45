/** What a browser takes back to the client once somebody has signed in: a code, or tokens in the fragment. */
import type { App } from "../app.ts";
import { readableAttributes } from "../clients/client.ts";
import { assuranceOf, type Method, namesLevels } from "../pools/assurance.ts";
import { issueCode } from "../tokens/authorization-code.ts";
import { type GrantRecord, newFamily } from "../tokens/family.ts";
import { issueTokens } from "../tokens/issue.ts";
import { attributesNeeded } from "../tokens/scopes.ts";
import { insertFamily } from "../tokens/store.ts";
import type { User } from "../users/user.ts";
import { redirect } from "./answers.ts";
import { type AuthorizationRequest, addParameters, refuseToClient } from "./authorization-request.ts";
import type { DomainRequest } from "./domain-request.ts";

/** Who has signed in, and when. */
export interface Grantee {
  readonly user: User;
  readonly methods: readonly Method[];
  readonly authenticatedAt: number;
  /** The hash of the browser's session. */
  readonly sessionHash?: string | undefined;
  /** A code that was made together with the session. */
  readonly code?: string | undefined;
}

/** What a request is granted for who has signed in. */
function grantOf({ pool }: DomainRequest, request: AuthorizationRequest, grantee: Grantee): GrantRecord {
  const { resource, scopes, levels } = request;
  const { methods, authenticatedAt, sessionHash } = grantee;
  return {
    door: "hosted",
    scopes,
    authenticatedAt,
    ...(sessionHash !== undefined && { hostedSession: sessionHash }),
    ...((namesLevels(pool) || levels.length > 0) && { assurance: assuranceOf(pool, methods) }),
    ...(resource !== undefined && { resource }),
  };
}

/** Makes the code of a request for one; `app` may be the transaction that the session begins in. */
export const codeFor = (
  app: App,
  at: DomainRequest,
  request: AuthorizationRequest,
  grantee: Grantee,
): Promise<string> => issueCode(app, { ...request, user: grantee.user, grant: grantOf(at, request, grantee) });

/** Grants the request to who has signed in, and sends the browser back to the client. */
export async function completeAuthorization(
  at: DomainRequest,
  request: AuthorizationRequest,
  grantee: Grantee,
  cookies: readonly string[] = [],
): Promise<Response> {
  const { scopes, client, redirectUri, state } = request;
  if (request.responseType === "code") {
    const code = grantee.code ?? (await codeFor(at.app, at, request, grantee));
    const parameters = new URLSearchParams({ code, ...(state !== undefined && { state }) });
    return redirect(addParameters(redirectUri, parameters, "?"), cookies);
  }
  const mayRead = readableAttributes(at.pool, client);
  if (!attributesNeeded(scopes).every(mayRead)) return refuseToClient(at, request, { error: "invalid_grant" });
  const grant = grantOf(at, request, grantee);
  const parameters = await implicitTokens(at.app, at, request, { user: grantee.user, grant });
  return redirect(addParameters(redirectUri, parameters, "#"), cookies);
}

/** Tokens for the fragment, in the order observed. Never a refresh token. Source: RFC 6749 section 4.2.2. */
async function implicitTokens(
  app: App,
  { pool }: DomainRequest,
  { client, nonce, state }: AuthorizationRequest,
  { user, grant }: { readonly user: User; readonly grant: GrantRecord },
): Promise<URLSearchParams> {
  const family = newFamily(app, client, user, grant);
  await insertFamily(app.db, family);
  const { idToken, accessToken, expiresIn } = await issueTokens(app, { pool, client, user }, family, {
    cause: "HostedAuth",
    nonce,
  });
  return new URLSearchParams({
    ...(idToken !== undefined && { id_token: idToken }),
    access_token: accessToken,
    expires_in: String(expiresIn),
    token_type: "Bearer",
    ...(state !== undefined && { state }),
  });
}

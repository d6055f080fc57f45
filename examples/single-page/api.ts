/**
 * The protected API: notes that belong to who wrote them. It believes an access token only after its signature, issuer,
 * client, kind and time have been verified, and does only what the token's scopes allow.
 */
import { JwtVerifier } from "aws-jwt-verify";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { ExampleSettings, Note } from "./app/settings.ts";

/** A call of the API, as far as it matters. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** The answer to a call. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  /** Why a token was not taken, for the header that says so. */
  readonly challenge?: string;
}

export type Api = (call: Call) => Promise<Answered>;

/** What a verified token says. */
interface Caller {
  readonly sub: string;
  readonly scopes: readonly string[];
}

/** So many notes are kept for each person. */
const notesLimit = 100;

/** Opens the API, with nothing written yet. */
export function openApi({ issuer, clientId }: ExampleSettings): Api {
  const verify = verifierFor(issuer, clientId);
  const notes = new Map<string, Note[]>();
  return async ({ method, path, authorization, body }) => {
    const caller = await verify(authorization);
    if (!caller) return refusal(401, "invalid_token");
    if (path !== "/api/notes") return { status: 404, body: { error: "not_found" } };
    const own = notes.get(caller.sub) ?? [];
    if (method === "GET") {
      return caller.scopes.includes("notes/read") ? { status: 200, body: own } : refusal(403, "insufficient_scope");
    }
    if (method !== "POST") return { status: 405, body: { error: "method_not_allowed" } };
    if (!caller.scopes.includes("notes/write")) return refusal(403, "insufficient_scope");
    const text = textOf(body);
    if (text === undefined) return { status: 400, body: { error: "invalid_request" } };
    const note: Note = { id: crypto.randomUUID(), text, writtenAt: Date.now() };
    notes.set(caller.sub, [note, ...own].slice(0, notesLimit));
    return { status: 201, body: note };
  };
}

/** Source: RFC 6750 section 3. */
const refusal = (status: 401 | 403, error: string): Answered => ({
  status,
  body: { error },
  challenge: `Bearer error="${error}"`,
});

/**
 * Verifies access tokens of one client. With real Cognito this is `CognitoJwtVerifier.create({ userPoolId, clientId,
 * tokenUse: "access" })`; here the issuer is the house, and its keys may be fetched without TLS on this machine.
 */
function verifierFor(
  issuer: string,
  clientId: string,
): (authorization: string | undefined) => Promise<Caller | undefined> {
  const verifier = JwtVerifier.create(
    {
      issuer,
      audience: null,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      customJwtCheck: ({ payload }) => {
        if (payload["token_use"] !== "access" || payload["client_id"] !== clientId) throw new Error("Another token.");
      },
    },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: async (uri) => (await fetch(uri)).arrayBuffer() } }) },
  );
  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) return undefined;
    try {
      const { sub = "", scope } = await verifier.verify(token);
      return { sub, scopes: String(scope).split(" ") };
    } catch {
      // Whatever is wrong with it, the caller learns only that it is not taken.
      return undefined;
    }
  };
}

/** The text of a new note: something, and not too much of it. */
function textOf(body: string): string | undefined {
  try {
    const { text } = JSON.parse(body);
    return typeof text === "string" && text.trim() !== "" && text.length <= 1000 ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}

import { parseObject } from "../../lib/json-object.ts";
import { customScopes } from "../../pools/resource-server.ts";
import { findResourceServers } from "../../pools/store.ts";
import { issueMachineToken } from "../../tokens/issue.ts";
import { standardScopes } from "../../tokens/scopes.ts";
import { answerError } from "../answers.ts";
import { valueIn } from "../parameters.ts";
import { answerTokens, type Grant } from "./grant.ts";

const scopesLimitCharacters = 50 * 257 * 2;

/** A client for itself: an access token of custom scopes, and nothing to refresh. Source: RFC 6749 section 4.4. */
export const clientCredentials: Grant = {
  flows: ["client_credentials"],
  async answer({ at: { app, pool }, client, form }) {
    if (client.secrets.length === 0) return answerError("invalid_client");
    const allowed = (client.settings.AllowedOAuthScopes ?? []).filter((scope) => !standardScopes.has(scope));
    const text = valueIn(form, "scope");
    if (text !== undefined && text.length > scopesLimitCharacters) return answerError("invalid_scope");
    const asked = text === undefined ? allowed : [...new Set(text.split(" ").filter((scope) => scope !== ""))];
    if (asked.length === 0 || !asked.every((scope) => allowed.includes(scope))) return answerError("invalid_scope");
    const metadata = readMetadata(valueIn(form, "aws_client_metadata"));
    if (metadata === "bad") return answerError("invalid_request");
    const known = customScopes(await findResourceServers(app.db, pool.id));
    const scopes = asked.filter((scope) => known.has(scope));
    return answerTokens(await issueMachineToken(app, { pool, client }, scopes, metadata));
  },
};

/**
 * What the client tells the pool's function that changes tokens: a JSON object of texts.
 * Source: Cognito developer guide, token endpoint; that anything else is refused is unconfirmed.
 */
function readMetadata(text: string | undefined): Readonly<Record<string, string>> | undefined | "bad" {
  if (text === undefined) return undefined;
  const given = parseObject(text);
  if (!given) return "bad";
  const members = Object.entries(given);
  const texts = members.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  return texts.length === members.length ? Object.fromEntries(texts) : "bad";
}

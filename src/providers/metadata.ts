/**
 * Reads the metadata of a SAML provider as far as it is shown: that it is XML whose elements close, that it describes
 * an entity with the role of an identity provider, and where that one is reached by redirect. Its signature and its
 * certificates are not looked at here. Document types are refused, so no entity is ever expanded.
 * Source: SAML 2.0 metadata, sections 2.3.2 and 2.4.3.
 */
import { ApiError } from "../contract/errors.ts";

/** Where a provider is reached by redirect, as far as its metadata says so. */
export interface ProviderMetadata {
  readonly entityId: string;
  readonly signOnAddress: string | undefined;
  readonly signOutAddress: string | undefined;
}

const invalid = (): ApiError => new ApiError("InvalidParameterException", "Invalid SAML metadata.");

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gy;

interface Element {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** Elements in the order in which they open. @throws InvalidParameterException for what is no XML */
function elementsOf(text: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  let end = 0;
  let roots = 0;
  for (const match of text.matchAll(token)) {
    end = match.index + match[0].length;
    const [whole, closing, opening, attributes = "", empty] = match;
    if (closing !== undefined && open.pop() !== closing) throw invalid();
    if (opening !== undefined) {
      if (open.length === 0) roots++;
      elements.push({ name: opening.replace(/^.*:/, ""), attributes: attributesOf(attributes) });
      if (!empty) open.push(opening);
    }
    const isText = !whole.startsWith("<") || whole.startsWith("<![CDATA[");
    if (isText && open.length === 0 && whole.replace("\ufeff", "").trim() !== "") throw invalid();
  }
  if (end !== text.length || open.length > 0 || roots !== 1) throw invalid();
  return elements;
}

const attributesOf = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
      ([, name = "", quoted, single]) => [name, resolveEntities(quoted ?? single ?? "")] as const,
    ),
  );

const resolveEntities = (text: string): string =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/** What the metadata of a provider says of it. @throws InvalidParameterException for what is no metadata of one */
export function readMetadata(text: string): ProviderMetadata {
  const elements = elementsOf(text);
  const [root] = elements;
  const entityId = root?.attributes.get("entityID");
  const hasRole = elements.some(({ name }) => name === "IDPSSODescriptor");
  if (root?.name !== "EntityDescriptor" || !entityId || !hasRole) throw invalid();
  const addressOf = (service: string): string | undefined =>
    elements
      .find(({ name, attributes }) => name === service && attributes.get("Binding") === redirect)
      ?.attributes.get("Location");
  return {
    entityId,
    signOnAddress: addressOf("SingleSignOnService"),
    signOutAddress: addressOf("SingleLogoutService"),
  };
}

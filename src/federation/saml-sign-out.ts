/**
 * Reads what SAML providers say about signing out: requests to do so, and answers to ours. Both must be signed.
 * Source: SAML 2.0 core, section 3.7; SAML 2.0 profiles, section 4.4.4.
 */
import { childrenOf, everyElementOf, type XmlElement } from "../lib/xml.ts";
import { freshMilliseconds, optionalTimeOf, skewMilliseconds, timeOf } from "./saml-assertion.ts";
import { type SamlParties, verifyAnswer, verifyRequest } from "./saml-library.ts";
import { BadSignatureError, InvalidSamlError, isSigned, readMessage, type SamlMessage } from "./saml-message.ts";
import { samlPaths } from "./saml-party.ts";

/** What a message is held against. */
export interface SignOutExchange {
  readonly parties: SamlParties;
  /** Where our domain is reached, without a slash at the end. */
  readonly base: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Whom a provider wants to have signed out. */
export interface SignOutRequest {
  readonly id: string;
  readonly subject: string;
  /** The sessions that are meant; none for all of them. */
  readonly indexes: readonly string[];
  /** From then on the request is refused as too old; until then its id must be known. */
  readonly usableUntil: number;
}

/**
 * A request that nothing is proved of yet, and who it says it is from: that one's keys it is to be proved with.
 * @throws InvalidSamlError
 */
export function openSignOutRequest(base64: string): { readonly message: SamlMessage; readonly issuer: string } {
  const message = readMessage(base64);
  checkName(message.root, "LogoutRequest");
  return { message, issuer: childrenOf(message.root, "Issuer")[0]?.text.trim() ?? "" };
}

/** What a request says once it is proved. @throws InvalidSamlError */
export async function proveSignOutRequest(
  exchange: SignOutExchange,
  { xml, root }: SamlMessage,
): Promise<SignOutRequest> {
  const usableUntil = checkMessage(root, exchange);
  const until = optionalTimeOf(root, "NotOnOrAfter");
  if (until !== undefined && until <= exchange.now - skewMilliseconds) {
    throw new InvalidSamlError("The request has expired.");
  }
  try {
    const { nameId } = await verifyRequest(exchange.parties, xml);
    const indexes = childrenOf(root, "SessionIndex").map(({ text }) => text.trim());
    return { id: root.attributes.get("ID") ?? "", subject: nameId.trim(), indexes, usableUntil };
  } catch (cause) {
    throw new BadSignatureError(cause);
  }
}

/**
 * Checks a provider's answer to our request. Whether it could sign out everywhere changes nothing here: this side has
 * signed out already. @throws InvalidSamlError
 */
export async function readSignOutAnswer(
  exchange: SignOutExchange,
  base64: string,
  requestId: string | undefined,
): Promise<void> {
  const { xml, root } = readMessage(base64);
  checkName(root, "LogoutResponse");
  checkMessage(root, exchange);
  if (requestId === undefined || root.attributes.get("InResponseTo") !== requestId) {
    throw new InvalidSamlError("The message answers another request.");
  }
  if (childrenOf(root, "Issuer")[0]?.text.trim() !== exchange.parties.provider.entityId) {
    throw new InvalidSamlError("The issuer of the message is unknown.");
  }
  try {
    await verifyAnswer(exchange.parties, xml);
  } catch (cause) {
    throw new BadSignatureError(cause);
  }
}

function checkName({ name, attributes }: XmlElement, wanted: string): void {
  if (name !== wanted || attributes.get("Version") !== "2.0" || !attributes.has("ID")) {
    throw new InvalidSamlError("The message is not of SAML 2.0.");
  }
}

/** Checks what any message about signing out must be, and gives until when it may be used. */
function checkMessage(root: XmlElement, { base, now }: SignOutExchange): number {
  if (root.attributes.get("Destination") !== `${base}${samlPaths.signOut}`) {
    throw new InvalidSamlError("The message is for another destination.");
  }
  const issuedAt = timeOf(root.attributes.get("IssueInstant"));
  const isFresh = issuedAt <= now + skewMilliseconds && issuedAt >= now - freshMilliseconds - skewMilliseconds;
  if (!isFresh) throw new InvalidSamlError("The message is too old.");
  // The one signature must be the message's own: the library would also take one further down.
  const signatures = [...everyElementOf(root)].filter(({ name }) => name === "Signature");
  if (signatures.length !== 1 || !isSigned(root)) throw new InvalidSamlError("The message is not signed.");
  return issuedAt + freshMilliseconds + 2 * skewMilliseconds;
}

/**
 * What an assertion must say to be believed here and now, once its signature was verified: by whom, about whom, for
 * whom, until when and as the answer to what. Touches nothing. Source: SAML 2.0 profiles, section 4.1.4.3; SAML 2.0
 * core, sections 2.3 to 2.7.
 */
import { day, minute } from "../lib/clock.ts";
import { childrenOf, everyElementOf, type XmlElement } from "../lib/xml.ts";
import { InvalidSamlError } from "./saml-message.ts";

/** What an assertion is held against. */
export interface Expectation {
  /** The entity id of the provider. */
  readonly issuer: string;
  /** Our own entity id. */
  readonly audience: string;
  /** Where assertions come in. */
  readonly recipient: string;
  /** The id of the request that it must answer; undefined where nobody asked. */
  readonly requestId: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Whom a provider has signed in, as far as it says. */
export interface SamlSubject {
  readonly nameId: NameId;
  /** The provider's session, by which it signs out. */
  readonly sessionIndex: string | undefined;
  /** The values of each attribute, by the attribute's name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly assertionId: string;
  /** From then on the assertion is refused as too old; until then its id must be known, so that it is used once. */
  readonly usableUntil: number;
}

/** What a provider calls a user. */
export interface NameId {
  readonly value: string;
  readonly format?: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
}

/** Clocks may differ by so much. */
export const skewMilliseconds = minute;

/** A browser carries an assertion from one site to the next, which takes no longer. */
export const freshMilliseconds = 5 * minute;

/** An assertion that names an end later than this was not made for signing in. */
const longestMilliseconds = day;

const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

const refuse = (reason: string): never => {
  throw new InvalidSamlError(reason);
};

/** Reads a verified assertion. @throws InvalidSamlError saying what is wrong with it */
export function readAssertion(assertion: XmlElement, expected: Expectation): SamlSubject {
  const { attributes } = assertion;
  const assertionId = attributes.get("ID") ?? refuse("The assertion has no ID.");
  if (attributes.get("Version") !== "2.0") refuse("The assertion is not of SAML 2.0.");
  const issuedAt = timeOf(attributes.get("IssueInstant"));
  const { now } = expected;
  if (issuedAt > now + skewMilliseconds) refuse("The assertion is not valid yet.");
  if (issuedAt < now - freshMilliseconds - skewMilliseconds) refuse("The assertion is too old.");
  if (only(assertion, "Issuer").text.trim() !== expected.issuer) refuse("The issuer of the assertion is unknown.");
  checkConditions(only(assertion, "Conditions"), expected);
  const subject = only(assertion, "Subject");
  checkConfirmation(subject, issuedAt, expected);
  return {
    nameId: nameIdOf(subject),
    sessionIndex: sessionIndexOf(assertion, now),
    attributes: attributesOf(assertion),
    assertionId,
    usableUntil: issuedAt + freshMilliseconds + 2 * skewMilliseconds,
  };
}

function only(element: XmlElement, name: string): XmlElement {
  const [first, ...others] = childrenOf(element, name);
  return first && others.length === 0 ? first : refuse(`The ${element.name} must have one ${name}.`);
}

/** Times are of UTC, whether they say so or not. Source: SAML 2.0 core, section 1.3.3. */
export function timeOf(text: string | undefined): number {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?$/.exec(text ?? "");
  const time = match ? Date.parse(`${match[1]}${match[2] ?? "Z"}`) : Number.NaN;
  return Number.isNaN(time) ? refuse("The assertion has a time that is none.") : time;
}

/** The same of an attribute that need not be there. */
export const optionalTimeOf = (element: XmlElement, name: string): number | undefined =>
  element.attributes.has(name) ? timeOf(element.attributes.get(name)) : undefined;

/** Whether the moment lies in the span that an element gives, our clock being a little wrong. */
function checkSpan(element: XmlElement, now: number): void {
  const from = optionalTimeOf(element, "NotBefore");
  const until = optionalTimeOf(element, "NotOnOrAfter");
  if (from !== undefined && from > now + skewMilliseconds) refuse("The assertion is not valid yet.");
  if (until !== undefined && until <= now - skewMilliseconds) refuse("The assertion has expired.");
}

/** Conditions that say nothing about who reads the assertion. One that is not known makes it invalid. */
const harmlessConditions: ReadonlySet<string> = new Set(["AudienceRestriction", "OneTimeUse", "ProxyRestriction"]);

function checkConditions(conditions: XmlElement, { audience, now }: Expectation): void {
  checkSpan(conditions, now);
  if (!conditions.children.every(({ name }) => harmlessConditions.has(name))) refuse("A condition is unknown.");
  const restrictions = childrenOf(conditions, "AudienceRestriction");
  const isForUs = restrictions.every((restriction) =>
    childrenOf(restriction, "Audience").some(({ text }) => text.trim() === audience),
  );
  if (restrictions.length === 0 || !isForUs) refuse("The assertion is for another audience.");
}

/** The subject is whoever brings the assertion to us, in time and as the answer to what we asked. */
function checkConfirmation(subject: XmlElement, issuedAt: number, expected: Expectation): void {
  const confirmations = childrenOf(subject, "SubjectConfirmation").filter(
    ({ attributes }) => attributes.get("Method") === bearer,
  );
  if (confirmations.length === 0) refuse("The subject is not confirmed.");
  const refusals = confirmations.map((confirmation) => refusalOf(confirmation, issuedAt, expected));
  const [first] = refusals;
  if (first !== undefined && !refusals.includes(undefined)) refuse(first);
}

function refusalOf(confirmation: XmlElement, issuedAt: number, expected: Expectation): string | undefined {
  const data = only(confirmation, "SubjectConfirmationData");
  const { now, recipient, requestId } = expected;
  if (data.attributes.get("Recipient") !== recipient) return "The assertion is for another recipient.";
  if (data.attributes.get("InResponseTo") !== requestId) return "The assertion answers another request.";
  const until = optionalTimeOf(data, "NotOnOrAfter");
  if (until === undefined || until > issuedAt + longestMilliseconds) return "The assertion is valid for too long.";
  checkSpan(data, now);
  return undefined;
}

const nameIdLimitCharacters = 256;

function nameIdOf(subject: XmlElement): NameId {
  const { text, children, attributes } = only(subject, "NameID");
  const value = text.trim();
  if (value === "" || value.length > nameIdLimitCharacters || children.length > 0) refuse("The NameID is no name.");
  const format = attributes.get("Format");
  const nameQualifier = attributes.get("NameQualifier");
  const spNameQualifier = attributes.get("SPNameQualifier");
  return {
    value,
    ...(format !== undefined && { format }),
    ...(nameQualifier !== undefined && { nameQualifier }),
    ...(spNameQualifier !== undefined && { spNameQualifier }),
  };
}

/** Without a statement that somebody signed in, an assertion only says what somebody is like. */
function sessionIndexOf(assertion: XmlElement, now: number): string | undefined {
  const [statement] = childrenOf(assertion, "AuthnStatement");
  if (!statement) return refuse("The assertion does not say that anybody signed in.");
  const until = optionalTimeOf(statement, "SessionNotOnOrAfter");
  if (until !== undefined && until <= now - skewMilliseconds) refuse("The session at the provider has ended.");
  return statement.attributes.get("SessionIndex");
}

function attributesOf(assertion: XmlElement): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  const statements = childrenOf(assertion, "AttributeStatement");
  for (const attribute of statements.flatMap((statement) => childrenOf(statement, "Attribute"))) {
    const name = attribute.attributes.get("Name") ?? "";
    const said = childrenOf(attribute, "AttributeValue").map(wholeText);
    values.set(name, [...(values.get(name) ?? []), ...said]);
  }
  return Object.fromEntries([...values].filter(([name, said]) => name !== "" && said.length > 0));
}

/** A value may be an element of its own, such as a NameID. Its text is what is meant. */
const wholeText = (element: XmlElement): string =>
  [...everyElementOf(element)]
    .map(({ text }) => text)
    .join("")
    .trim();

/**
 * SAML 2.0, as a service provider. A browser takes a request to the provider and posts its answer back; or the provider
 * sends one unasked, where its owner allows that. Source: SAML 2.0 profiles, section 4.1.
 */
import type { App } from "../app.ts";
import { textsOf } from "./mapping.ts";
import type { Departing, Leaving, Protocol, Returning, Statement } from "./protocol.ts";
import { samlRefused } from "./refusal.ts";
import type { SamlSubject } from "./saml-assertion.ts";
import { BadSignatureError, InvalidSamlError } from "./saml-message.ts";
import { newerParties, partiesOf, type SamlExchangeParties } from "./saml-party.ts";
import { signOn } from "./saml-request.ts";
import { readSamlResponse } from "./saml-response.ts";
import { claimSamlMessage } from "./store.ts";

/** SAML, for the doors. */
export const saml: Protocol = { leave, arrive };

async function leave(app: App, departing: Departing): Promise<Leaving> {
  const { details, state, prompts } = departing;
  const parties = await partiesOf(app, departing);
  const requestId = newMessageId(app);
  const left = await signOn(parties, {
    id: requestId,
    relayState: state,
    isSigned: details["RequestSigningAlgorithm"] !== undefined || parties.metadata.wantsSignedRequests,
    isForced: prompts.includes("login"),
  });
  if (!left) throw samlRefused("The metadata of the identity provider says no address to sign in.");
  return { ...left, memory: { requestId } };
}

/** An id for a message of ours. Source: SAML 2.0 core, section 1.3.4: 128 bits or more, and no digit in front. */
export const newMessageId = ({ random }: Pick<App, "random">): string => `_${random.bytes(20).toString("hex")}`;

/** Without a memory nobody was asked: whether that is allowed was decided by who calls. */
async function arrive(app: App, returning: Returning): Promise<Statement> {
  try {
    const { parties, subject } = await readAnswer(app, returning);
    const { poolId, name } = returning.provider;
    const { assertionId, usableUntil } = subject;
    const key = { poolId, providerName: name, messageId: assertionId };
    if (!(await claimSamlMessage(app.db, key, usableUntil))) {
      throw new InvalidSamlError("The assertion was used before.");
    }
    return statementOf(parties, subject);
  } catch (error) {
    if (!(error instanceof InvalidSamlError)) throw error;
    app.log.info({ err: error, poolId: returning.pool.id, provider: returning.provider.name }, "a SAML sign-in failed");
    throw samlRefused(error.message, error);
  }
}

interface Answer {
  readonly parties: SamlExchangeParties;
  readonly subject: SamlSubject;
}

/** Reads the answer. A signature by a key that we do not know is looked at again with newer metadata. */
async function readAnswer(app: App, returning: Returning): Promise<Answer> {
  const { details, memory, parameters } = returning;
  const exchange = {
    requestId: memory["requestId"],
    mustBeEncrypted: details["EncryptedResponses"] === "true",
    now: app.clock.now(),
  };
  const text = parameters["SAMLResponse"] ?? "";
  const parties = await partiesOf(app, returning);
  try {
    return { parties, subject: await readSamlResponse({ ...exchange, parties }, text) };
  } catch (error) {
    const newer = error instanceof BadSignatureError ? await newerParties(app, returning) : undefined;
    if (!newer) throw error;
    return { parties: newer, subject: await readSamlResponse({ ...exchange, parties: newer }, text) };
  }
}

function statementOf({ provider }: SamlExchangeParties, { nameId, sessionIndex, attributes }: SamlSubject): Statement {
  return {
    subject: nameId.value,
    issuer: provider.entityId,
    session: { nameId, sessionIndex },
    claims: attributes,
    answer: { samlResponse: textsOf(attributes) },
  };
}

/** Proving a contact by a code that is sent to it. */
import type { App } from "../app.ts";
import { awaitedContact, type CodeOwner, checkCode, keepCode, newCode, spendCode, voidCode } from "../codes/code.ts";
import { countAgainst } from "../codes/limits.ts";
import { withTransaction } from "../database/transact.ts";
import { compose, queueMessage, toEmail, toPhone } from "../messages/message.ts";
import type { Pool } from "../pools/pool.ts";
import { moveNames } from "./alias.ts";
import type { PreparedCode } from "./sign-up-code.ts";
import { updateUser } from "./store.ts";
import type { User } from "./user.ts";

/** What can be proved by a code. */
export type Contact = "email" | "phone_number";

export const contacts: readonly Contact[] = ["email", "phone_number"];

/** Whether an attribute is a contact. */
export const isContact = (name: string): name is Contact => contacts.some((contact) => contact === name);

/** Which contact is to be proved, and on whose behalf. */
export interface Verification {
  readonly source: "UpdateUserAttribute" | "VerifyUserAttribute";
  readonly contact: Contact;
  /** The contact itself: of one that changes, the new one. */
  readonly value: string;
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

const ownerOf = (user: User, contact: Contact): CodeOwner => ({
  poolId: user.poolId,
  sub: user.sub,
  purpose: `verify-${contact}`,
});

/** What a code would be sent to: a new contact that waits for its proof, or else the present one. */
export async function contactToProve(app: App, user: User, contact: Contact): Promise<string | undefined> {
  const awaited = await awaitedContact(app, ownerOf(user, contact));
  return awaited?.value ?? user.attributes[contact];
}

/** Makes a code worthless that went to a contact which is no longer to be proved, in the caller's transaction. */
export const voidVerification = (app: App, user: User, contact: Contact): Promise<void> =>
  voidCode(app, ownerOf(user, contact));

/** Makes a code and writes its message. It waits for a trigger, so no transaction may be open. */
export async function prepareVerification(
  app: App,
  pool: Pool,
  user: User,
  { source, contact, value, clientId, clientMetadata }: Verification,
): Promise<PreparedCode> {
  const code = newCode(app);
  const delivery = contact === "email" ? toEmail(value) : toPhone(value);
  return { code, composed: await compose(app, pool, { source, clientId, user, delivery, code, clientMetadata }) };
}

/** Keeps a prepared code and queues its message, in the caller's transaction. */
export async function sendVerification(
  app: App,
  pool: Pool,
  user: User,
  { code, composed }: PreparedCode,
): Promise<void> {
  const { attribute, recipient } = composed.delivery;
  await keepCode(app, ownerOf(user, attribute), code, { attribute, value: recipient });
  await queueMessage(app, pool, composed);
}

/**
 * Verifies a contact by its code. A new value that waited for its proof takes the place of the old one.
 * @throws CodeMismatchException, ExpiredCodeException, LimitExceededException, AliasExistsException
 */
export async function verifyContact(app: App, pool: Pool, user: User, contact: Contact, code: string): Promise<void> {
  await countAgainst(app, user, "VerifyUserAttribute");
  const owner = ownerOf(user, contact);
  const { value } = await checkCode(app, owner, code);
  const attributes = { ...user.attributes, [contact]: value, [`${contact}_verified`]: "true" };
  const after: User = { ...user, attributes, modifiedAt: app.clock.now() };
  await withTransaction(app, async (inside) => {
    await spendCode(inside, owner, code);
    await updateUser(inside.db, user, after);
    await moveNames(inside, pool, user, after);
  });
}

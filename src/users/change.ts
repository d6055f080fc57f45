/**
 * Changing what is known of a user. One function for the user and for its administrator: they differ in what they may
 * write, and in that an administrator can vouch for a contact.
 */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { voidCode } from "../codes/code.ts";
import { ApiError } from "../contract/errors.ts";
import type { CodeDeliveryDetailsType } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import { describeDelivery } from "../messages/message.ts";
import type { Pool } from "../pools/pool.ts";
import { moveNames } from "./alias.ts";
import { checkAttributes, checkVouched, withoutEmpty } from "./attributes.ts";
import { recoveryOwner } from "./recovery.ts";
import { updateUser } from "./store.ts";
import type { Attributes, User } from "./user.ts";
import { type Contact, contacts, prepareVerification, sendVerification, voidVerification } from "./verification.ts";

/** What is to be written, by whom. */
export interface Change {
  readonly attributes: Attributes;
  readonly by: Client | "admin";
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Writes attributes of a user, and sends a code where a contact has to be proved. Gives where codes went. */
export async function changeAttributes(
  app: App,
  pool: Pool,
  user: User,
  { attributes, by, clientMetadata }: Change,
): Promise<CodeDeliveryDetailsType[]> {
  checkAttributes(pool, attributes, { by });
  checkMutable(pool, user, attributes);
  checkRemovable(
    pool,
    Object.keys(attributes).filter((name) => attributes[name] === ""),
  );
  const changed = contacts.filter((name) => attributes[name] && attributes[name] !== user.attributes[name]);
  const isVouched = (name: Contact): boolean => by === "admin" && attributes[`${name}_verified`] === "true";
  const pending = changed.filter((name) => waitsForProof(pool, name) && !isVouched(name));
  const written = withoutEmpty(afterChange(user, attributes, pending));
  checkVouched(written);
  const after: User = { ...user, attributes: written, modifiedAt: app.clock.now() };
  const toProve = changed.filter((name) => sendsCode(pool, name) && !isVouched(name));
  const clientId = by === "admin" ? undefined : by.id;
  const codes = await Promise.all(
    toProve.map((contact) =>
      prepareVerification(app, pool, after, {
        source: "UpdateUserAttribute",
        contact,
        value: attributes[contact] ?? "",
        clientId,
        clientMetadata,
      }),
    ),
  );
  await withTransaction(app, async (inside) => {
    await updateUser(inside.db, user, after);
    await moveNames(inside, pool, user, after);
    await voidStaleCodes(inside, user, after, attributes);
    for (const code of codes) await sendVerification(inside, pool, user, code);
  });
  return codes.map(({ composed }) => describeDelivery(composed.delivery));
}

/** A code that went to a contact which is no longer meant, or no longer there, must prove nothing. */
async function voidStaleCodes(app: App, before: User, after: User, given: Attributes): Promise<void> {
  for (const contact of contacts) {
    if (given[contact] !== undefined) await voidVerification(app, before, contact);
    if (before.attributes[contact] !== after.attributes[contact]) await voidCode(app, recoveryOwner(before));
  }
}

const waitsForProof = ({ settings }: Pool, name: Contact): boolean =>
  settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?.includes(name) ?? false;

const sendsCode = ({ settings }: Pool, name: Contact): boolean =>
  settings.AutoVerifiedAttributes?.includes(name) ?? false;

/** A contact that changes is unverified, unless the writer says otherwise; one that waits for its proof stays as it is. */
function afterChange(user: User, given: Attributes, pending: readonly Contact[]): Attributes {
  const after: Record<string, string> = { ...user.attributes, ...given };
  for (const name of contacts) {
    const verified = `${name}_verified`;
    if (pending.includes(name)) {
      after[name] = user.attributes[name] ?? "";
      after[verified] = user.attributes[verified] ?? "";
    } else if (given[name] === "") after[verified] = "";
    else if (given[name] && given[name] !== user.attributes[name] && given[verified] === undefined) {
      after[verified] = "false";
    }
  }
  return after;
}

/** The attributes that the schema freezes. */
export const immutableAttributes = ({ settings }: Pool): string[] =>
  settings.SchemaAttributes.filter(({ Mutable }) => Mutable === false).map(({ Name = "" }) => Name);

/** Refuses to write attributes that never change. Text as observed. */
export const cannotBeUpdated = (names: readonly string[]): ApiError =>
  invalid(names.map((name) => `user.${name}: Attribute cannot be updated.\n`).join(""));

/** An attribute that the schema freezes is written once, when the user is made. */
function checkMutable(pool: Pool, user: User, attributes: Attributes): void {
  const broken = immutableAttributes(pool).filter(
    (name) => attributes[name] !== undefined && attributes[name] !== user.attributes[name],
  );
  if (broken.length > 0) throw cannotBeUpdated(broken);
}

/** Takes attributes away from a user. @throws InvalidParameterException for one that has to stay */
export async function removeAttributes(
  app: App,
  pool: Pool,
  user: User,
  names: readonly string[],
  by: Client | "admin",
): Promise<void> {
  const known = new Set(pool.settings.SchemaAttributes.map(({ Name }) => Name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const lines = unknown.map((name) => `user.${name}: Attribute does not exist in the schema.\n`);
    throw invalid(`Invalid user attributes: ${lines.join("")}`);
  }
  await changeAttributes(app, pool, user, { attributes: Object.fromEntries(names.map((name) => [name, ""])), by });
}

/** Unconfirmed text: a required attribute, and the contact that a user is called by, cannot be taken away. */
function checkRemovable({ settings }: Pool, names: readonly string[]): void {
  const required = settings.SchemaAttributes.filter(({ Required }) => Required).map(({ Name }) => Name);
  const fixed = new Set<string | undefined>([...required, ...(settings.UsernameAttributes ?? [])]);
  const kept = names.filter((name) => fixed.has(name));
  if (kept.length > 0) throw invalid(kept.map((name) => `user.${name}: Attribute cannot be deleted.\n`).join(""));
}

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/**
 * Messages: what is sent to people. The room owns their texts, where a code may go and the outbox, which is written in
 * the same transaction as what the message tells of, so that neither is ever there without the other.
 */
import type { App } from "../app.ts";
import type { CodeDeliveryDetailsType } from "../contract/types.gen.ts";
import { maskEmail, maskPhoneNumber } from "../lib/contact.ts";
import type { Pool } from "../pools/pool.ts";
import { customMessage } from "../triggers/definitions.ts";
import { eventAttributes, hasTrigger, runTrigger, type Shown } from "../triggers/trigger.ts";
import { insertMessage } from "./store.ts";
import { type Content, checkCustomText, fill, templateFor } from "./texts.ts";

export type Medium = "EMAIL" | "SMS";

/** Where a message goes: an attribute of its receiver. */
export interface Delivery {
  readonly medium: Medium;
  readonly attribute: "email" | "phone_number";
  readonly recipient: string;
}

/** A message as people read it. */
export interface Message extends Content {
  readonly poolId: string;
  readonly id: string;
  readonly medium: Medium;
  readonly recipient: string;
  readonly state: "waiting" | "sent" | "failed";
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** Why messages are sent: the second half of the sources of message triggers. */
export type MessageSource =
  | "SignUp"
  | "ResendCode"
  | "ForgotPassword"
  | "AdminCreateUser"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "Authentication";

/** What a message is about. */
export interface Occasion {
  readonly source: MessageSource;
  readonly clientId?: string | undefined;
  readonly user: Shown & { readonly username: string };
  readonly delivery: Delivery;
  readonly code: string;
  /** The address to click, where the pool sends links in place of codes. */
  readonly link?: string | undefined;
  /** The name that an invitation tells. */
  readonly loginName?: string | undefined;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** A message that is written and waits to be queued in a transaction. */
export interface Composed {
  readonly delivery: Delivery;
  readonly content: Content;
  /** What a trigger that sends in our place is told. */
  readonly event: SenderEvent;
}

/** What a sending trigger is told, and from whom the message comes. */
export interface SenderEvent {
  readonly source: MessageSource | "AccountTakeOverNotification";
  /** The code or password itself, also where the text has a link; null where the message brings none. */
  readonly code: string | null;
  readonly clientId?: string | undefined;
  readonly userName: string;
  readonly userAttributes: Readonly<Record<string, string | null>>;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  /** Sender and address for answers, where this message has others than its pool's. */
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
}

/** Where a code for a user with these attributes goes. Of two auto-verified contacts, the phone gets it. */
export function deliveryFor(pool: Pool, attributes: Readonly<Record<string, string>>): Delivery | undefined {
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  if (verified.includes("phone_number") && attributes["phone_number"]) return toPhone(attributes["phone_number"]);
  if (verified.includes("email") && attributes["email"]) return toEmail(attributes["email"]);
  return undefined;
}

/** A delivery to an e-mail address. */
export const toEmail = (recipient: string): Delivery => ({ medium: "EMAIL", attribute: "email", recipient });

/** A delivery to a phone. */
export const toPhone = (recipient: string): Delivery => ({ medium: "SMS", attribute: "phone_number", recipient });

/** A delivery as the API shows it, masked. */
export const describeDelivery = ({ medium, attribute, recipient }: Delivery): CodeDeliveryDetailsType => ({
  Destination: medium === "EMAIL" ? maskEmail(recipient) : maskPhoneNumber(recipient),
  DeliveryMedium: medium,
  AttributeName: attribute,
});

/** Writes a message: the pool's text, or what its trigger makes of it. It waits for the trigger, so no transaction may. */
export async function compose(app: App, pool: Pool, occasion: Occasion): Promise<Composed> {
  const { source, clientId, user, delivery, code, clientMetadata } = occasion;
  const userAttributes = eventAttributes(pool, user);
  const custom = await runTrigger(app, customMessage, {
    pool,
    source: `CustomMessage_${source}`,
    clientId,
    userName: user.username,
    request: {
      userAttributes,
      codeParameter: "{####}",
      linkParameter: "{##Click Here##}",
      usernameParameter: source === "AdminCreateUser" ? "{username}" : null,
      clientMetadata,
    },
  });
  const standard = templateFor(pool, occasion);
  const text = delivery.medium === "SMS" ? custom?.smsMessage : custom?.emailMessage;
  const template = {
    subject: delivery.medium === "SMS" ? "" : (custom?.emailSubject ?? standard.subject),
    body: text ? checkCustomText(text, occasion) : standard.body,
  };
  const event = { source, code, clientId, userName: user.username, userAttributes, clientMetadata };
  return { delivery, content: fill(template, occasion), event };
}

/** The trigger that sends a pool's messages of a medium in our place. */
export const senderOf = (medium: Medium) => (medium === "EMAIL" ? "CustomEmailSender" : "CustomSMSSender");

/**
 * Puts a message into the outbox, in the caller's transaction. In dev mode without a transport the inbox is where it is
 * delivered.
 */
export async function queueMessage(app: App, pool: Pool, composed: Composed): Promise<void> {
  const { medium } = composed.delivery;
  const isDelivered =
    app.settings.mode === "dev" && !app.outbox.delivers(medium) && !hasTrigger(pool, senderOf(medium));
  await keepMessage(app, pool, composed, isDelivered ? "sent" : "waiting");
  if (!isDelivered) app.outbox.wake();
}

/**
 * Writes what would have been sent to somebody, in the caller's transaction, for a name that nobody has: the time that
 * it takes must not tell. It goes to nobody, is shown to nobody, and is swept away with what was delivered.
 */
export async function queueImagined(
  app: App,
  pool: Pool,
  { source, medium, code }: { readonly source: MessageSource; readonly medium: Medium; readonly code: string },
): Promise<void> {
  const delivery = medium === "SMS" ? toPhone("") : toEmail("");
  const content = fill(templateFor(pool, { source, delivery }), { delivery, code });
  const userAttributes = eventAttributes(pool, { sub: "", status: "", attributes: {} });
  const event = { source, code, userName: "", userAttributes };
  await keepMessage(app, pool, { delivery, content, event }, "sent");
}

async function keepMessage(
  app: App,
  pool: Pool,
  { delivery, content, event }: Composed,
  state: Message["state"],
): Promise<void> {
  const { medium, recipient } = delivery;
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const id = app.random.uuid();
  const place = { table: "messages", column: "sealed_content", row: id };
  await insertMessage(app.db, {
    poolId: pool.id,
    id,
    medium,
    recipient,
    // The text holds the code as well: both are sealed.
    sealed: keys.seal("otp", place, JSON.stringify([content.subject, content.body, content.code, event])),
    state,
    tries: 0,
    createdAt: app.clock.now(),
  });
}

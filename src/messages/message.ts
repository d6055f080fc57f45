/**
 * Messages: what is sent to people. The room owns their texts, where a code may go and the outbox, which is written in
 * the same transaction as what the message tells of, so that neither is ever there without the other.
 */
import type { App } from "../app.ts";
import type { CodeDeliveryDetailsType } from "../contract/types.gen.ts";
import { maskEmail, maskPhoneNumber } from "../lib/contact.ts";
import type { Pool } from "../pools/pool.ts";
import { refuseTrigger } from "../triggers/trigger.ts";
import { insertMessage } from "./store.ts";

export type Medium = "EMAIL" | "SMS";

/** Where a message goes: an attribute of its receiver. */
export interface Delivery {
  readonly medium: Medium;
  readonly attribute: "email" | "phone_number";
  readonly recipient: string;
}

/** A message as it is kept until it is delivered. */
export interface Message {
  readonly poolId: string;
  readonly id: string;
  readonly medium: Medium;
  readonly recipient: string;
  /** Empty for an SMS. */
  readonly subject: string;
  readonly body: string;
  /** The code, password or link that it carries. */
  readonly code: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
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

/** The text of a message with its code in it. */
export interface Content {
  readonly subject: string;
  readonly body: string;
  readonly code: string;
}

/** Source: Cognito developer guide and exported pools: the texts of a pool that sets none. */
const defaultTexts = {
  verification: "Your verification code is {####}. ",
  verificationSubject: "Your verification code",
  verificationLink: "Please click the link below to verify your email address. {##Verify Email##} ",
  verificationLinkSubject: "Your verification link",
  invitation: "Your username is {username} and temporary password is {####}. ",
  invitationSubject: "Your temporary password",
} as const;

/** The text that brings a verification code. `link` gives the address to click, where the pool sends links. */
export function verificationContent(pool: Pool, medium: Medium, code: string, link: () => string | undefined): Content {
  const template = pool.settings.VerificationMessageTemplate ?? {};
  if (medium === "SMS")
    return { subject: "", body: fill(template.SmsMessage ?? defaultTexts.verification, code), code };
  const address = template.DefaultEmailOption === "CONFIRM_WITH_LINK" ? link() : undefined;
  if (address !== undefined) {
    const text = template.EmailMessageByLink ?? defaultTexts.verificationLink;
    const body = text.replace(/\{##(.*?)##\}/, (_whole, words: string) => `<a href="${address}">${words}</a>`);
    return { subject: template.EmailSubjectByLink ?? defaultTexts.verificationLinkSubject, body, code: address };
  }
  return {
    subject: template.EmailSubject ?? defaultTexts.verificationSubject,
    body: fill(template.EmailMessage ?? defaultTexts.verification, code),
    code,
  };
}

/** The text that invites a user with a temporary password. */
export function invitationContent(pool: Pool, medium: Medium, username: string, password: string): Content {
  const template = pool.settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  const text = (medium === "SMS" ? template.SMSMessage : template.EmailMessage) ?? defaultTexts.invitation;
  return {
    subject: medium === "SMS" ? "" : (template.EmailSubject ?? defaultTexts.invitationSubject),
    body: fill(text, password).replaceAll("{username}", () => username),
    code: password,
  };
}

/** Puts the code in place. As a function, so that no character of the code means anything to `replace`. */
const fill = (text: string, code: string): string => text.replaceAll("{####}", () => code);

/**
 * Puts a message into the outbox, in the caller's transaction. In dev mode the inbox is where it is delivered.
 * @throws UnexpectedLambdaException where a trigger of the pool would write or send it.
 */
export async function queueMessage(app: App, pool: Pool, delivery: Delivery, content: Content): Promise<void> {
  refuseTrigger(pool, "CustomMessage", delivery.medium === "EMAIL" ? "CustomEmailSender" : "CustomSMSSender");
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const id = app.random.uuid();
  const place = { table: "messages", column: "sealed_content", row: id };
  await insertMessage(app.db, {
    poolId: pool.id,
    id,
    medium: delivery.medium,
    recipient: delivery.recipient,
    // The text holds the code as well: both are sealed.
    sealed: keys.seal("otp", place, JSON.stringify([content.subject, content.body, content.code])),
    state: app.settings.mode === "dev" ? "sent" : "waiting",
    createdAt: app.clock.now(),
  });
  if (app.settings.mode !== "dev") {
    app.log.warn(
      { poolId: pool.id, messageId: id, medium: delivery.medium },
      "no transport is configured: a message waits",
    );
  }
}

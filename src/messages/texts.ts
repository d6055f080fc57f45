/** What messages say: the texts of a pool that sets none, and how a text is filled in. */
import { ApiError } from "../contract/errors.ts";
import type { Pool } from "../pools/pool.ts";
import type { Medium, Occasion } from "./message.ts";

/** The text of a message, with its code in it. */
export interface Content {
  /** Empty for an SMS. */
  readonly subject: string;
  readonly body: string;
  /** The code, password or link that it carries. */
  readonly code: string;
}

/** Source: Cognito developer guide and exported pools: the texts of a pool that sets none. */
const defaultTexts = {
  verification: "Your verification code is {####}. ",
  verificationSubject: "Your verification code",
  verificationLink: "Please click the link below to verify your email address. {##Verify Email##} ",
  verificationLinkSubject: "Your verification link",
  authentication: "Your authentication code is {####}. ",
  authenticationSubject: "Your authentication code",
  invitation: "Your username is {username} and temporary password is {####}. ",
  invitationSubject: "Your temporary password",
} as const;

/** A text with its placeholders still in it. */
export interface Template {
  readonly subject: string;
  readonly body: string;
}

/** The template of a pool for an occasion. */
export function templateFor(
  pool: Pool,
  { source, delivery, link }: Pick<Occasion, "source" | "delivery" | "link">,
): Template {
  if (source === "AdminCreateUser") return invitation(pool, delivery.medium);
  if (source === "Authentication") return authentication(pool, delivery.medium);
  return verification(pool, delivery.medium, link !== undefined);
}

function invitation({ settings }: Pool, medium: Medium): Template {
  const { SMSMessage, EmailMessage, EmailSubject } = settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  if (medium === "SMS") return { subject: "", body: SMSMessage ?? defaultTexts.invitation };
  return { subject: EmailSubject ?? defaultTexts.invitationSubject, body: EmailMessage ?? defaultTexts.invitation };
}

function authentication({ settings }: Pool, medium: Medium): Template {
  if (medium === "SMS") return { subject: "", body: settings.SmsAuthenticationMessage ?? defaultTexts.authentication };
  const { Subject, Message } = settings.mfa?.email ?? {};
  return {
    subject: Subject ?? defaultTexts.authenticationSubject,
    body: Message ?? defaultTexts.authentication,
  };
}

function verification({ settings }: Pool, medium: Medium, isLink: boolean): Template {
  const template = settings.VerificationMessageTemplate ?? {};
  if (medium === "SMS") return { subject: "", body: template.SmsMessage ?? defaultTexts.verification };
  if (isLink) {
    return {
      subject: template.EmailSubjectByLink ?? defaultTexts.verificationLinkSubject,
      body: template.EmailMessageByLink ?? defaultTexts.verificationLink,
    };
  }
  return {
    subject: template.EmailSubject ?? defaultTexts.verificationSubject,
    body: template.EmailMessage ?? defaultTexts.verification,
  };
}

/** Words between the marks: the placeholder of a code has none. */
const linkPlaceholder = /\{##([^{}]+)##\}/g;

/** Every placeholder, in one pass: what is put in place of one is never taken for another. */
const placeholders = /\{##(?<words>[^{}]+)##\}|\{####\}|\{username\}/g;

const asHtml: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Puts code, name and link in place. The body of a mail is HTML, and they are texts in it. */
export function fill(
  template: Template,
  { code, link, loginName = "", delivery }: Pick<Occasion, "code" | "link" | "loginName" | "delivery">,
): Content {
  const asText = (text: string): string => text;
  const inHtml = (text: string): string => text.replace(/[&<>]/g, (character) => asHtml[character] ?? character);
  const put = (text: string, write: (text: string) => string): string =>
    text.replace(placeholders, (whole, words: string | undefined) => {
      if (words !== undefined) return link ? `<a href="${link}">${words}</a>` : words;
      return write(whole === "{####}" ? code : loginName);
    });
  return {
    subject: put(template.subject, asText),
    body: put(template.body, delivery.medium === "EMAIL" ? inHtml : asText),
    code: link ?? code,
  };
}

/** What a mail says to who reads no HTML. */
export const withoutTags = (html: string): string =>
  html
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const longestSms = 140;
const longestEmail = 20_000;
const shortest = 6;

/**
 * Checks the text that a trigger wrote: it must bring the code or link, and an invitation the name as well.
 * @throws InvalidLambdaResponseException. Source: Cognito developer guide, custom message Lambda trigger.
 */
export function checkCustomText(text: string, { source, delivery, link }: Occasion): string {
  const needed = source === "AdminCreateUser" ? ["{####}", "{username}"] : ["{####}"];
  const hasLink = link !== undefined && text.search(linkPlaceholder) >= 0;
  const isComplete = hasLink || needed.every((placeholder) => text.includes(placeholder));
  const longest = delivery.medium === "SMS" ? longestSms : longestEmail;
  if (isComplete && text.length >= shortest && text.length <= longest) return text;
  throw new ApiError("InvalidLambdaResponseException", "Invalid custom message returned by the CustomMessage trigger.");
}

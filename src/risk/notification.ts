/** Tells a user of a sign-in that did not look like its own. */
import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import type { NotifyConfigurationType, NotifyEmailType } from "../contract/types.gen.ts";
import type { EventContext } from "../events/context.ts";
import { feedbackAddress, feedbackToken } from "../events/feedback.ts";
import { queueMessage, toEmail } from "../messages/message.ts";
import type { Pool } from "../pools/pool.ts";
import type { Shown } from "../triggers/trigger.ts";
import type { RiskConfiguration } from "./configuration.ts";

/** Whom a message tells. */
export interface Notified extends Shown {
  readonly username: string;
}

/** What a message tells of. */
export interface Occurrence {
  readonly pool: Pool;
  readonly client: Pick<Client, "id">;
  readonly user: Notified;
  readonly configuration: RiskConfiguration | undefined;
  readonly action: string;
  readonly eventId: string;
  readonly context: EventContext;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Source: exported pools: the subjects and texts of a pool that sets none. The bodies are ours. */
const defaults = {
  blocked: {
    Subject: "Blocked sign-in attempt",
    TextBody:
      "We blocked an unrecognized sign-in to your account {username} at {login-time} from {ip-address} ({device-name}). " +
      "It was me: {one-click-link-valid} It was not me: {one-click-link-invalid}",
  },
  noticed: {
    Subject: "New sign-in attempt",
    TextBody:
      "We observed an unrecognized sign-in to your account {username} at {login-time} from {ip-address} ({device-name}). " +
      "It was me: {one-click-link-valid} It was not me: {one-click-link-invalid}",
  },
} as const satisfies Record<string, NotifyEmailType>;

function templateOf(notify: NotifyConfigurationType, action: string): NotifyEmailType {
  if (action === "block") return notify.BlockEmail ?? defaults.blocked;
  if (action === "none") return notify.NoActionEmail ?? defaults.noticed;
  return notify.MfaEmail ?? defaults.noticed;
}

/**
 * Queues the message about a sign-in, where the pool has set how, to a verified address.
 * Source: Cognito developer guide, adaptive authentication notifications.
 */
export async function notify(app: App, occurrence: Occurrence): Promise<void> {
  const { pool, client, user, configuration, action } = occurrence;
  const settings = configuration?.settings.AccountTakeoverRiskConfiguration?.NotifyConfiguration;
  const { email = "", email_verified } = user.attributes;
  if (!settings || email === "" || email_verified !== "true") return;
  const template = templateOf(settings, action);
  const values = await valuesOf(app, occurrence);
  await queueMessage(app, pool, {
    delivery: toEmail(email),
    content: {
      subject: put(template.Subject, values),
      body:
        template.HtmlBody === undefined
          ? put(template.TextBody ?? "", values)
          : put(template.HtmlBody, values, escapeHtml),
      code: "",
    },
    event: {
      source: "AccountTakeOverNotification",
      code: null,
      clientId: client.id,
      userName: user.username,
      userAttributes: attributesFor(values, action),
      from: settings.From,
      replyTo: settings.ReplyTo,
    },
  });
}

type Values = Readonly<Record<string, string | null>>;

/** What the placeholders stand for. There is no map of networks here, so city and country are not known. */
async function valuesOf(app: App, { pool, user, eventId, context, now }: Occurrence): Promise<Values> {
  const event = { poolId: pool.id, sub: user.sub, id: eventId };
  return {
    "event-id": eventId,
    username: user.username,
    "login-time": inWords(now),
    "ip-address": context.address ?? null,
    city: null,
    country: null,
    "device-name": context.deviceName ?? null,
    "feedback-token": await feedbackToken(app, event),
    "one-click-link-valid": await feedbackAddress(app, event, "Valid"),
    "one-click-link-invalid": await feedbackAddress(app, event, "Invalid"),
  };
}

/** The placeholders that templates may have. The token goes to triggers alone: in a link it is part of the address. */
const placeholder =
  /\{(username|login-time|ip-address|city|country|device-name|one-click-link-valid|one-click-link-invalid)\}/g;

const put = (text: string, values: Values, write: (value: string) => string = (value) => value): string =>
  text.replace(placeholder, (_whole, name: string) => write(values[name] ?? "unknown"));

const dayFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "full", timeZone: "UTC" });
const timeFormat = new Intl.DateTimeFormat("en-US", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

/** A time as messages tell it: `Friday, March 19, 2021 02:25 PM UTC`. Source: observed events. */
const inWords = (time: number): string =>
  // The space before AM and PM is a narrow one, which mail in plain text need not show.
  `${dayFormat.format(time)} ${timeFormat.format(time)} UTC`.replaceAll("\u202f", " ");

/** A device names itself, and must not write the message. */
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 32};`);

const actions: Readonly<Record<string, string>> = {
  block: "BLOCK",
  "second-factor": "MFA_REQUIRED",
  "second-factor-if-any": "MFA_IF_CONFIGURED",
  none: "NO_ACTION",
};

/** What a trigger that sends in our place is told: of the sign-in alone, nothing of the user. Source: observed events. */
const attributesFor = (values: Values, action: string): Values => ({
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name === "username" ? "USER_NAME" : name.toUpperCase().replaceAll("-", "_"),
      value,
    ]),
  ),
  ACCOUNT_TAKE_OVER_ACTION: actions[action] ?? action,
});

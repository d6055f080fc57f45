/**
 * The outbox: messages are kept with what they tell of and delivered afterwards, at least once, by whichever node gets
 * to them. A delivery that fails is tried again, later each time, and given up after a day's half.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { minute, second } from "../lib/clock.ts";
import { deliverEvent } from "../logs/delivery.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
import { customEmailSender, customSmsSender } from "../triggers/definitions.ts";
import { hasTrigger, runTrigger } from "../triggers/trigger.ts";
import { type Medium, type SenderEvent, senderOf } from "./message.ts";
import { claimMessages, type StoredMessage, settleMessage } from "./store.ts";
import type { Content } from "./texts.ts";

/** A way to people: SMTP for mail, a hook for SMS. */
export interface Transport {
  /** Hands a message over. `id` is the same at every try. @throws when nobody took it. */
  send(message: Outgoing): Promise<void>;
}

/** What a transport is given. */
export interface Outgoing extends Content {
  readonly id: string;
  readonly poolId: string;
  readonly recipient: string;
  /** Sender and address for answers that the pool's owner set; undefined for the house's own. */
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
}

export type Transports = Readonly<Partial<Record<Medium, Transport>>>;

export interface Outbox {
  /** Whether there is a transport of the house for a medium. */
  delivers(medium: Medium): boolean;
  /** Something waits: deliver soon. */
  wake(): void;
  /** Delivers what is due, until nothing is. */
  deliver(): Promise<void>;
  close(): void;
}

/** How often the outbox looks by itself: what another node could not deliver is due here as well. */
const lookInterval = 2 * second;

/** A message that is being delivered belongs to one node for so long. */
const lease = minute;

const batch = 20;
const triesAtMost = 10;
const firstPause = 5 * second;

/** The outbox of a house. `app` gives it when it is asked: the two are made for each other. */
export function openOutbox(app: () => App, transports: Transports): Outbox {
  let running: Promise<void> | undefined;
  let woken: NodeJS.Timeout | undefined;
  const deliver = (): Promise<void> => {
    running ??= deliverDue(app(), transports).finally(() => {
      running = undefined;
    });
    return running;
  };
  const look = setInterval(() => app().background(deliver()), lookInterval);
  look.unref();
  return {
    delivers: (medium) => transports[medium] !== undefined,
    wake: () => {
      // The transaction that queued the message commits first; one that is late is found by the next look.
      woken ??= setTimeout(() => {
        woken = undefined;
        app().background(deliver());
      }, 20).unref();
    },
    deliver,
    close: () => {
      clearInterval(look);
      clearTimeout(woken);
    },
  };
}

async function deliverDue(app: App, transports: Transports): Promise<void> {
  for (;;) {
    const now = app.clock.now();
    const claimed = await claimMessages(app.db, { now, until: now + lease, limit: batch });
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((message) => deliverOne(app, transports, message)));
  }
}

async function deliverOne(app: App, transports: Transports, message: StoredMessage): Promise<void> {
  try {
    await send(app, transports, message);
    await settleMessage(app.db, message, { state: "sent", nextTryAt: message.createdAt });
  } catch (error) {
    const isLast = message.tries >= triesAtMost;
    const nextTryAt = app.clock.now() + firstPause * 2 ** (message.tries - 1);
    await settleMessage(app.db, message, { state: isLast ? "failed" : "waiting", nextTryAt });
    const { poolId, id, medium, tries } = message;
    app.log.warn(
      { poolId, messageId: id, medium, tries, err: error },
      isLast ? "a message was given up" : "a message was not delivered",
    );
    const pool = await findPool(app.db, poolId);
    const why = error instanceof Error ? error.message : String(error);
    if (pool) deliverEvent(app, pool, "userNotification", { details: `${medium} was not delivered: ${why}` });
  }
}

async function send(
  app: App,
  transports: Transports,
  { poolId, id, medium, recipient, sealed }: StoredMessage,
): Promise<void> {
  const pool = await findPool(app.db, poolId);
  // A pool that is gone has nobody to write to any more.
  if (!pool) return;
  const keys = await app.vault.poolKeys(app.db, poolId);
  const place = { table: "messages", column: "sealed_content", row: id };
  const opened: [string, string, string, SenderEvent] = JSON.parse(keys.open("otp", place, sealed));
  const [subject, body, code, event] = opened;
  if (hasTrigger(pool, senderOf(medium))) return handToSender(app, pool, medium, event);
  const transport = transports[medium];
  if (!transport) throw new Error(`No transport for ${medium} is configured.`);
  const { From, ReplyToEmailAddress } = pool.settings.EmailConfiguration ?? {};
  const { from = From, replyTo = ReplyToEmailAddress } = event;
  await transport.send({ id, poolId, recipient, subject, body, code, from, replyTo });
}

/** Leaves a message to the pool's function. */
async function handToSender(app: App, pool: Pool, medium: Medium, event: SenderEvent): Promise<void> {
  const { source, code, clientId, userName, userAttributes, clientMetadata = null } = event;
  const request = { code: code === null ? null : app.sealForSender(code), clientMetadata, userAttributes };
  const occasion = { pool, clientId, userName };
  const calling =
    medium === "SMS" && source !== "AccountTakeOverNotification"
      ? runTrigger(app, customSmsSender, {
          ...occasion,
          source: `CustomSMSSender_${source}`,
          request: { type: "customSMSSenderRequestV1", ...request },
        })
      : runTrigger(app, customEmailSender, {
          ...occasion,
          source: `CustomEmailSender_${source}`,
          request: { type: "customEmailSenderRequestV1", ...request },
        });
  await calling.catch((error: unknown) => {
    // Nobody looks at what a sender answers. Source: Cognito developer guide, custom sender Lambda triggers.
    if (!(error instanceof ApiError && error.name === "InvalidLambdaResponseException")) throw error;
  });
}

/**
 * Delivering the messages of a medium: taking what is due for this node alone, handing it over, and noting what became of
 * it. A delivery that fails is tried again, later each time, and given up after half a day.
 */
import type { App } from "../app.ts";
import { minute, second } from "../lib/clock.ts";
import { deliverEvent } from "../logs/delivery.ts";
import type { Pool } from "../pools/pool.ts";
import { findPool } from "../pools/store.ts";
import { customEmailSender, customSmsSender } from "../triggers/definitions.ts";
import { hasTrigger, runTrigger } from "../triggers/trigger.ts";
import { type Medium, type SenderEvent, senderOf } from "./message.ts";
import { claimMessages, type StoredMessage, settleFailed, settleSent } from "./store.ts";
import type { Transports } from "./transports.ts";

/** A message that is being delivered belongs to one node for so long. */
const lease = minute;

/** A delivery that takes longer has failed, well before another node may take the message over. */
const longestDelivery = minute / 2;

/** So many messages of a medium are under way at most. */
const underWayAtMost = 20;

/** With pauses that double, the last try is made after eleven hours: a mail server may be away for a night. */
const triesAtMost = 14;
const firstPause = 5 * second;

/** Each call waits for the next time that somebody asks. */
export type Nudged = () => Promise<void>;

/** What is delivered, and by what. */
export interface Lane {
  readonly transports: Transports;
  readonly medium: Medium;
  /** Tells when somebody asks for the work that is under way already: there may be more of it. */
  readonly nudged: Nudged;
}

/**
 * Delivers what is due of a medium. The next is taken as soon as one is done, or another is asked for: a slow one holds
 * up itself alone.
 */
export async function deliverMedium(app: App, { transports, medium, nudged }: Lane): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  // Who is told to end leaves what it has not begun to the next.
  while (!app.closing.aborted && failures.length === 0) {
    const asked = nudged();
    const now = app.clock.now();
    const limit = underWayAtMost - underWay.size;
    const claimed = await claimMessages(app.db, { medium, now, until: now + lease, limit });
    for (const message of claimed) {
      const delivery = deliverOne(app, transports, message)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    }
    if (underWay.size === 0) break;
    await Promise.race([asked, ...underWay]);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

async function deliverOne(app: App, transports: Transports, message: StoredMessage): Promise<void> {
  try {
    await withinTime(longestDelivery, send(app, transports, message));
  } catch (error) {
    return noteFailure(app, message, error);
  }
  await settleSent(app.db, message);
}

async function noteFailure(app: App, message: StoredMessage, error: unknown): Promise<void> {
  const isLast = message.tries >= triesAtMost;
  const nextTryAt = app.clock.now() + firstPause * 2 ** (message.tries - 1);
  await settleFailed(app.db, message, { state: isLast ? "failed" : "waiting", nextTryAt });
  const { poolId, id, medium, tries } = message;
  app.log.warn(
    { poolId, messageId: id, medium, tries, err: error },
    isLast ? "a message was given up" : "a message was not delivered",
  );
  const pool = await findPool(app.db, poolId);
  const why = error instanceof Error ? error.message : String(error);
  if (pool) deliverEvent(app, pool, "userNotification", { details: `${medium} was not delivered: ${why}` });
}

/** Waits for work no longer than this. @throws when it takes longer; what it comes to then is nobody's business. */
async function withinTime(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("It took too long.")), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
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
  await (medium === "SMS" && source !== "AccountTakeOverNotification"
    ? runTrigger(app, customSmsSender, {
        ...occasion,
        source: `CustomSMSSender_${source}`,
        request: { type: "customSMSSenderRequestV1", ...request },
      })
    : runTrigger(app, customEmailSender, {
        ...occasion,
        source: `CustomEmailSender_${source}`,
        request: { type: "customEmailSenderRequestV1", ...request },
      }));
}

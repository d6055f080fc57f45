/**
 * The outbox: messages are kept with what they tell of and delivered afterwards, at least once, by whichever node gets
 * to them.
 */
import type { App } from "../app.ts";
import { second } from "../lib/clock.ts";
import { deliverMedium, type Nudged } from "./delivery.ts";
import type { Medium } from "./message.ts";
import type { Transports } from "./transports.ts";

/** Where messages wait to be delivered. */
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

const media: readonly Medium[] = ["EMAIL", "SMS"];

/** The outbox of a house. `app` gives it when it is asked: the two are made for each other. */
export function openOutbox(app: () => App, transports: Transports): Outbox {
  let woken: NodeJS.Timeout | undefined;
  // A way to people that hangs holds up no other.
  const lanes = media.map((medium) => openLane((nudged) => deliverMedium(app(), { transports, medium, nudged })));
  const deliver = async (): Promise<void> => void (await Promise.all(lanes.map((lane) => lane())));
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

/** Work that is done once at a time, however often it is asked for. */
function openLane(work: (nudged: Nudged) => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let nudge = Promise.withResolvers<void>();
  const nudged = (): Promise<void> => {
    nudge = Promise.withResolvers();
    return nudge.promise;
  };
  return () => {
    nudge.resolve();
    running ??= work(nudged).finally(() => {
      running = undefined;
    });
    return running;
  };
}

/**
 * A house: one running Poolhouse. Here, and only here, the parts are put together: the database, the vault, the doors
 * and the listener. Many houses may stand in one process.
 */
import { availableParallelism } from "node:os";
import type { App } from "./app.ts";
import { recordIdsOf } from "./audit/record-id.ts";
import { sweepAudit } from "./audit/retention.ts";
import { ApiError } from "./contract/errors.ts";
import { DatabaseBusyError, waitingLimitOfNewcomers } from "./database/busy.ts";
import { type Database, openDatabase } from "./database/open.ts";
import { sweep } from "./database/sweep.ts";
import { buildDoors } from "./doors.ts";
import { resumeImports } from "./imports/run.ts";
import { allowanceOf } from "./lib/allowance.ts";
import { type Clock, minute, systemClock } from "./lib/clock.ts";
import { type KeyPair, makeRsaKeyPair } from "./lib/key-pair.ts";
import { type Log, silentLog } from "./lib/log.ts";
import { boundedCache } from "./lib/lru.ts";
import { powersOnThreads } from "./lib/modular-power.ts";
import { passwordHasher } from "./lib/password-hash.ts";
import { type Random, systemRandom } from "./lib/random.ts";
import { takeTurns } from "./lib/turns.ts";
import { openAddressLimit } from "./limits/by-address.ts";
import { openLimits } from "./limits/limit.ts";
import { type Listener, listen, type Tls } from "./listener.ts";
import { openLogDestinations } from "./logs/destinations.ts";
import { openOutbox } from "./messages/outbox.ts";
import { sealForSender } from "./messages/sender-code.ts";
import { countUndelivered } from "./messages/store.ts";
import { smsHook, smtpTransport, type Transports } from "./messages/transports.ts";
import { openCollector } from "./metrics/collector.ts";
import { type Gauges, noMetrics } from "./metrics/metrics.ts";
import { listenForMetrics } from "./metrics-listener.ts";
import { clearAbandoned } from "./pools/clearing.ts";
import type { Settings } from "./settings.ts";
import { openTriggers, type TriggerTargets } from "./triggers/invoke.ts";
import { openVault } from "./vault/open.ts";

/** What a house is opened with beside its settings. All but the root key have a default. */
export interface Fittings {
  /** 32 bytes that protect every secret in the database. */
  readonly rootKey: Buffer;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly makeKeyPair?: () => Promise<KeyPair>;
  /** Where the ARNs of triggers lead to, beside those of the settings. */
  readonly triggers?: TriggerTargets;
  /** How long a trigger may take, in milliseconds: five seconds, as on Cognito, unless told otherwise. */
  readonly triggerTimeLimit?: number;
  /** The key under which triggers that send messages get codes; 32 bytes. */
  readonly senderKey?: Buffer | undefined;
  /** PEM of the certificate and key to listen with; without them the house listens in the clear. */
  readonly tls?: Tls;
  /** Whether nothing else runs in the process: then the globals that answers are made of may be faster ones. */
  readonly ownsProcess?: boolean;
  /** Called once when the store can no longer be trusted: the process must end. */
  readonly onFatal?: (error: Error) => void;
}

export interface House {
  readonly app: App;
  /** Where it can be reached, without a slash at the end. */
  readonly url: string;
  /** Where its metrics are read, when it has any. */
  readonly metricsUrl: string | undefined;
  /** Answers a request without a listener in between. */
  handle(request: Request): Promise<Response>;
  /** Goes on answering but says that it is not ready, so that who balances requests sends no more. */
  drain(): void;
  /** Ends it cleanly: answers what has come, finishes what is under way, closes the database. */
  close(): Promise<void>;
}

/** Signing keys of this many pools are kept ready. */
const keptSigningKeys = 1000;

/** What was found out about this many identity providers is kept. */
const keptDiscoveries = 1000;

/** Waiting password hashes beyond this many are refused: each is some 15 ms of a core. */
const hashQueueLimit = 256;

/** Waiting powers beyond this many are refused: each is some 0.65 ms of a core. */
const powerQueueLimit = 2048;

/** So many password checks of one user wait at most. */
const passwordTurnLimit = 100;

/** Refused calls that are put on record: an attack is seen, and fills no disk. */
const refusalsOnRecord = { burst: 100, perSecond: 10 };

/** How often what has expired is deleted. */
const sweepInterval = minute;

/** Opens a house and listens. Port 0 takes a free one. What was opened is closed again when a later step fails. */
export async function openHouse(settings: Settings, fittings: Fittings): Promise<House> {
  const log = fittings.log ?? silentLog;
  const onFatal = fittings.onFatal ?? ((error: Error) => log.error({ err: error }, "the store failed"));
  const database = await openDatabase({ address: settings.database, onFatal, log });
  try {
    const listener = await listen(settings, { tls: fittings.tls, ownsProcess: fittings.ownsProcess ?? false });
    try {
      return await furnish(settings, { ...fittings, log, database, listener });
    } catch (error) {
      await listener.close();
      throw error;
    }
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The shell of a house: what must be closed whatever becomes of the rest. */
interface Shell extends Fittings {
  readonly log: Log;
  readonly database: Database;
  readonly listener: Listener;
}

async function furnish(settings: Settings, { database, listener, ...fittings }: Shell): Promise<House> {
  const { log, random = systemRandom, clock = systemClock } = fittings;
  const { db } = database;
  const passwords = passwordHasher({ limit: availableParallelism(), queue: hashQueueLimit });
  const powers = powersOnThreads({ threads: availableParallelism(), queue: powerQueueLimit });
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const url = `${fittings.tls ? "https" : "http"}://localhost:${listener.port}`;
  const vault = await openVault({ db, rootKey: fittings.rootKey, random, clock });
  const metrics = await openMetrics(settings, {
    hashes: passwords.load,
    powers: powers.load,
    connections: database.load,
    messages: () => countUndelivered(db),
  });
  const app: App = {
    settings: { ...settings, port: listener.port, publicUrl: settings.publicUrl || url },
    db,
    clock,
    random,
    vault,
    passwords,
    powers,
    passwordTurns: takeTurns(passwordTurnLimit),
    makeKeyPair: fittings.makeKeyPair ?? makeRsaKeyPair,
    signingKeys: boundedCache(keptSigningKeys),
    discoveries: boundedCache(keptDiscoveries),
    triggers: openTriggers(
      { ...settings.triggers, ...fittings.triggers },
      {
        isDev: settings.mode === "dev",
        signing: { secret: settings.triggerSecret, now: () => clock.now() },
        ...(fittings.triggerTimeLimit !== undefined && { timeLimit: fittings.triggerTimeLimit }),
      },
    ),
    outbox: openOutbox(() => app, transportsOf(settings)),
    admit: () => {
      if ((database.load()?.waiting ?? 0) >= waitingLimitOfNewcomers) throw new DatabaseBusyError("Too many wait.");
    },
    limits: openLimits({ db, clock }),
    addressLimit: openAddressLimit({ settings, clock, log, metrics: metrics?.collector ?? noMetrics }),
    logDestinations: openLogDestinations(settings.logDestinations),
    sealForSender: sealForSender(fittings.senderKey),
    log,
    recordIds: recordIdsOf(clock, random),
    recordedRefusals: allowanceOf(clock, refusalsOnRecord),
    metrics: metrics?.collector ?? noMetrics,
    closing: closing.signal,
    background: (work) => {
      const watched = work
        .catch((error: unknown) => {
          if (isOfSomethingGone(error)) log.debug({ err: error }, "what was worked on in the background is gone");
          // Who works in the background comes again by itself.
          else if (error instanceof DatabaseBusyError) log.warn({ err: error }, "work in the background has to wait");
          else log.error({ err: error }, "work in the background failed");
        })
        .finally(() => underWay.delete(watched));
      underWay.add(watched);
    },
  };
  const answer = buildDoors(app);
  listener.open(answer);
  const sweeping = keepSwept(app);
  return {
    app,
    url,
    metricsUrl: metrics?.url,
    handle: (request) => answer(request),
    drain: () => {
      closing.abort();
      listener.drain();
    },
    close: async () => {
      closing.abort();
      clearInterval(sweeping);
      app.outbox.close();
      await listener.close();
      await metrics?.close();
      await Promise.all(underWay);
      await powers.close();
      await app.triggers.close();
      await database.close();
    },
  };
}

/** A pool or a user may be deleted before work that was begun for it comes to its end. */
const isOfSomethingGone = (error: unknown): boolean =>
  error instanceof ApiError && ["ResourceNotFoundException", "UserNotFoundException"].includes(error.name);

/** Deletes what has expired and takes up what was left lying, again and again. */
function keepSwept(app: App): NodeJS.Timeout {
  let isBehind = false;
  const clean = async (): Promise<void> => {
    isBehind = true;
    await sweep(app.db, app.clock.now(), app.closing);
    await sweepAudit(app);
  };
  const sweeping = setInterval(() => {
    // What takes longer than the time between two of them is not begun twice.
    if (!isBehind) app.background(clean().finally(() => (isBehind = false)));
    app.background(resumeImports(app));
    app.background(clearAbandoned(app));
  }, sweepInterval);
  return sweeping.unref();
}

/** Begins to count, and listens for who reads it, where the settings say so. The library is loaded only then. */
async function openMetrics({ metrics }: Settings, gauges: Gauges) {
  if (!metrics) return undefined;
  const collector = await openCollector(gauges);
  const { port, close } = await listenForMetrics(metrics, collector);
  return { collector, close, url: `http://${metrics.host}:${port}/metrics` };
}

const transportsOf = ({ smtp, mailFrom, smsHook: hook, smsHookSecret }: Settings): Transports => ({
  ...(smtp !== "" && { EMAIL: smtpTransport(smtp, mailFrom) }),
  ...(hook !== "" && { SMS: smsHook(hook, smsHookSecret) }),
});

/** One line a fact. `fields` never hold a secret: what is written here is kept and shipped elsewhere. */
import { pino } from "pino";

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const nothing = (): void => undefined;

/** Keeps nothing. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const levels = ["debug", "info", "warn", "error"] as const;

/** How much a line matters: each level is written with those after it. */
export type LogLevel = (typeof levels)[number];

/** Whether a text names a level. */
export const isLogLevel = (text: string): text is LogLevel => levels.some((level) => level === text);

/** Members that hold secrets wherever they stand: a field of this name is never written. */
const secretNames = ["password", "secret", "token", "code", "session", "authorization", "cookie"];

/** What is told of an error; `code` alone is the name of a secret here. What else a driver hangs on its errors, rows and parameters among them, is left out. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    ...("code" in error && { errorCode: error.code }),
    stack,
    ...(cause instanceof Error && { cause: describeError(cause) }),
  };
}

/**
 * A log on standard error, one JSON object a line. Standard output says only that the house is ready. A line is written
 * before the call returns: what is answered afterwards has been told of, however the process ends.
 */
export const jsonLog = (level: LogLevel, descriptor = 2): Log =>
  pino(
    {
      level,
      redact: [...secretNames, ...secretNames.map((name) => `*.${name}`)],
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: describeError },
    },
    pino.destination({ fd: descriptor, sync: true }),
  );

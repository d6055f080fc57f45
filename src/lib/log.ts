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

/** Members that hold secrets wherever they stand: a field of this name is never written. */
const secretNames = ["password", "secret", "token", "code", "session", "authorization", "cookie"];

/** A log on standard error, one JSON object a line. Standard output says only that the house is ready. */
export const jsonLog = (): Log =>
  pino(
    { redact: [...secretNames, ...secretNames.map((name) => `*.${name}`)], base: null },
    pino.destination({ fd: 2, sync: true }),
  );

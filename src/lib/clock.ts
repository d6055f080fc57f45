/** The time of day, the only source of it: expiry is decided by one function that tests can set. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** Whole seconds since the epoch, as JSON Web Tokens count them. Source: RFC 7519 section 2, NumericDate. */
export const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

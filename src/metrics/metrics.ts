/**
 * What a house counts about itself: requests, how long they take, and what waits. The room owns the names of the
 * figures and the way they are written; where they are read is decided by the settings, and nothing is counted unless
 * somebody wants to read it.
 */

/** A request once it is answered. Each text is one of few: a figure is kept for every combination. */
export interface Answered {
  readonly door: "api" | "domain" | "pool" | "house";
  /** The operation on the wire, or the path of the endpoint; never what a client made up. */
  readonly operation: string;
  /** `ok`, the name of the error, or the status where there is no name. */
  readonly outcome: string;
}

/** Why a request was refused before it was served: its address tried too much, or the database has too much to do. */
export type RefusedFor = "address" | "database";

/** Counts requests. */
export interface Metrics {
  /** A request has come; what it gives is called once, when it is answered. */
  begin(): (answered: Answered) => void;
  /** A request was refused for its rate or the house's load, whatever its answer is called. */
  refuse(reason: RefusedFor): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = { begin: () => () => undefined, refuse: () => undefined };

/** What is looked at when the figures are read: each is a number of now. */
export interface Gauges {
  hashes(): { readonly running: number; readonly waiting: number };
  /** Powers of SRP that are being computed or wait. */
  powers(): number;
  /** Connections to the database, where there is a pool of them. */
  connections(): { readonly open: number; readonly idle: number; readonly waiting: number } | undefined;
  messages(): Promise<{ readonly waiting: number; readonly failed: number }>;
}

/** Metrics that can be read. */
export interface Collector extends Metrics {
  /** Everything that is known, in Prometheus' text format, and the media type of it. */
  read(): Promise<{ readonly text: string; readonly type: string }>;
}

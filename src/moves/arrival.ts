/** What is wished of an arrival, what is known of it while it lasts, and what came of it. */
import type { App } from "../app.ts";
import type { Clearing } from "../database/clearings.ts";
import type { Arriving, Row } from "./codecs.ts";
import type { Progress } from "./move.ts";

/** What an arrival reaches. */
export type ArrivalPart = Pick<App, "db" | "vault" | "clock" | "random" | "recordIds">;

/** What is asked of an import. */
export interface ArriveWishes {
  /** The id that the pool is to have; its own by default. */
  readonly poolId?: string;
  /** Whether users who are signed in stay so. */
  readonly keepsSessions: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborted when nobody wants the pool any more. */
  readonly signal?: AbortSignal;
}

/** What arrived, and how it differs from what left. */
export interface Arrival {
  readonly poolId: string;
  readonly name: string;
  readonly rows: number;
  /** Clients whose ids were taken, with the new ones. */
  readonly clientIds: ReadonlyMap<string, string>;
  /** Domains that are taken here, and so did not come. */
  readonly domainsLeftOut: readonly string[];
  /** Whether users have to give their password once before they can sign in by SRP. */
  readonly hasLostVerifiers: boolean;
}

/** An arrival that lasts. */
export interface Underway {
  readonly app: ArrivalPart;
  readonly wishes: ArriveWishes;
  readonly arriving: Arriving & { readonly clientIds: Map<string, string> };
  /** Whether the pool comes as a copy, under another id. */
  readonly isCopy: boolean;
  /** The names that it enters in the directory at the end. */
  readonly names: (readonly ["client" | "domain", string])[];
  readonly domainsLeftOut: string[];
  /** The row of the pool itself, which is kept last. */
  pool: Row | undefined;
  /** What is to be cleared away if it does not arrive, as we have it now. */
  clearing: Clearing;
  rows: number;
}

/** The region that a pool's id names. */
export const regionOf = (poolId: string): string => poolId.slice(0, poolId.indexOf("_"));

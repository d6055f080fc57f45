/** Deletes what has expired, a batch at a time, and counts users for the estimate that pools show. */
import { sql } from "kysely";
import { day, hour, minute } from "../lib/clock.ts";
import { type Expiry, eraseExpiredBatch } from "./erase.ts";
import { estimateUsers } from "./estimates.ts";
import type { Db } from "./open.ts";

/** Expired tokens and codes are kept this much longer, so that their refusal can still say that they expired. */
const keptExpired = hour;

/** Messages that were delivered or given up are kept this long: enough to be read in the inbox of dev mode. */
const messagesKept = day;

/** A count whose last failure is so old begins anew anyway, and its lock, of 15 minutes at most, is over. */
const failuresKept = hour + 15 * minute;

/** What expires, and for how many milliseconds it is kept after its time. */
const expiries: readonly (Expiry & { readonly kept: number })[] = [
  { table: "authorization_codes", column: "expires_at", kept: keptExpired },
  { table: "codes", column: "expires_at", kept: keptExpired },
  { table: "attempts_made", column: "window_ends_at", kept: keptExpired },
  { table: "signin_attempts", column: "expires_at", kept: keptExpired },
  { table: "federation_departures", column: "expires_at", kept: keptExpired },
  { table: "seen_saml_messages", column: "expires_at", kept: keptExpired },
  { table: "provider_sessions", column: "expires_at", kept: keptExpired },
  { table: "refresh_families", column: "expires_at", kept: keptExpired },
  { table: "hosted_sessions", column: "expires_at", kept: keptExpired },
  { table: "password_failures", column: "last_failed_at", kept: failuresKept },
  { table: "messages", column: "created_at", only: sql`state <> 'waiting'`, kept: messagesKept },
  { table: "auth_events", column: "expires_at", kept: 0 },
];

/**
 * Batches of each kind in one sweep: with a sweep a minute a node takes away some 800 rows of each kind a second, which
 * is more than it makes.
 */
const batchesAtMost = 100;

/** Deletes what expired before `now`, and refreshes the estimates. Others write in between. */
export async function sweep(db: Db, now: number, closing?: AbortSignal): Promise<void> {
  for (const expiry of expiries) {
    for (let batches = 0; batches < batchesAtMost && !closing?.aborted; batches++) {
      const isMore = await eraseExpiredBatch(db, expiry, now - expiry.kept);
      if (!isMore) break;
    }
  }
  await estimateUsers(db, now);
}

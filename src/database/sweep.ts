/** Deletes what has expired, a bounded number of rows at a time, and counts users for the estimate that pools show. */
import { estimateUsers } from "./estimates.ts";
import type { Db } from "./open.ts";
import { transact } from "./transact.ts";

/** Rows deleted in one statement: others write in between. */
const batch = 500;

/** Expired tokens and codes are kept this much longer, so that their refusal can still say that they expired. */
const keptExpiredMilliseconds = 60 * 60 * 1000;

/** Source: Cognito developer guide, viewing user event history: events are kept for two years. */
const eventsKeptMilliseconds = 2 * 365 * 24 * 60 * 60 * 1000;

/** Messages that were delivered or given up are kept for a day: long enough to be read in the inbox of dev mode. */
const messagesKeptMilliseconds = 24 * 60 * 60 * 1000;

/** Deletes a batch of each kind of row that expired before `now`, and refreshes the estimates. */
export async function sweep(db: Db, now: number): Promise<void> {
  const before = now - keptExpiredMilliseconds;
  await sweepCodes(db, before);
  await sweepAttempts(db, before);
  await sweepDepartures(db, before);
  await sweepSaml(db, before);
  await sweepFamilies(db, before);
  await sweepSessions(db, before);
  await sweepFailures(db, before);
  await sweepMessages(db, now - messagesKeptMilliseconds);
  await sweepEvents(db, now - eventsKeptMilliseconds);
  await estimateUsers(db, now);
}

async function sweepEvents(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    const events = await inside
      .selectFrom("auth_events")
      .select(["pool_id", "sub", "event_id"])
      .where("created_at", "<", before)
      .limit(batch)
      .execute();
    for (const row of events) {
      await inside
        .deleteFrom("auth_events")
        .where("pool_id", "=", row.pool_id)
        .where("sub", "=", row.sub)
        .where("event_id", "=", row.event_id)
        .execute();
    }
  });
}

async function sweepCodes(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    const codes = await inside
      .selectFrom("authorization_codes")
      .select(["pool_id", "code_hash"])
      .where("expires_at", "<", before)
      .limit(batch)
      .execute();
    for (const row of codes) {
      await inside
        .deleteFrom("authorization_codes")
        .where("pool_id", "=", row.pool_id)
        .where("code_hash", "=", row.code_hash)
        .execute();
    }
    await inside.deleteFrom("codes").where("expires_at", "<", before).execute();
    await inside.deleteFrom("attempts_made").where("window_ends_at", "<", before).execute();
  });
}

async function sweepAttempts(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    const attempts = await inside
      .selectFrom("signin_attempts")
      .select(["pool_id", "attempt_hash"])
      .where("expires_at", "<", before)
      .limit(batch)
      .execute();
    for (const row of attempts) {
      await inside
        .deleteFrom("signin_attempts")
        .where("pool_id", "=", row.pool_id)
        .where("attempt_hash", "=", row.attempt_hash)
        .execute();
    }
  });
}

async function sweepDepartures(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    const departures = await inside
      .selectFrom("federation_departures")
      .select(["pool_id", "state_hash"])
      .where("expires_at", "<", before)
      .limit(batch)
      .execute();
    for (const row of departures) {
      await inside
        .deleteFrom("federation_departures")
        .where("pool_id", "=", row.pool_id)
        .where("state_hash", "=", row.state_hash)
        .execute();
    }
  });
}

/** One statement each: they are as many as there are sign-ins with SAML providers in an hour. */
async function sweepSaml(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    await inside.deleteFrom("seen_saml_messages").where("expires_at", "<", before).execute();
    await inside.deleteFrom("provider_sessions").where("expires_at", "<", before).execute();
  });
}

async function sweepFamilies(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    const families = await inside
      .selectFrom("refresh_families")
      .select(["pool_id", "family"])
      .where("expires_at", "<", before)
      .limit(batch)
      .execute();
    for (const row of families) {
      await inside
        .deleteFrom("refresh_families")
        .where("pool_id", "=", row.pool_id)
        .where("family", "=", row.family)
        .execute();
    }
  });
}

async function sweepSessions(db: Db, before: number): Promise<void> {
  await transact(db, async (inside) => {
    const sessions = await inside
      .selectFrom("hosted_sessions")
      .select(["pool_id", "session_hash"])
      .where("expires_at", "<", before)
      .limit(batch)
      .execute();
    for (const row of sessions) {
      await inside
        .deleteFrom("hosted_sessions")
        .where("pool_id", "=", row.pool_id)
        .where("session_hash", "=", row.session_hash)
        .execute();
    }
  });
}

/** A count that is so old begins anew anyway. Those of names that nobody has would stay for ever. */
async function sweepFailures(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom("password_failures")
    .where("last_failed_at", "<", before)
    .where("locked_until", "<", before)
    .execute();
}

async function sweepMessages(db: Db, before: number): Promise<void> {
  await db.deleteFrom("messages").where("state", "!=", "waiting").where("created_at", "<", before).execute();
}

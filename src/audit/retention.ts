import type { App } from "../app.ts";
import { day } from "../lib/clock.ts";
import { idPrefixAt } from "./record-id.ts";
import { deleteRecordsBefore } from "./store.ts";

type Part = Pick<App, "db" | "clock" | "settings" | "closing">;

/** Batches in one sweep: more than are made in the minute between two of them. */
const batchesAtMost = 100;

/** Deletes records that are older than the settings want them kept, a batch at a time; 0 days keeps all. */
export async function sweepAudit({ db, clock, settings, closing }: Part): Promise<void> {
  if (settings.auditDays === 0) return;
  const oldest = idPrefixAt(clock.now() - settings.auditDays * day);
  for (let batches = 0; batches < batchesAtMost && !closing.aborted; batches++) {
    const isMore = await deleteRecordsBefore(db, oldest);
    if (!isMore) return;
  }
}

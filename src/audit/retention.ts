import type { App } from "../app.ts";
import { day } from "../lib/clock.ts";
import { idPrefixAt } from "./record-id.ts";
import { deleteRecordsBefore } from "./store.ts";

/** Deletes a bounded number of records that are older than the settings want them kept; 0 days keeps all. */
export async function sweepAudit({ db, clock, settings }: Pick<App, "db" | "clock" | "settings">): Promise<void> {
  if (settings.auditDays === 0) return;
  await deleteRecordsBefore(db, idPrefixAt(clock.now() - settings.auditDays * day));
}

import { hotWrite } from "../database/hot-query.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { Act, Actor, AuditRecord } from "./act.ts";

const writeRecord = hotWrite((db, row: Schema["audit_records"]) =>
  db.insertInto("audit_records").values({
    record_id: row.record_id,
    at: row.at,
    pool: row.pool,
    user_sub: row.user_sub,
    actor_kind: row.actor_kind,
    actor: row.actor,
    act: row.act,
    target: row.target,
    outcome: row.outcome,
    request_id: row.request_id,
    address: row.address,
    details: row.details,
  }),
);

/** Keeps a record. */
export async function insertRecord(db: Db, record: AuditRecord): Promise<void> {
  await writeRecord(db, {
    record_id: record.id,
    at: record.at,
    pool: record.pool,
    user_sub: record.userSub,
    actor_kind: record.actor.kind,
    actor: "id" in record.actor ? record.actor.id : null,
    act: record.name,
    target: toJson(record.target),
    outcome: record.outcome,
    request_id: record.requestId ?? null,
    address: record.address ?? null,
    details: toJson(record.details),
  });
}

/** Writes down how an act ended. What it has made is told where nothing was known before. */
export async function updateOutcome(
  db: Db,
  id: string,
  {
    outcome,
    made = {},
  }: { readonly outcome: string; readonly made?: Partial<Pick<Act, "pool" | "userSub" | "target">> },
): Promise<void> {
  await db
    .updateTable("audit_records")
    .set({
      outcome,
      ...(made.pool !== undefined && { pool: made.pool }),
      ...(made.userSub !== undefined && { user_sub: made.userSub }),
      ...(made.target !== undefined && { target: toJson(made.target) }),
    })
    .where("record_id", "=", id)
    .execute();
}

/** Which records are asked for. */
export interface RecordFilter {
  readonly pool?: string | undefined;
  readonly userSub?: string | undefined;
  /** Records whose ids sort behind this one, or behind the beginning of one. */
  readonly after: string;
  readonly limit: number;
}

/** Records from the oldest. */
export async function listRecords(db: Db, { pool, userSub, after, limit }: RecordFilter): Promise<AuditRecord[]> {
  let query = db.selectFrom("audit_records").selectAll().where("record_id", ">", after);
  if (pool !== undefined) query = query.where("pool", "=", pool);
  if (userSub !== undefined) query = query.where("user_sub", "=", userSub);
  const rows = await query.orderBy("record_id").limit(limit).execute();
  return rows.map(toRecord);
}

const deletedAtOnce = 500;

/** Deletes some of the records before an id. False when no more are left. */
export async function deleteRecordsBefore(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("audit_records")
    .where("record_id", "in", (inner) =>
      inner
        .selectFrom("audit_records")
        .select("record_id")
        .where("record_id", "<", id)
        .orderBy("record_id")
        .limit(deletedAtOnce),
    )
    .executeTakeFirst();
  return numDeletedRows >= deletedAtOnce;
}

const toRecord = (row: Schema["audit_records"]): AuditRecord => ({
  id: row.record_id,
  at: row.at,
  pool: row.pool,
  userSub: row.user_sub,
  actor: toActor(row.actor_kind, row.actor ?? ""),
  name: row.act,
  target: fromJson(row.target),
  outcome: row.outcome,
  requestId: row.request_id ?? undefined,
  address: row.address ?? undefined,
  details: fromJson(row.details),
});

const toActor = (kind: Actor["kind"], id: string): Actor =>
  kind === "key" || kind === "user" ? { kind, id } : { kind };

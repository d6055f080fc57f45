import type { UserImportJobStatusType } from "../contract/types.gen.ts";
import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import { fromJson, toJson } from "../lib/json-text.ts";
import type { ImportJob } from "./job.ts";

/** Which job. */
export interface JobKey {
  readonly poolId: string;
  readonly id: string;
}

/** Keeps a new job. */
export async function insertJob(db: Db, job: ImportJob): Promise<void> {
  await db
    .insertInto("import_jobs")
    .values({
      pool_id: job.poolId,
      job_id: job.id,
      name: job.name,
      settings: toJson(job.settings),
      status: job.status,
      upload: job.upload,
      rows_done: 0,
      imported: 0,
      skipped: 0,
      failed: 0,
      message: null,
      leased_until: 0,
      created_at: job.createdAt,
      started_at: null,
      completed_at: null,
    })
    .execute();
}

/** The job of this id. */
export async function findJob(db: Db, { poolId, id }: JobKey): Promise<ImportJob | undefined> {
  const row = await db
    .selectFrom("import_jobs")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .executeTakeFirst();
  return row && toJob(row);
}

/** How many jobs a pool has. */
export async function countJobs(db: Db, poolId: string): Promise<number> {
  const row = await db
    .selectFrom("import_jobs")
    .select(({ fn }) => fn.countAll<number>().as("jobs"))
    .where("pool_id", "=", poolId)
    .executeTakeFirstOrThrow();
  return Number(row.jobs);
}

/** A pool's jobs from the newest, those before a position. */
export async function listJobs(
  db: Db,
  poolId: string,
  { before, limit }: { readonly before: readonly [createdAt: number, id: string] | undefined; readonly limit: number },
): Promise<ImportJob[]> {
  let query = db.selectFrom("import_jobs").selectAll().where("pool_id", "=", poolId);
  if (before) {
    const [createdAt, id] = before;
    query = query.where((where) =>
      where.or([
        where("created_at", "<", createdAt),
        where.and([where("created_at", "=", createdAt), where("job_id", ">", id)]),
      ]),
    );
  }
  const rows = await query.orderBy("created_at", "desc").orderBy("job_id").limit(limit).execute();
  return rows.map(toJob);
}

/** What changes when a job goes on. */
export interface Transition {
  readonly from: readonly UserImportJobStatusType[];
  readonly to: UserImportJobStatusType;
  readonly message?: string;
  readonly startedAt?: number;
  readonly completedAt?: number;
}

/** Moves a job on. False when it is in none of the states that it could move on from. */
export async function moveJob(db: Db, { poolId, id }: JobKey, change: Transition): Promise<boolean> {
  const row = await db
    .updateTable("import_jobs")
    .set({
      status: change.to,
      ...(change.message !== undefined && { message: change.message }),
      ...(change.startedAt !== undefined && { started_at: change.startedAt }),
      ...(change.completedAt !== undefined && { completed_at: change.completedAt }),
    })
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("status", "in", [...change.from])
    .returning("job_id")
    .executeTakeFirst();
  return row !== undefined;
}

const running: readonly UserImportJobStatusType[] = ["Pending", "InProgress", "Stopping"];

/** Takes a running job for this node until a time. False when another node has it. */
export async function leaseJob(
  db: Db,
  { poolId, id }: JobKey,
  { now, until, held }: { readonly now: number; readonly until: number; readonly held: boolean },
): Promise<boolean> {
  let query = db
    .updateTable("import_jobs")
    .set({ leased_until: until })
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("status", "in", [...running]);
  if (!held) query = query.where("leased_until", "<=", now);
  return (await query.returning("job_id").executeTakeFirst()) !== undefined;
}

/** Jobs that run and that no node has. */
export async function findAbandonedJobs(db: Db, now: number, limit: number): Promise<JobKey[]> {
  const rows = await db
    .selectFrom("import_jobs")
    .select(["pool_id", "job_id"])
    .where("status", "in", [...running])
    .where("leased_until", "<=", now)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ poolId: row.pool_id, id: row.job_id }));
}

/** What a batch of rows came to. */
export interface Tally {
  readonly rows: number;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
}

/** Adds a batch to the counts of a job, in the transaction of the batch. False when it was counted by another node. */
export async function addTally(db: Db, { poolId, id }: JobKey, rowsBefore: number, tally: Tally): Promise<boolean> {
  const row = await db
    .updateTable("import_jobs")
    .set((eb) => ({
      rows_done: rowsBefore + tally.rows,
      imported: eb("imported", "+", tally.imported),
      skipped: eb("skipped", "+", tally.skipped),
      failed: eb("failed", "+", tally.failed),
    }))
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("rows_done", "=", rowsBefore)
    .returning("job_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** A row that made no user. */
export interface Fault {
  readonly line: number;
  readonly outcome: "skipped" | "failed";
  readonly reason: string;
}

/** Keeps why rows made no user. A job that is taken up again may find what was wrong a second time. */
export async function insertFaults(db: Db, { poolId, id }: JobKey, faults: readonly Fault[]): Promise<void> {
  if (faults.length === 0) return;
  await db
    .insertInto("import_faults")
    .values(faults.map((fault) => ({ pool_id: poolId, job_id: id, ...fault })))
    .onConflict((conflict) => conflict.columns(["pool_id", "job_id", "line"]).doNothing())
    .execute();
}

/** Up to `limit` rows that made no user, those after a line. */
export async function listFaults(
  db: Db,
  { poolId, id }: JobKey,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Fault[]> {
  return db
    .selectFrom("import_faults")
    .select(["line", "outcome", "reason"])
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("line", ">", after)
    .orderBy("line")
    .limit(limit)
    .execute();
}

/** Forgets every file of a job. */
export async function deleteFiles(db: Db, { poolId, id }: JobKey): Promise<void> {
  await db.deleteFrom("import_parts").where("pool_id", "=", poolId).where("job_id", "=", id).execute();
}

/** A file that was put to a job, or is being put. */
export interface UploadKey extends JobKey {
  readonly upload: string;
}

/** Forgets one file of a job. */
export async function deleteFile(db: Db, { poolId, id, upload }: UploadKey): Promise<void> {
  await db
    .deleteFrom("import_parts")
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("upload", "=", upload)
    .execute();
}

/**
 * Makes a whole file the file of its job, in place of the one that was there when it began to come. False when the job
 * was started meanwhile, or another file came first.
 */
export async function adoptFile(db: Db, { poolId, id, upload }: UploadKey, instead: string): Promise<boolean> {
  const row = await db
    .updateTable("import_jobs")
    .set({ upload })
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("status", "=", "Created")
    .where("upload", "=", instead)
    .returning("job_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps a part of a file. */
export async function insertPart(
  db: Db,
  { poolId, id, upload }: UploadKey,
  part: number,
  content: string,
): Promise<void> {
  await db.insertInto("import_parts").values({ pool_id: poolId, job_id: id, upload, part, content }).execute();
}

/** A part of a file, or undefined after the last. */
export async function findPart(db: Db, { poolId, id, upload }: UploadKey, part: number): Promise<string | undefined> {
  const row = await db
    .selectFrom("import_parts")
    .select("content")
    .where("pool_id", "=", poolId)
    .where("job_id", "=", id)
    .where("upload", "=", upload)
    .where("part", "=", part)
    .executeTakeFirst();
  return row?.content;
}

/** Jobs that nobody started and that were made before a time. */
export async function findForgottenJobs(db: Db, before: number, limit: number): Promise<JobKey[]> {
  const rows = await db
    .selectFrom("import_jobs")
    .select(["pool_id", "job_id"])
    .where("status", "=", "Created")
    .where("created_at", "<=", before)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ poolId: row.pool_id, id: row.job_id }));
}

const toJob = (row: Schema["import_jobs"]): ImportJob => ({
  poolId: row.pool_id,
  id: row.job_id,
  name: row.name,
  settings: fromJson(row.settings),
  status: row.status,
  upload: row.upload,
  rowsDone: row.rows_done,
  imported: row.imported,
  skipped: row.skipped,
  failed: row.failed,
  message: row.message ?? undefined,
  createdAt: row.created_at,
  startedAt: row.started_at ?? undefined,
  completedAt: row.completed_at ?? undefined,
});

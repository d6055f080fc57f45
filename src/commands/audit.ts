/** `poolhouse audit`: who did what, from the oldest record that is asked for, and on as they come. */
import { stdout } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { type AuditRecord, begun } from "../audit/act.ts";
import { idPrefixAt } from "../audit/record-id.ts";
import { listRecords, type RecordFilter } from "../audit/store.ts";
import type { Db } from "../database/open.ts";
import { withSnapshot } from "../database/snapshot.ts";
import { day, hour, minute, second } from "../lib/clock.ts";
import { silentLog } from "../lib/log.ts";
import { findPool } from "../pools/store.ts";
import type { Given } from "../settings.ts";
import { findUser } from "../users/store.ts";
import { databaseOf } from "./with-store.ts";

const pageRecords = 500;

/** What is shown when nothing is said of a time. */
const usualSpan = day;

/** While following, how often it is looked for more. */
const followPause = second;

/**
 * A record may be committed after one that was made later. So far back is looked again while following.
 */
const latecomers = 15 * second;

/** Writes the records that the flags ask for, as a table or as lines of JSON. */
export async function runAudit(given: Given): Promise<void> {
  const database = { address: databaseOf(given), log: silentLog };
  const isFollowing = given["follow"] === true;
  const shower: Shower = { write: given["json"] === true ? writeJson : writeLine, isFollowing };
  const from = sinceOf(given["since"], Date.now());
  const wanted = await withSnapshot(database, (db) => filterOf(db, given));
  const first = { ...wanted, after: idPrefixAt(from) };
  let shown = await withSnapshot(database, (db) => show(db, first, new Set(), shower));
  while (isFollowing) {
    await pause(followPause);
    const after = idPrefixAt(Math.max(from, Date.now() - latecomers));
    const before = shown;
    shown = await withSnapshot(database, (db) => show(db, { ...wanted, after }, before, shower));
  }
}

type Filter = Omit<RecordFilter, "limit">;

/** How records are shown. */
interface Shower {
  readonly write: (record: AuditRecord) => void;
  readonly isFollowing: boolean;
}

/** A call that has not ended is shown when it has, or when it will not: it is met again as long as latecomers are. */
const stillRuns = ({ outcome, at }: AuditRecord): boolean => outcome === begun && at > Date.now() - latecomers / 2;

/** Shows what was not shown before, and gives the ids of what a later look may meet again. */
async function show(
  db: Db,
  filter: Filter,
  before: ReadonlySet<string>,
  { write, isFollowing }: Shower,
): Promise<ReadonlySet<string>> {
  let shown = new Set<string>();
  for (let after = filter.after; ; ) {
    const records = await listRecords(db, { ...filter, after, limit: pageRecords });
    const ended = isFollowing ? records.filter((record) => !stillRuns(record)) : records;
    for (const record of ended.filter(({ id }) => !before.has(id))) write(record);
    const recent = idPrefixAt(Date.now() - latecomers);
    shown = new Set([...shown, ...ended.map(({ id }) => id)].filter((id) => id >= recent));
    const last = records.at(-1);
    if (!last || records.length < pageRecords) return shown;
    after = last.id;
  }
}

/** Users are named by their sub or, where the pool is named too, by any of their names. */
async function filterOf(db: Db, { pool: poolId, user }: Given): Promise<Pick<Filter, "pool" | "userSub">> {
  const pool = typeof poolId === "string" ? poolId : undefined;
  if (typeof user !== "string") return { pool };
  const known = pool === undefined ? undefined : await findPool(db, pool);
  const found = known && (await findUser(db, known, user));
  return { pool, userSub: found?.sub ?? user };
}

const spans: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day };

/** A time, or how long ago: `2026-05-01`, `2026-05-01T12:00:00Z`, `90m`, `7d`. */
function sinceOf(text: unknown, now: number): number {
  if (typeof text !== "string") return now - usualSpan;
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (spans[unit] ?? 0);
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new Error(
    `--since takes a time such as 2026-05-01T12:00:00Z, or how long ago, such as 90m or 7d; not ${text}.`,
  );
}

const writeJson = ({ at, ...record }: AuditRecord): void =>
  void stdout.write(`${JSON.stringify({ at: new Date(at).toISOString(), ...record })}\n`);

const writeLine = (record: AuditRecord): void => void stdout.write(`${lineOf(record)}\n`);

/** A record as a person reads it: when, who, what, how it ended, and on what. */
export function lineOf({ at, actor, name, outcome, pool, userSub, target, address, details }: AuditRecord): string {
  const who = "id" in actor ? `${actor.kind} ${actor.id}` : actor.kind;
  const what = [
    ...(pool === null ? [] : [pool]),
    ...(userSub === null ? [] : [`user ${userSub}`]),
    ...Object.entries(target).map(([member, value]) => `${member} ${value}`),
    ...(details.attributes ?? []).map((attribute) => `attribute ${attribute}`),
    ...(details.reason === undefined ? [] : [`because: ${details.reason}`]),
    ...(details.passedOver === undefined ? [] : [`after ${details.passedOver} refusals that are not shown`]),
    ...(address === undefined ? [] : [`from ${address}`]),
  ];
  return `${new Date(at).toISOString()}  ${who}  ${name}  ${outcome}  ${what.join(", ")}`.trimEnd();
}

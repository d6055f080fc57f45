/**
 * The arrival of a pool: its rows are kept a bounded number a transaction, and nobody sees it before the last
 * transaction enters it among the pools. What does not get so far is taken away again, at once or, when the process
 * died, by whoever sweeps next.
 */
import type { App } from "../app.ts";
import { recordByCommand } from "../audit/act.ts";
import { newClientId } from "../clients/client.ts";
import { transact, withTransaction } from "../database/transact.ts";
import { minute } from "../lib/clock.ts";
import { customPoolId } from "../pools/pool.ts";
import { enterDirectory, lookUp } from "../pools/store.ts";
import { type Arriving, ColumnFault, type Row } from "./codecs.ts";
import { type Header, MoveError, type Progress } from "./move.ts";
import type { Parcel, ParcelRow } from "./parcel.ts";
import { deleteArrival, eraseSomeRows, findAbandonedArrivals, insertArrival, insertRows, moveLease } from "./store.ts";
import { type TravellingTable, travellingTables } from "./travel.ts";

type Part = Pick<App, "db" | "vault" | "clock" | "random" | "recordIds">;

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

/** An import that says nothing for so long has died. */
const lease = minute;

/** Rows of more text than this are kept before there are as many as a table takes at once. */
const batchLimitBytes = 4 * 1024 * 1024;

/** An arrival that lasts. */
interface Underway {
  readonly app: Part;
  readonly wishes: ArriveWishes;
  readonly arriving: Arriving & { readonly clientIds: Map<string, string> };
  /** Whether the pool comes as a copy, under another id. */
  readonly isCopy: boolean;
  /** The names that it enters in the directory at the end. */
  readonly names: (readonly ["client" | "domain", string])[];
  readonly domainsLeftOut: string[];
  /** The row of the pool itself, which is kept last. */
  pool: Row | undefined;
  leasedUntil: number;
  rows: number;
}

/**
 * Makes the pool of a parcel here. @throws MoveError; whatever is thrown, nothing of the pool was kept
 */
export async function importPool(app: Part, { header, rows }: Parcel, wishes: ArriveWishes): Promise<Arrival> {
  checkWishes(header, wishes);
  const poolId = wishes.poolId ?? header.poolId;
  const leasedUntil = await claim(app, poolId, wishes.keepsSessions ? header.keys : undefined);
  const underway: Underway = {
    app,
    wishes,
    isCopy: poolId !== header.poolId,
    arriving: {
      poolId,
      keys: await app.vault.poolKeys(app.db, poolId),
      keepsVerifiers: nameOf(poolId) === nameOf(header.poolId),
      clientIds: new Map(),
      signedOutAt: wishes.keepsSessions ? 0 : app.clock.now(),
    },
    names: [],
    domainsLeftOut: [],
    pool: undefined,
    leasedUntil,
    rows: 0,
  };
  try {
    await keepRows(underway, rows);
    await enter(underway);
  } catch (error) {
    await takeAway(app, poolId, underway.leasedUntil);
    throw error;
  }
  return {
    poolId,
    name: header.name,
    rows: underway.rows,
    clientIds: underway.arriving.clientIds,
    domainsLeftOut: underway.domainsLeftOut,
    hasLostVerifiers: !underway.arriving.keepsVerifiers,
  };
}

const nameOf = (poolId: string): string => poolId.slice(poolId.indexOf("_") + 1);
const regionOf = (poolId: string): string => poolId.slice(0, poolId.indexOf("_"));

function checkWishes(header: Header, { poolId, keepsSessions }: ArriveWishes): void {
  const id = poolId ?? header.poolId;
  if (customPoolId(regionOf(id), id) !== id) {
    throw new MoveError(`${id} cannot be the id of a pool: it takes a region, an underscore, and letters and digits.`);
  }
  if (!keepsSessions) return;
  if (!header.keys) {
    throw new MoveError("The export holds no sessions. Export the pool with --keep-sessions, or import it without.");
  }
  if (poolId !== undefined && poolId !== header.poolId) {
    throw new MoveError("Sessions belong to the pool's own id: give either --as or --keep-sessions.");
  }
}

/** Claims the id, by the pool's keys, and gives until when it is ours. */
async function claim(app: Part, poolId: string, keys: Header["keys"]): Promise<number> {
  await clearAbandonedArrivals(app);
  const leasedUntil = app.clock.now() + lease;
  await withTransaction(app, async ({ db, vault }) => {
    const isOurs = keys ? await vault.adoptPoolKeys(db, poolId, keys) : await vault.createPoolKeys(db, poolId);
    if (!isOurs) {
      throw new MoveError(
        `The pool ${poolId} exists here already, or is being imported. Delete it first, wait a minute where an import of it was interrupted, or give this one another id with --as.`,
      );
    }
    await insertArrival(db, poolId, leasedUntil);
  });
  return leasedUntil;
}

const tables = new Map<string, TravellingTable>(travellingTables.map((table) => [table.name, table]));

async function keepRows(underway: Underway, rows: AsyncIterable<ParcelRow>): Promise<void> {
  let batch: Row[] = [];
  let batchBytes = 0;
  let table: TravellingTable | undefined;
  for await (const { kind, row, sizeBytes } of rows) {
    const isFull = table && (batch.length >= table.rowsAtOnce || batchBytes >= batchLimitBytes);
    if (table && (table.name !== kind || isFull)) {
      await keepBatch(underway, table, batch);
      batch = [];
      batchBytes = 0;
    }
    table = tables.get(kind);
    if (!table) throw new MoveError(`The export holds ${kind}, which this release does not know. Use a newer one.`);
    const arrived = await arrive(underway, table, row);
    if (!arrived) continue;
    batch.push(arrived);
    batchBytes += sizeBytes;
  }
  if (table) await keepBatch(underway, table, batch);
}

/** The row as it is kept here; undefined for one that does not come. */
async function arrive(underway: Underway, table: TravellingTable, row: Row): Promise<Row | undefined> {
  const { arriving, wishes, isCopy } = underway;
  if (table.isSession && !wishes.keepsSessions) return undefined;
  if (table.name === "clients") await nameClient(underway, row);
  if (table.name === "domains" && !(await mayHaveDomain(underway, row))) return undefined;
  const arrived = readRow(arriving, table, row);
  if (table.name !== "pools") return arrived;
  underway.pool = isCopy ? { ...arrived, region: regionOf(arriving.poolId) } : arrived;
  return undefined;
}

/** A client keeps its id unless the pool is a copy and somebody has it. */
async function nameClient({ app, arriving, names, isCopy }: Underway, row: Row): Promise<void> {
  const id = String(row["client_id"]);
  const isTaken = (await lookUp(app.db, "client", id)) !== undefined;
  if (isTaken && !isCopy) throw new MoveError(`The client id ${id} belongs to another pool here.`);
  if (isTaken) arriving.clientIds.set(id, newClientId(app.random));
  names.push(["client", arriving.clientIds.get(id) ?? id]);
}

/** A domain comes unless the pool is a copy and somebody has it. */
async function mayHaveDomain({ app, names, domainsLeftOut, isCopy }: Underway, row: Row): Promise<boolean> {
  const name = String(row["domain"]);
  const isTaken = (await lookUp(app.db, "domain", name)) !== undefined;
  if (isTaken && !isCopy) throw new MoveError(`The domain ${name} belongs to another pool here.`);
  if (isTaken) domainsLeftOut.push(name);
  else names.push(["domain", name]);
  return !isTaken;
}

function readRow(arriving: Arriving, { name, columns }: TravellingTable, row: Row): Row {
  const unknown = Object.keys(row).find((column) => !columns.has(column));
  if (unknown !== undefined) {
    throw new MoveError(`The export holds ${unknown} of ${name}, which this release does not know. Use a newer one.`);
  }
  const values = [...columns].map(([column, codec]) => {
    try {
      return [column, codec.read(arriving, row[column], row)] as const;
    } catch (error) {
      if (!(error instanceof ColumnFault)) throw error;
      throw new MoveError(`The export was altered: ${column} of ${name} ${error.message}.`, { cause: error });
    }
  });
  return { ...Object.fromEntries(values), pool_id: arriving.poolId };
}

async function keepBatch(underway: Underway, table: TravellingTable, rows: readonly Row[]): Promise<void> {
  const { app, wishes, arriving } = underway;
  if (wishes.signal?.aborted) throw new MoveError("The import was interrupted. Nothing was kept.");
  if (rows.length === 0) return;
  const to = Math.max(app.clock.now() + lease, underway.leasedUntil);
  await transact(app.db, async (db) => {
    if (!(await moveLease(db, arriving.poolId, { from: underway.leasedUntil, to }))) throw tookTooLong();
    await insertRows(db, table, rows).catch((error: unknown) => {
      throw isTaken(error)
        ? new MoveError(`Two rows of ${table.name} claim the same name or id.`, { cause: error })
        : error;
    });
  });
  underway.leasedUntil = to;
  underway.rows += rows.length;
  wishes.onProgress?.({ rows: underway.rows });
}

/** What the engines say of a key that there is already. Source: sqlite.org/rescode.html; PostgreSQL manual, appendix A. */
const takenCodes: ReadonlySet<unknown> = new Set([1555, 2067, "23505"]);

const isTaken = (error: unknown): boolean =>
  error instanceof Error &&
  (("errcode" in error && takenCodes.has(error.errcode)) || ("code" in error && takenCodes.has(error.code)));

const tookTooLong = (): MoveError =>
  new MoveError("The import stood still for too long and was taken away. Try again.");

/** The switch: from here on the pool exists. */
async function enter({ app, arriving, names, pool, leasedUntil }: Underway): Promise<void> {
  const table = tables.get("pools");
  if (!pool || !table) throw new MoveError("The export holds no pool: it was altered.");
  await transact(app.db, async (db) => {
    if (!(await deleteArrival(db, arriving.poolId, leasedUntil))) throw tookTooLong();
    await insertRows(db, table, [pool]);
    for (const [kind, name] of names) {
      if (await enterDirectory(db, kind, name, arriving.poolId)) continue;
      throw new MoveError(`The ${kind} ${name} was taken by another pool while this one arrived.`);
    }
    await recordByCommand({ ...app, db }, { name: "import", pool: arriving.poolId });
  });
}

/**
 * Takes away what came of an arrival, a bounded number of rows at a time, and gives its id back; unless somebody else
 * has taken it meanwhile, who does the same.
 */
async function takeAway(app: Pick<App, "db" | "vault" | "clock">, poolId: string, leasedUntil: number): Promise<void> {
  let held = leasedUntil;
  for (let isMore = true; isMore; ) {
    const to = Math.max(app.clock.now() + lease, held);
    isMore = await transact(
      app.db,
      async (db) => (await moveLease(db, poolId, { from: held, to })) && (await eraseSomeRows(db, poolId)),
    );
    held = to;
  }
  await withTransaction(app, async ({ db, vault }) => {
    if (await deleteArrival(db, poolId, held)) await vault.destroyPoolKeys(db, poolId);
  });
}

const clearedAtOnce = 10;

/** Takes away what came of imports whose process died. */
export async function clearAbandonedArrivals(app: Pick<App, "db" | "vault" | "clock">): Promise<void> {
  for (const { poolId, leasedUntil } of await findAbandonedArrivals(app.db, app.clock.now(), clearedAtOnce)) {
    await takeAway(app, poolId, leasedUntil);
  }
}

/**
 * The arrival of a pool: its rows are kept a bounded number a transaction, and nobody sees it before the last
 * transaction enters it among the pools. What does not get so far is taken away again, at once or, when the process
 * died, by whoever sweeps next.
 */
import { recordByCommand } from "../audit/act.ts";
import { type Clearing, endClearing, moveLease, noteClearing } from "../database/clearings.ts";
import { transact, withTransaction } from "../database/transact.ts";
import {
  claimPoolId,
  clearDeadImport,
  clearingLease,
  clearWhole,
  finishDeletion,
  leaseAfter,
} from "../pools/clearing.ts";
import { customPoolId } from "../pools/pool.ts";
import { enterDirectory } from "../pools/store.ts";
import { type Arrival, type ArrivalPart, type ArriveWishes, regionOf, type Underway } from "./arrival.ts";
import { arrive } from "./arriving-row.ts";
import type { Row } from "./codecs.ts";
import { type Header, MoveError } from "./move.ts";
import type { Parcel, ParcelRow } from "./parcel.ts";
import { insertRows } from "./store.ts";
import { type TravellingTable, travellingTables } from "./travel.ts";

/** Rows of more text than this are kept before there are as many as a table takes at once. */
const batchLimitBytes = 4 * 1024 * 1024;

/**
 * Makes the pool of a parcel here. @throws MoveError; whatever is thrown, nothing of the pool was kept
 */
export async function importPool(app: ArrivalPart, { header, rows }: Parcel, wishes: ArriveWishes): Promise<Arrival> {
  checkWishes(header, wishes);
  const poolId = wishes.poolId ?? header.poolId;
  const clearing = await claim(app, poolId, wishes.keepsSessions ? header.keys : undefined);
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
    clearing,
    rows: 0,
  };
  try {
    await keepRows(underway, rows);
    await enter(underway);
  } catch (error) {
    await clearWhole(app, underway.clearing);
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

/** Claims the id, and gives what would be to be cleared away if the pool did not arrive. */
async function claim(app: ArrivalPart, poolId: string, keys: Header["keys"]): Promise<Clearing> {
  await clearDeadImport(app, poolId);
  await finishDeletion(app, poolId);
  const clearing = { poolId, sub: "", reason: "import", leasedUntil: app.clock.now() + clearingLease } as const;
  await withTransaction(app, async (inside) => {
    const claimed = await claimPoolId(inside, poolId, keys);
    if (claimed === "leaving") throw new MoveError(`The pool ${poolId} is still being deleted. Try again in a moment.`);
    if (claimed === "taken") {
      throw new MoveError(
        `The pool ${poolId} exists here already, or is being imported. Delete it first, wait a minute where an import of it was interrupted, or give this one another id with --as.`,
      );
    }
    await noteClearing(inside.db, clearing);
  });
  return clearing;
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

async function keepBatch(underway: Underway, table: TravellingTable, rows: readonly Row[]): Promise<void> {
  const { app, wishes } = underway;
  if (wishes.signal?.aborted) throw new MoveError("The import was interrupted. Nothing was kept.");
  if (rows.length === 0) return;
  const held = underway.clearing;
  const to = leaseAfter(app.clock.now(), held);
  await transact(app.db, async (db) => {
    if (!(await moveLease(db, held, to))) throw tookTooLong();
    await insertRows(db, table, rows).catch((error: unknown) => {
      throw isTaken(error)
        ? new MoveError(`Two rows of ${table.name} claim the same name or id.`, { cause: error })
        : error;
    });
  });
  underway.clearing = { ...held, leasedUntil: to };
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
async function enter({ app, arriving, names, pool, clearing }: Underway): Promise<void> {
  const table = tables.get("pools");
  if (!pool || !table) throw new MoveError("The export holds no pool: it was altered.");
  await transact(app.db, async (db) => {
    if (!(await endClearing(db, clearing))) throw tookTooLong();
    await insertRows(db, table, [pool]);
    for (const [kind, name] of names) {
      if (await enterDirectory(db, kind, name, arriving.poolId)) continue;
      throw new MoveError(`The ${kind} ${name} was taken by another pool while this one arrived.`);
    }
    await recordByCommand({ ...app, db }, { name: "import", pool: arriving.poolId });
  });
}

/** Writes a pool as lines: a bounded number of rows at a time, whatever the pool's size. */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import { findPool } from "../pools/store.ts";
import type { Leaving, Row } from "./codecs.ts";
import { type End, endKind, formatVersion, type Header, headerKind, MoveError, type Progress } from "./move.ts";
import { listRows } from "./store.ts";
import { type TravellingTable, travellingTables } from "./travel.ts";

/** What is asked of an export. */
export interface LeaveWishes {
  /** Whether what users who are signed in hold goes on to work where the pool arrives. */
  readonly keepsSessions: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * The lines of a pool, each with its end, many at a time. `db` should show one moment: lines that were read at different
 * ones may not agree. @throws MoveError when there is no such pool
 */
export async function* exportPool(
  app: Pick<App, "db" | "vault" | "clock">,
  poolId: string,
  { keepsSessions, onProgress }: LeaveWishes,
): AsyncGenerator<string> {
  const digest = createHash("sha256");
  let lines = 0;
  const told = (text: string, count: number): string => {
    digest.update(text);
    lines += count;
    return text;
  };
  const header = await headerOf(app, poolId, keepsSessions);
  yield told(lineOf(header), 1);
  const leaving: Leaving = { poolId, keys: await app.vault.poolKeys(app.db, poolId) };
  let rows = 0;
  for (const table of travellingTables.filter(({ isSession }) => keepsSessions || !isSession)) {
    for await (const batch of batchesOf(app, table, poolId)) {
      yield told(
        batch.map((row) => lineOf({ kind: table.name, row: writeRow(leaving, table, row) })).join(""),
        batch.length,
      );
      rows += batch.length;
      onProgress?.({ rows });
    }
  }
  const end: End = { kind: endKind, lines, sha256: digest.digest("hex") };
  yield lineOf(end);
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

async function headerOf(
  app: Pick<App, "db" | "vault" | "clock">,
  poolId: string,
  keepsSessions: boolean,
): Promise<Header> {
  const pool = await findPool(app.db, poolId);
  if (!pool) throw new MoveError(`There is no pool ${poolId}.`);
  return {
    kind: headerKind,
    version: formatVersion,
    poolId,
    region: pool.region,
    name: pool.name,
    madeAt: new Date(app.clock.now()).toISOString(),
    ...(keepsSessions && { keys: await app.vault.revealPoolKeys(app.db, poolId) }),
  };
}

async function* batchesOf(app: Pick<App, "db">, table: TravellingTable, poolId: string): AsyncGenerator<Row[]> {
  let after: unknown[] | undefined;
  for (;;) {
    const rows = await listRows(app.db, table, poolId, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < table.rowsAtOnce || table.key.length === 0) return;
    after = table.key.map((column) => last[column]);
  }
}

const writeRow = (leaving: Leaving, { columns }: TravellingTable, row: Row): Row =>
  Object.fromEntries([...columns].map(([column, codec]) => [column, codec.write(leaving, row[column], row)]));

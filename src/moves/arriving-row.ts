/** What becomes of a row where it arrives. */
import { newClientId } from "../clients/client.ts";
import { lookUp } from "../pools/store.ts";
import { regionOf, type Underway } from "./arrival.ts";
import { type Arriving, ColumnFault, type Row } from "./codecs.ts";
import { MoveError } from "./move.ts";
import type { TravellingTable } from "./travel.ts";

/** The row as it is kept here; undefined for one that does not come. */
export async function arrive(underway: Underway, table: TravellingTable, row: Row): Promise<Row | undefined> {
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

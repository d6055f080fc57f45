/**
 * Reads that every request makes, compiled once. Building and compiling a query costs more than running it on SQLite:
 * measured, 32 microseconds against 15.
 */
import type { Compilable, CompiledQuery } from "kysely";
import type { Db } from "./open.ts";

/** Stands for the parameter of a hot read while it is compiled. No value of ours looks like it. */
const placeholder = (index: number): string => `\u0000parameter ${index}\u0000`;

/** A read with its parameters left open. */
interface Prepared {
  readonly query: CompiledQuery;
  /** For each parameter of the query, which of ours it is, or -1 for one that is always the same. */
  readonly sources: readonly number[];
}

/**
 * Makes a read of texts. `build` is called once for each engine; it must use each of its arguments as a value of the
 * query and decide nothing by them.
 */
export function hotRead<Row>(
  build: (db: Db, ...parameters: string[]) => Compilable<Row>,
): (db: Db, ...parameters: string[]) => Promise<Row[]> {
  const prepared = new Map<unknown, Prepared>();
  const prepare = (db: Db, count: number): Prepared => {
    const engine = db.getExecutor().adapter.constructor;
    const known = prepared.get(engine);
    if (known) return known;
    const placeholders = Array.from({ length: count }, (_, index) => placeholder(index));
    const query = build(db, ...placeholders).compile();
    const sources = query.parameters.map((parameter) => placeholders.indexOf(String(parameter)));
    const made = { query, sources };
    prepared.set(engine, made);
    return made;
  };
  return async (db, ...parameters) => {
    const { query, sources } = prepare(db, parameters.length);
    const values = query.parameters.map((parameter, index) => {
      const source = sources[index] ?? -1;
      return source < 0 ? parameter : parameters[source];
    });
    const { rows } = await db.executeQuery<Row>({ ...query, parameters: values } as CompiledQuery<Row>);
    return rows;
  };
}

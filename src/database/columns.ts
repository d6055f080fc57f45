/** The portable subset: the column types that mean the same on both engines. */
import { type ColumnDefinitionBuilder, type RawBuilder, sql } from "kysely";

export type Engine = "sqlite" | "postgres";

export interface Columns {
  /** Text compared byte by byte on both engines. */
  readonly text: RawBuilder<unknown>;
  /** A 64-bit integer: times in milliseconds, counts, flags. */
  readonly integer: RawBuilder<unknown>;
}

/** The column types of an engine. */
export const columnsOf = (engine: Engine): Columns => ({
  text: engine === "postgres" ? sql`text collate "C"` : sql`text`,
  integer: engine === "postgres" ? sql`bigint` : sql`integer`,
});

/** Marks a column that is never null. */
export const always = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();

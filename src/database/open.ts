import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** The database or an open transaction: stores take either. */
export type Db = Kysely<Schema>;

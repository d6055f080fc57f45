import { poolOperation } from "../operation.ts";
import { csvHeader } from "./header.ts";

/** Shows the columns of a file to import users from. */
export const GetCSVHeader = poolOperation("GetCSVHeader", (_app, pool) => ({
  UserPoolId: pool.id,
  CSVHeader: csvHeader(pool),
}));

/**
 * Loaded before a house: at one commit the disk fails, once, as SQLite tells it; afterwards everything seems well again.
 * That is what a disk does whose write was lost: SQLite itself goes on and acknowledges.
 *
 *   POOLHOUSE_FAILING_COMMIT=20 POOLHOUSE_FAILING_CODE=1034 node --import ./failing-disk.mjs dist/main.js serve …
 */
import { env } from "node:process";
import { DatabaseSync } from "node:sqlite";

const failing = Number(env["POOLHOUSE_FAILING_COMMIT"]);
const errcode = Number(env["POOLHOUSE_FAILING_CODE"]);
const exec = DatabaseSync.prototype.exec;
let commits = 0;

DatabaseSync.prototype.exec = function (sql) {
  const result = exec.call(this, sql);
  if (sql === "COMMIT" && ++commits === failing) throw Object.assign(new Error("disk I/O error"), { errcode });
  return result;
};

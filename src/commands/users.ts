/** `poolhouse users`: the users of a pool that meet conditions on any of their attributes. */
import { stderr, stdout } from "node:process";
import { withSnapshot } from "../database/snapshot.ts";
import { silentLog } from "../lib/log.ts";
import { findPool } from "../pools/store.ts";
import type { Given } from "../settings.ts";
import { meets, parseCondition } from "../users/condition.ts";
import { listUsers } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { progressOf } from "./progress.ts";
import { databaseOf } from "./with-store.ts";

const pageUsers = 500;

/** What is shown of each user beside what every user has. */
const usualAttributes = ["email", "phone_number", "name"];

/** The flags, of which one may be given again and again. */
export type UsersGiven = Omit<Given, "where"> & { readonly where?: readonly string[] };

/** Writes the users that meet all conditions, in the order of their subs, as a table or as lines of JSON. */
export async function runUsers(poolId: string, { where = [], ...rest }: UsersGiven): Promise<void> {
  const given: Given = rest;
  const conditions = where.map(parseCondition);
  const limit = limitOf(given["limit"]);
  const shown = typeof given["show"] === "string" ? given["show"].split(",") : usualAttributes;
  const write = given["json"] === true ? lineOfJson : lineOf(shown);
  await withSnapshot({ address: databaseOf(given), log: silentLog }, async (db) => {
    if (!(await findPool(db, poolId))) throw new Error(`There is no pool ${poolId}.`);
    let [found, seen] = [0, 0];
    const tell = progressOf("Looked at", "users");
    for (let sub = ""; found < limit; ) {
      const page = await listUsers(db, poolId, { value: "", sub, limit: pageUsers });
      const met = page
        .filter((user) => conditions.every((condition) => meets(user, condition)))
        .slice(0, limit - found);
      stdout.write(met.map((user) => `${write(user)}\n`).join(""));
      found += met.length;
      seen += page.length;
      tell({ rows: seen });
      const last = page.at(-1);
      if (!last || page.length < pageUsers) break;
      sub = last.sub;
    }
    stderr.write(`${found.toLocaleString("en")} of ${seen.toLocaleString("en")} users that were looked at.\n`);
  });
}

function limitOf(text: unknown): number {
  if (typeof text !== "string") return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--limit must be a number from 1 on, not ${text}.`);
}

const lineOfJson = ({
  poolId: _pool,
  version: _version,
  createdAt,
  modifiedAt,
  tokensValidAfter: _void,
  ...user
}: User) =>
  JSON.stringify({
    ...user,
    createdAt: new Date(createdAt).toISOString(),
    modifiedAt: new Date(modifiedAt).toISOString(),
  });

/** The longest status, so that columns stand under each other. */
const statusWidth = "FORCE_CHANGE_PASSWORD".length;

const lineOf =
  (shown: readonly string[]) =>
  ({ sub, username, status, isEnabled, attributes }: User): string =>
    [
      sub,
      status.padEnd(statusWidth),
      isEnabled ? "enabled " : "disabled",
      username,
      ...shown.flatMap((name) => (attributes[name] === undefined ? [] : [`${name}=${printable(attributes[name])}`])),
    ].join("  ");

/** A value on one line, whatever it holds: a terminal obeys control characters. */
const printable = (value: string): string => value.replace(/\p{C}/gu, "\u00b7");

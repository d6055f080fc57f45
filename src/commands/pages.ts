/** `poolhouse pages`: what a pool's pages do beyond Cognito's, and codes for who has lost an authenticator. */
import { readFileSync } from "node:fs";
import { stdout } from "node:process";
import { parse, stringify } from "yaml";
import { recordByCommand } from "../audit/act.ts";
import { withTransaction } from "../database/transact.ts";
import { issueRecoveryCodes } from "../factors/recovery-code.ts";
import { parsePageSettings, replacePages } from "../hosted/page-settings.ts";
import { findPool } from "../pools/store.ts";
import type { Given } from "../settings.ts";
import { findUser } from "../users/store.ts";
import { withStore, withStoreSnapshot } from "./with-store.ts";

/** Shows the settings of a pool's pages, as a file to edit. @throws where there is no such pool */
export async function showPages(poolId: string, given: Given): Promise<void> {
  await withStoreSnapshot(given, async ({ db }) => {
    const pool = await findPool(db, poolId);
    if (!pool) throw new Error(`There is no pool ${poolId}.`);
    stdout.write(stringify(pool.settings.pages ?? {}));
  });
}

/** Sets them from a file, in place of what was set before. @throws saying what is wrong with the file */
export async function setPages(poolId: string, file: string, given: Given): Promise<void> {
  const pages = parsePageSettings(parse(readFileSync(file, "utf8")) ?? {});
  await withStore(given, "found", async (store) => {
    if (!(await findPool(store.db, poolId))) throw new Error(`There is no pool ${poolId}.`);
    await withTransaction(store, async (inside) => {
      await replacePages(inside, poolId, pages);
      await recordByCommand(inside, { name: "pages", pool: poolId });
    });
    stdout.write(`The pages of ${poolId} are as ${file} says.\n`);
  });
}

/** Gives a user new recovery codes, shown here and nowhere again. @throws where there is no such pool or user */
export async function makeRecoveryCodes(poolId: string, username: string, given: Given): Promise<void> {
  await withStore(given, "found", async (store) => {
    const pool = await findPool(store.db, poolId);
    const user = pool && (await findUser(store.db, pool, username));
    if (!user) throw new Error(pool ? `There is no user ${username} in ${poolId}.` : `There is no pool ${poolId}.`);
    const codes = await withTransaction(store, async (inside) => {
      await recordByCommand(inside, { name: "recovery-codes", pool: poolId, userSub: user.sub });
      return issueRecoveryCodes(inside, user);
    });
    stdout.write(`${codes.join("\n")}\n`);
  });
}

/** `poolhouse keys`: the root key, and the access keys that sign requests to a production house. */
import { dirname } from "node:path";
import { stdout } from "node:process";
import { createAccessKey, disableAccessKey, listAccessKeys } from "../access/access.ts";
import type { Role } from "../access/access-key.ts";
import { recordByCommand } from "../audit/act.ts";
import { withTransaction } from "../database/transact.ts";
import { findPool } from "../pools/store.ts";
import type { Given } from "../settings.ts";
import { makeRootKey } from "../vault/root-key.ts";
import { withStore } from "./with-store.ts";

/** Makes a new root key. @throws when the file exists: a root key is never overwritten. */
export function makeRoot(file: string): void {
  makeRootKey(file, dirname(file));
  stdout.write(
    `${file} holds a new root key. Keep it apart from the database, and keep a copy: nothing opens without it.\n`,
  );
}

/** Makes an access key and shows its secret. */
export async function createKey(given: Given): Promise<void> {
  const role: Role = given["role"] === "admin" ? "admin" : "read";
  const poolId = typeof given["pool"] === "string" ? given["pool"] : null;
  await withStore(given, "given", async (part) => {
    if (poolId !== null && !(await findPool(part.db, poolId))) throw new Error(`There is no pool ${poolId}.`);
    // Made outside the transaction: what is undone with it must not stay in memory.
    await part.vault.houseKeys(part.db);
    const { accessKeyId, secretAccessKey } = await withTransaction(part, async (inside) => {
      const made = await createAccessKey(inside, { role, poolId });
      await recordByCommand(inside, { name: "keys create", pool: poolId, target: { AccessKeyId: made.accessKeyId } });
      return made;
    });
    stdout.write(`AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n`);
  });
}

/** Lists the access keys. */
export async function listKeys(given: Given): Promise<void> {
  await withStore(given, "given", async (part) => {
    for (const key of await listAccessKeys(part)) {
      const state = key.isDisabled ? "disabled" : "active";
      stdout.write(
        `${key.id}  ${key.role}  ${key.poolId ?? "all pools"}  ${state}  ${new Date(key.createdAt).toISOString()}\n`,
      );
    }
  });
}

/** Disables an access key. @throws when there is none of this id. */
export async function disableKey(id: string, given: Given): Promise<void> {
  await withStore(given, "given", async (part) => {
    await withTransaction(part, async (inside) => {
      if (!(await disableAccessKey(inside, id))) throw new Error(`There is no access key ${id}.`);
      await recordByCommand(inside, { name: "keys disable", pool: null, target: { AccessKeyId: id } });
    });
    stdout.write(`${id} is disabled.\n`);
  });
}

/** Making, finding and ending access keys. */
import type { App } from "../app.ts";
import { digits, lowerCase, upperCase } from "../lib/random.ts";
import type { AccessKey, Role } from "./access-key.ts";
import { disableStoredAccessKey, findStoredAccessKey, insertAccessKey, listStoredAccessKeys } from "./store.ts";

type Part = Pick<App, "db" | "vault" | "random" | "clock">;

const placeOf = (id: string) => ({ table: "access_keys", column: "sealed_secret", row: id });

/** Makes a key. Its secret is shown here and never again. */
export async function createAccessKey(
  app: Part,
  { role, poolId }: { readonly role: Role; readonly poolId: string | null },
): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }> {
  const id = `AKIA${app.random.text(`${upperCase}234567`, 16)}`;
  const secretAccessKey = app.random.text(`${upperCase}${lowerCase}${digits}+/`, 40);
  const keys = await app.vault.houseKeys(app.db);
  const sealedSecret = keys.seal("iam", placeOf(id), secretAccessKey);
  await insertAccessKey(app.db, { id, role, poolId, sealedSecret, isDisabled: false, createdAt: app.clock.now() });
  return { accessKeyId: id, secretAccessKey };
}

/** A key with its secret opened, or undefined. A disabled key is not found: it is as good as unknown. */
export async function findAccessKey(
  app: Part,
  id: string,
): Promise<{ readonly key: AccessKey; readonly secretAccessKey: string } | undefined> {
  const stored = await findStoredAccessKey(app.db, id);
  if (!stored || stored.isDisabled) return undefined;
  const keys = await app.vault.houseKeys(app.db);
  return { key: stored, secretAccessKey: keys.open("iam", placeOf(id), stored.sealedSecret) };
}

/** Every key, without secrets. */
export async function listAccessKeys(app: Part): Promise<AccessKey[]> {
  const stored = await listStoredAccessKeys(app.db);
  return stored.map(({ sealedSecret: _sealed, ...key }) => key);
}

/** Disables a key. False when there is none of this id. */
export const disableAccessKey = (app: Part, id: string): Promise<boolean> => disableStoredAccessKey(app.db, id);

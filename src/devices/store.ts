import type { Db } from "../database/open.ts";
import type { Schema } from "../database/schema.ts";
import type { Verifier } from "../lib/srp.ts";
import type { Device } from "./device.ts";

/** Whose devices they are. */
export interface Owner {
  readonly poolId: string;
  readonly sub: string;
}

/** Keeps a device whose key was handed out and whose password is not set yet. */
export async function insertDevice(db: Db, device: Device): Promise<void> {
  await db
    .insertInto("devices")
    .values({
      pool_id: device.poolId,
      sub: device.sub,
      device_key: device.key,
      group_key: device.groupKey,
      name: device.name,
      salt: null,
      verifier: null,
      is_remembered: 0,
      family: device.family,
      last_address: device.lastAddress,
      created_at: device.createdAt,
      modified_at: device.modifiedAt,
      authenticated_at: device.authenticatedAt,
    })
    .execute();
}

/** A user's device of this key, confirmed or not. */
export async function findDevice(db: Db, { poolId, sub }: Owner, key: string): Promise<Device | undefined> {
  const row = await db
    .selectFrom("devices")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("device_key", "=", key)
    .executeTakeFirst();
  return row && toDevice(row);
}

/** Up to `limit` confirmed devices of a user with keys after `after`. */
export async function listDevices(
  db: Db,
  { poolId, sub }: Owner,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Device[]> {
  const rows = await db
    .selectFrom("devices")
    .selectAll()
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("device_key", ">", after)
    .where("verifier", "is not", null)
    .orderBy("device_key")
    .limit(limit)
    .execute();
  return rows.map(toDevice);
}

/** Sets the password of a device that has none. Of any number of callers, one gets true. */
export async function confirmDevice(
  db: Db,
  { poolId, sub, key }: Device,
  change: {
    readonly secret: Verifier;
    readonly name: string | null;
    readonly isRemembered: boolean;
    readonly now: number;
  },
): Promise<boolean> {
  const row = await db
    .updateTable("devices")
    .set({
      salt: change.secret.salt.toString(16),
      verifier: change.secret.verifier.toString(16),
      name: change.name,
      is_remembered: change.isRemembered ? 1 : 0,
      modified_at: change.now,
    })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("device_key", "=", key)
    .where("verifier", "is", null)
    .returning("device_key")
    .executeTakeFirst();
  return row !== undefined;
}

/** Remembers a confirmed device or not. False when the user has none of this key. */
export async function updateDeviceStatus(
  db: Db,
  { poolId, sub }: Owner,
  key: string,
  { isRemembered, now }: { readonly isRemembered: boolean; readonly now: number },
): Promise<boolean> {
  const row = await db
    .updateTable("devices")
    .set({ is_remembered: isRemembered ? 1 : 0, modified_at: now })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("device_key", "=", key)
    .where("verifier", "is not", null)
    .returning("device_key")
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that a device was signed in from, and from what address, where that is known. */
export async function noteAuthentication(
  db: Db,
  { poolId, sub, key }: Device,
  { address, now }: { readonly address: string | undefined; readonly now: number },
): Promise<void> {
  await db
    .updateTable("devices")
    .set({ authenticated_at: now, ...(address !== undefined && { last_address: address }) })
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("device_key", "=", key)
    .execute();
}

/** Forgets a device. False when the user has none of this key. */
export async function deleteDevice(db: Db, { poolId, sub }: Owner, key: string): Promise<boolean> {
  const row = await db
    .deleteFrom("devices")
    .where("pool_id", "=", poolId)
    .where("sub", "=", sub)
    .where("device_key", "=", key)
    .returning("device_key")
    .executeTakeFirst();
  return row !== undefined;
}

const toDevice = (row: Schema["devices"]): Device => ({
  poolId: row.pool_id,
  sub: row.sub,
  key: row.device_key,
  groupKey: row.group_key,
  name: row.name,
  secret:
    row.salt === null || row.verifier === null
      ? null
      : { salt: BigInt(`0x${row.salt}`), verifier: BigInt(`0x${row.verifier}`) },
  isRemembered: row.is_remembered === 1,
  family: row.family,
  lastAddress: row.last_address,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
  authenticatedAt: row.authenticated_at,
});

import { formatVersion, headerKind, MoveError } from "../move.ts";
import type { Parcel, ParcelRow } from "../parcel.ts";
import { clientRows } from "./clients.ts";
import { configurationRows, settingsOf } from "./configuration.ts";
import { type AmazonSource, rowOf, timeOf } from "./source.ts";
import { userRows } from "./users.ts";

/** A live pool as a parcel, which is read while it arrives. @throws MoveError when there is no such pool */
export async function amazonParcel(
  source: AmazonSource,
  { hasUsers }: { readonly hasUsers: boolean },
): Promise<Parcel> {
  const { api, poolId } = source;
  const region = poolId.slice(0, poolId.indexOf("_"));
  const { UserPool: pool } = await api.describeUserPool({ UserPoolId: poolId });
  if (!pool) throw new MoveError(`Amazon shows no pool ${poolId}.`);
  const name = pool.Name ?? poolId;
  const settings = await settingsOf(source, pool);
  const [created_at, modified_at] = [timeOf(pool.CreationDate), timeOf(pool.LastModifiedDate)];
  async function* rows(): AsyncGenerator<ParcelRow> {
    const estimated_users = pool?.EstimatedNumberOfUsers ?? 0;
    yield rowOf("pools", {
      region,
      name,
      settings,
      importing: 0,
      estimated_users,
      version: 1,
      created_at,
      modified_at,
    });
    if (pool) yield* configurationRows(source, pool);
    yield* clientRows(source);
    if (hasUsers && pool) yield* userRows(source, pool);
  }
  return {
    header: { kind: headerKind, version: formatVersion, poolId, region, name, madeAt: new Date().toISOString() },
    rows: rows(),
  };
}

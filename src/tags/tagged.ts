/**
 * Tags: words that an owner hangs on a pool, in each region that serves it. The room owns how a pool is named for that,
 * by its ARN, and where its tags are kept; what a tag may be is a rule of pools/.
 */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import { withTransaction } from "../database/transact.ts";
import type { Account } from "../operation.ts";
import { findPool, holdPool, updatePool } from "../pools/store.ts";
import { type Tags, tagFault } from "../pools/tags.ts";
import { findReplica, holdReplicaTags, setReplicaTags } from "../replicas/store.ts";

/** A pool in one of its regions. */
export interface Tagged {
  readonly poolId: string;
  readonly region: string;
  readonly tags: Tags;
  readonly isPrimary: boolean;
}

const poolArn =
  /^arn:aws[\w-]*:cognito-idp:(?<region>[\w-]+):(?<account>\d+):userpool\/(?<poolId>[\w-]+_[0-9a-zA-Z]+)$/;

/** The parts of a pool's ARN; undefined for anything else. */
export function parsePoolArn(
  arn: string,
): { readonly region: string; readonly account: string; readonly poolId: string } | undefined {
  const { region = "", account = "", poolId = "" } = poolArn.exec(arn)?.groups ?? {};
  return poolId === "" ? undefined : { region, account, poolId };
}

/**
 * What an ARN names for the caller. The pools of another account or region are as good as none.
 * @throws InvalidParameterException, ResourceNotFoundException
 */
export async function getTagged({ db }: Pick<App, "db">, account: Account, arn: string): Promise<Tagged> {
  const named = parsePoolArn(arn);
  // Unconfirmed: the sentence.
  if (!named) throw new ApiError("InvalidParameterException", `${arn} is not the ARN of a user pool.`);
  const { poolId, region } = named;
  const pool = named.account === account.id && region === account.region ? await findPool(db, poolId) : undefined;
  if (pool?.region === region) return { poolId, region, tags: pool.settings.UserPoolTags ?? {}, isPrimary: true };
  const replica = pool && (await findReplica(db, poolId, region));
  if (replica) return { poolId, region, tags: replica.tags, isPrimary: false };
  throw notFound(poolId);
}

const notFound = (poolId: string): ApiError =>
  new ApiError("ResourceNotFoundException", `User pool ${poolId} does not exist.`);

/** Changes the tags of a pool in a region; changes at once do not undo each other. @throws InvalidParameterException */
export const changeTags = (
  app: Pick<App, "db">,
  { poolId, region, isPrimary }: Tagged,
  change: (tags: Tags) => Tags,
): Promise<void> =>
  withTransaction(app, async ({ db }) => {
    if (isPrimary) {
      const pool = await holdPool(db, poolId);
      const UserPoolTags = checked(change(pool.settings.UserPoolTags ?? {}));
      await updatePool(db, { ...pool, settings: { ...pool.settings, UserPoolTags } });
      return;
    }
    const tags = await holdReplicaTags(db, poolId, region);
    if (!tags) throw notFound(poolId);
    await setReplicaTags(db, poolId, region, checked(change(tags)));
  });

/** @throws InvalidParameterException. The contract lists no UserPoolTaggingException for changing tags. */
function checked(tags: Tags): Record<string, string> {
  const fault = tagFault(tags);
  if (fault !== undefined) throw new ApiError("InvalidParameterException", fault);
  return { ...tags };
}

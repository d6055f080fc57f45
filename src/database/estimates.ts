/** Counts the users of pools for the estimate that they show, without keeping anybody waiting. */
import { setImmediate as others } from "node:timers/promises";
import type { Db } from "./open.ts";

/** Pools counted at a time; with more of them they take turns, and an estimate is older. */
const countedPools = 100;

/** Pools take their turns in the order of minutes. */
const turnMilliseconds = 60 * 1000;

/** Users counted in one statement: on SQLite everybody waits for it, some milliseconds. */
const slice = 20_000;

/** Refreshes the estimates of the pools whose turn it is. */
export async function estimateUsers(db: Db, now: number): Promise<void> {
  for (const poolId of await poolsInTurn(db, now)) {
    const users = await countUsers(db, poolId);
    await db
      .updateTable("pools")
      .set({ estimated_users: users })
      .where("pool_id", "=", poolId)
      .where("estimated_users", "!=", users)
      .execute();
  }
}

async function poolsInTurn(db: Db, now: number): Promise<string[]> {
  const { pools } = await db
    .selectFrom("pools")
    .select(({ fn }) => fn.countAll<number>().as("pools"))
    .executeTakeFirstOrThrow();
  const turns = Math.max(1, Math.ceil(Number(pools) / countedPools));
  const turn = Math.floor(now / turnMilliseconds) % turns;
  const rows = await db
    .selectFrom("pools")
    .select("pool_id")
    .orderBy("pool_id")
    .limit(countedPools)
    .offset(turn * countedPools)
    .execute();
  return rows.map((row) => row.pool_id);
}

async function countUsers(db: Db, poolId: string): Promise<number> {
  let users = 0;
  for (let after = ""; ; await others()) {
    const found = await db
      .selectFrom((from) =>
        from
          .selectFrom("users")
          .select("sub")
          .where("pool_id", "=", poolId)
          .where("sub", ">", after)
          .orderBy("sub")
          .limit(slice)
          .as("part"),
      )
      .select(({ fn }) => [fn.countAll<number>().as("users"), fn.max("sub").as("last")])
      .executeTakeFirstOrThrow();
    users += Number(found.users);
    if (Number(found.users) < slice) return users;
    after = found.last;
  }
}

import type { App } from "../app.ts";
import { transact, withTransaction } from "../database/transact.ts";
import { lease } from "./arrival.ts";
import { deleteArrival, eraseSomeRows, findAbandonedArrivals, moveLease } from "./store.ts";

/**
 * Takes away what came of an arrival, a bounded number of rows at a time, and gives its id back; unless somebody else
 * has taken it meanwhile, who does the same.
 */
export async function takeAway(
  app: Pick<App, "db" | "vault" | "clock">,
  poolId: string,
  leasedUntil: number,
): Promise<void> {
  let held = leasedUntil;
  for (let isMore = true; isMore; ) {
    const to = Math.max(app.clock.now() + lease, held);
    isMore = await transact(
      app.db,
      async (db) => (await moveLease(db, poolId, { from: held, to })) && (await eraseSomeRows(db, poolId)),
    );
    held = to;
  }
  await withTransaction(app, async ({ db, vault }) => {
    if (await deleteArrival(db, poolId, held)) await vault.destroyPoolKeys(db, poolId);
  });
}

const clearedAtOnce = 10;

/** Takes away what came of imports whose process died. */
export async function clearAbandonedArrivals(app: Pick<App, "db" | "vault" | "clock">): Promise<void> {
  for (const { poolId, leasedUntil } of await findAbandonedArrivals(app.db, app.clock.now(), clearedAtOnce)) {
    await takeAway(app, poolId, leasedUntil);
  }
}

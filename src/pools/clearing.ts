/**
 * Clearing away: what a pool leaves behind when it is deleted, or when it is moved in and does not arrive. Such a pool
 * is there for nobody from one transaction on; its rows go afterwards, a batch a transaction, by the call that deleted
 * it, by its node in the background, and by whoever sweeps next where that node died.
 */
import type { App } from "../app.ts";
import {
  type Clearing,
  endClearing,
  endClearingsOfPool,
  findClearing,
  findLapsedClearings,
  moveLease,
  noteClearing,
} from "../database/clearings.ts";
import { erasePoolBatch, erasePresence, eraseUserBatch, type Rest } from "../database/erase.ts";
import { transact, withTransaction } from "../database/transact.ts";
import { minute } from "../lib/clock.ts";
import type { RevealedKey } from "../vault/vault.ts";

/**
 * Whoever is at a clearing and says nothing for so long has died. It is also longer than any request lasts: what one
 * that was under way still wrote when its pool was deleted is found by then.
 */
export const clearingLease = minute;

type ClearingPart = Pick<App, "db" | "vault" | "clock">;

/**
 * Claims the id of a new pool, in the transaction that makes it: its keys are the claim, so of two who want it one gets
 * it. What is left of a deleted pool of this id goes first, and where that is more than a batch the id is `leaving`:
 * then the transaction must be undone.
 */
export async function claimPoolId(
  { db, vault }: Pick<App, "db" | "vault">,
  poolId: string,
  keys?: readonly RevealedKey[],
): Promise<"claimed" | "taken" | "leaving"> {
  const isFree = await (keys ? vault.adoptPoolKeys(db, poolId, keys) : vault.createPoolKeys(db, poolId));
  if (!isFree) return "taken";
  // A pool that is being moved in has keys: what is noted of an id without is a deletion.
  if (!(await endClearingsOfPool(db, poolId))) return "claimed";
  return (await erasePoolBatch(db, poolId)) === undefined ? "claimed" : "leaving";
}

/** Makes a pool be gone for everybody, in the caller's transaction, and gives what is then to be cleared away. */
export async function removePool({ db, vault, clock }: ClearingPart, poolId: string): Promise<Clearing> {
  const clearing = { poolId, sub: "", reason: "deletion", leasedUntil: clock.now() + clearingLease } as const;
  await erasePresence(db, poolId);
  await vault.destroyPoolKeys(db, poolId);
  await noteClearing(db, clearing);
  return clearing;
}

/** How far a clearing is to go now. */
interface Extent {
  /** So many batches at most. */
  readonly batches?: number;
  /** Aborted when the process ends: whoever looks next goes on. */
  readonly signal?: AbortSignal;
}

/** What became of it: `through` it has come to the last row, but some may have been written behind it. */
interface Progress {
  readonly clearing: Clearing;
  readonly state: "through" | "unfinished" | "lost";
}

/** Clears a pool away, batch by batch. `lost` says that somebody else is at it, or that the pool is there again. */
export async function clearPool(
  { db, clock }: Pick<App, "db" | "clock">,
  clearing: Clearing,
  { batches = Number.POSITIVE_INFINITY, signal }: Extent = {},
): Promise<Progress> {
  let held = clearing;
  let from: Rest | undefined;
  for (let batch = 0; batch < batches && !signal?.aborted; batch++) {
    const to = leaseAfter(clock.now(), held);
    const done = await transact(db, async (inside) =>
      (await moveLease(inside, held, to)) ? { next: await erasePoolBatch(inside, held.poolId, from) } : undefined,
    );
    if (!done) return { clearing: held, state: "lost" };
    held = { ...held, leasedUntil: to };
    if (!done.next) return { clearing: held, state: "through" };
    from = done.next;
  }
  return { clearing: held, state: "unfinished" };
}

/** What a lease is moved on to. Always another value: two who took the same one would both have it. */
export const leaseAfter = (now: number, { leasedUntil }: Clearing): number =>
  Math.max(now + clearingLease, leasedUntil + 1);

/** Clears a pool away to the end and gives its id back, unless somebody else is at it. */
export async function clearWhole(app: ClearingPart, clearing: Clearing, signal?: AbortSignal): Promise<void> {
  for (let held: Clearing | undefined = clearing; held; ) {
    const progress: Progress = await clearPool(app, held, signal ? { signal } : {});
    if (progress.state !== "through") return;
    held = await withTransaction(app, (inside) => release(inside, progress.clearing));
  }
}

/** Gives the id of a pool back; or the clearing, when more was written behind it than goes at once. */
async function release({ db, vault }: ClearingPart, held: Clearing): Promise<Clearing | undefined> {
  if (!(await endClearing(db, held))) return undefined;
  if ((await erasePoolBatch(db, held.poolId)) !== undefined) {
    await noteClearing(db, held);
    return held;
  }
  await endClearingsOfPool(db, held.poolId);
  await vault.destroyPoolKeys(db, held.poolId);
  return undefined;
}

/** Finishes the deletion of a pool, whoever is at it. For who needs its id and nothing else to do. */
export async function finishDeletion(app: ClearingPart, poolId: string): Promise<void> {
  const clearing = await findClearing(app.db, poolId);
  if (clearing?.reason === "deletion") await clearWhole(app, clearing);
}

/** Takes away what is left of an import that died, so that it can be made again. */
export async function clearDeadImport(app: ClearingPart, poolId: string): Promise<void> {
  const clearing = await findClearing(app.db, poolId);
  if (clearing?.reason === "import" && clearing.leasedUntil < app.clock.now()) await clearWhole(app, clearing);
}

const clearedAtOnce = 10;

/** Clears away what nobody is at: of deleted pools and users, and of imports that died. */
export async function clearAbandoned(app: ClearingPart & Pick<App, "closing">): Promise<void> {
  for (const clearing of await findLapsedClearings(app.db, app.clock.now(), clearedAtOnce)) {
    if (clearing.sub === "") await clearWhole(app, clearing, app.closing);
    else await clearUser(app, clearing);
  }
}

async function clearUser({ db, clock, closing }: Pick<App, "db" | "clock" | "closing">, found: Clearing) {
  let held = found;
  for (let isMore = true; isMore && !closing.aborted; ) {
    const to = leaseAfter(clock.now(), held);
    isMore = await transact(db, async (inside) => {
      if (!(await moveLease(inside, held, to))) return false;
      if (await eraseUserBatch(inside, held.poolId, held.sub)) return true;
      await endClearing(inside, { ...held, leasedUntil: to });
      return false;
    });
    held = { ...held, leasedUntil: to };
  }
}

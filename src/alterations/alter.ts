/** One transaction that changes a pool and brings its users in line, or finds out why it cannot. */
import type { App } from "../app.ts";
import { recordByCommand } from "../audit/act.ts";
import { alterClientAttributes } from "../clients/store.ts";
import type { Db } from "../database/open.ts";
import { takeTime } from "../database/patience.ts";
import { withTransaction } from "../database/transact.ts";
import type { Pool } from "../pools/pool.ts";
import { holdPool, updatePool } from "../pools/store.ts";
import { alterProviderAttributes } from "../providers/store.ts";
import { namesOf } from "../users/names.ts";
import { claimNames, listNames, listUsers, releaseNames, updateUser } from "../users/store.ts";
import type { User } from "../users/user.ts";
import { alteredNames, alteredSettings, type Wishes } from "./alteration.ts";
import { noObstacles, type Obstacle, type Obstacles, obstaclesOf } from "./obstacles.ts";

type Part = Pick<App, "db" | "clock" | "recordIds">;

/** What came of it. */
export interface Outcome {
  /** Empty when nothing stands in the way. */
  readonly obstacles: readonly Obstacle[];
  /** Whether the pool was changed. */
  readonly isDone: boolean;
  readonly users: number;
}

/** How an alteration is made. */
export interface AlterOptions {
  /** Whether it is only found out if it could be. */
  readonly isTrial: boolean;
  /** Told how many users were looked at. */
  readonly onProgress?: (progress: { readonly rows: number }) => void;
}

/** Undoes the transaction, and carries out what it found. */
class Undone extends Error {
  override readonly name = "Undone";
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super("The alteration was undone.");
    this.outcome = outcome;
  }
}

/**
 * Alters a pool, or with `isTrial` only finds out whether it could be. @throws AlterationError for a wish that makes no
 * sense, ResourceNotFoundException
 */
export async function alterPool(
  app: Part,
  poolId: string,
  wishes: Wishes,
  { isTrial, onProgress }: AlterOptions,
): Promise<Outcome> {
  try {
    return await withTransaction(app, async (inside) => {
      await takeTime(inside.db, ["users", "user_names", "user_search"]);
      const outcome = await alterAll(inside, poolId, wishes, onProgress);
      if (isTrial || outcome.obstacles.length > 0) throw new Undone({ ...outcome, isDone: false });
      await recordByCommand(inside, { name: "pool alter", pool: poolId });
      return outcome;
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

async function alterAll(
  app: Part,
  poolId: string,
  wishes: Wishes,
  onProgress: AlterOptions["onProgress"],
): Promise<Outcome> {
  const { db } = app;
  const before = await holdPool(db, poolId);
  const after: Pool = { ...before, settings: alteredSettings(before.settings, wishes), modifiedAt: app.clock.now() };
  const obstacles = noObstacles();
  let users = 0;
  const names = changesNames(wishes);
  for await (const page of pagesOfUsers(db, poolId)) {
    users += page.length;
    for (const user of page) {
      for (const reason of obstaclesOf(after, user, wishes)) obstacles.add(reason, user);
      await alterUser(db, user, wishes, after.modifiedAt);
    }
    if (names) await releaseOldNames(db, after, page);
    onProgress?.({ rows: users });
  }
  // Names that somebody gives up are free before anybody claims them.
  if (names) {
    for await (const page of pagesOfUsers(db, poolId)) await claimNewNames(db, after, page, obstacles);
  }
  await alterClientAttributes(db, poolId, (list) => alteredNames(list, wishes));
  await alterProviderAttributes(db, poolId, (name) => alteredNames([name], wishes)[0]);
  if (!(await updatePool(db, after))) throw new Error("The pool was changed by somebody else. Try again.");
  return { obstacles: obstacles.list(), isDone: true, users };
}

const changesNames = ({ aliases, usernames, isCaseSensitive }: Wishes): boolean =>
  aliases !== undefined || usernames !== undefined || isCaseSensitive !== undefined;

const pageUsers = 500;

async function* pagesOfUsers(db: Db, poolId: string): AsyncGenerator<readonly User[]> {
  for (let sub = ""; ; ) {
    const page = await listUsers(db, poolId, { value: "", sub, limit: pageUsers });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < pageUsers) return;
    sub = last.sub;
  }
}

async function alterUser(db: Db, user: User, { renamed, removed }: Wishes, modifiedAt: number): Promise<void> {
  const entries = Object.entries(user.attributes);
  if (!entries.some(([name]) => removed.has(name) || renamed.has(name))) return;
  const attributes = Object.fromEntries(
    entries.filter(([name]) => !removed.has(name)).map(([name, value]) => [renamed.get(name) ?? name, value]),
  );
  await updateUser(db, user, { ...user, attributes, modifiedAt });
}

async function releaseOldNames(db: Db, pool: Pool, page: readonly User[]): Promise<void> {
  const wanted = new Map(
    page.map((user) => [user.sub, new Map(namesOf(pool, user).map(({ name, kind }) => [name, kind]))]),
  );
  const present = await listNames(db, pool.id, [...wanted.keys()]);
  const old = present.filter(({ sub, name, kind }) => wanted.get(sub)?.get(name) !== kind);
  await releaseNames(
    db,
    pool.id,
    old.map(({ name }) => name),
  );
}

async function claimNewNames(db: Db, pool: Pool, page: readonly User[], obstacles: Obstacles): Promise<void> {
  const wanted = page.flatMap((user) => namesOf(pool, user).map((name) => ({ ...name, sub: user.sub, user })));
  await claimNames(db, pool.id, wanted);
  const held = new Set(
    (
      await listNames(
        db,
        pool.id,
        page.map(({ sub }) => sub),
      )
    ).map(({ name, sub }) => `${sub} ${name}`),
  );
  for (const { name, sub, kind, user } of wanted) {
    if (!held.has(`${sub} ${name}`)) obstacles.add(`would have the ${kind} of another user as its own`, user);
  }
}

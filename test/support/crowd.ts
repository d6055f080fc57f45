/** Many users at once, written as the house does but without asking it: what is tested is what becomes of them. */
import { bulkInsert } from "../../src/database/bulk-insert.ts";
import type { Db } from "../../src/database/open.ts";
import { transact } from "../../src/database/transact.ts";

const atOnce = 500;

/** The rows that each of them has. */
export const rowsOfOne = 4;

/** What is written of each user, by table. */
const tables = {
  users: (poolId: string, number: string) => ({
    pool_id: poolId,
    sub: `sub-${number}`,
    username: `user-${number}`,
    status: "CONFIRMED",
    enabled: 1,
    attributes: JSON.stringify({ email: `user-${number}@example.com` }),
    tokens_valid_after: 0,
    version: 1,
    created_at: 0,
    modified_at: 0,
  }),
  user_names: (poolId: string, number: string) => ({
    pool_id: poolId,
    name: `user-${number}`,
    sub: `sub-${number}`,
    kind: "username",
  }),
  user_search: (poolId: string, number: string) => ({
    pool_id: poolId,
    attribute: "email",
    value: `user-${number}@example.com`,
    sub: `sub-${number}`,
  }),
  passwords: (poolId: string, number: string) => ({
    pool_id: poolId,
    sub: `sub-${number}`,
    sealed_hash: "x".repeat(200),
    sealed_srp: null,
    temporary_until: null,
    created_at: 0,
  }),
} as const;

/** Writes users into a pool, whether it is there or not. */
export async function fillWithUsers(db: Db, poolId: string, users: number): Promise<void> {
  const insert = bulkInsert();
  for (let first = 0; first < users; first += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, users - first) }, (_, index) =>
      String(first + index).padStart(8, "0"),
    );
    await transact(db, async (inside) => {
      for (const table of ["users", "user_names", "user_search", "passwords"] as const) {
        const rows = numbers.map((number) => tables[table](poolId, number));
        const columns = Object.keys(rows[0] ?? {});
        await insert(
          inside,
          { table, columns },
          rows.map((row) => Object.values(row)),
        );
      }
    });
  }
}

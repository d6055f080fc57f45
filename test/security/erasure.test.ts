/** What is deleted is gone, in every table: of a pool, of a user, of a client, and of nobody else. */
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { minute } from "../../src/lib/clock.ts";
import { clearAbandoned } from "../../src/pools/clearing.ts";
import { contentsOfPool } from "../support/contents.ts";
import { type Furniture, furnishPool } from "../support/furnished-pool.ts";
import { useHouse } from "../support/house.ts";

const house = useHouse();
let bystander: Furniture;

beforeAll(async () => {
  bystander = await furnishPool(house, house.api, "bystander");
});

const contentsOf = ({ UserPoolId }: Furniture) => contentsOfPool(house.app.db, UserPoolId);

const filled = (contents: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(contents)
    .filter(([, rows]) => rows.length > 0)
    .map(([table]) => table);

/** The tables in which something is kept of a user. */
async function tablesWith(sub: string): Promise<string[]> {
  const { db } = house.app;
  const tables = (await db.introspection.getTables()).filter(({ columns }) =>
    columns.some(({ name }) => name === "sub"),
  );
  const counts = tables.map(async ({ name }) => {
    const { rows } = await sql`select 1 from ${sql.table(name)} where sub = ${sub}`.execute(db);
    return rows.length > 0 ? [name] : [];
  });
  return (await Promise.all(counts)).flat();
}

const subOf = async ({ UserPoolId, Username }: Furniture): Promise<string> =>
  (await house.api.adminGetUser({ UserPoolId, Username })).UserAttributes?.find(({ Name }) => Name === "sub")?.Value ??
  "";

describe("deleting", () => {
  it("a pool takes everything of it, its keys as well, and nothing of another", async () => {
    const doomed = await furnishPool(house, house.api, "doomed");
    const { UserPoolId, Domain } = doomed;
    expect(filled(await contentsOf(doomed)).length).toBeGreaterThan(20);
    const before = await contentsOf(bystander);
    await house.api.deleteUserPoolDomain({ UserPoolId, Domain });
    await house.api.deleteUserPool({ UserPoolId });
    // That it was there is remembered for as long as what was under way may still write something.
    expect(filled(await contentsOf(doomed))).toEqual(["clearings"]);
    house.clock.advance(2 * minute);
    await clearAbandoned(house.app);
    expect(filled(await contentsOf(doomed))).toEqual([]);
    expect(await contentsOf(bystander)).toEqual(before);
    await expect(house.app.vault.poolKeys(house.app.db, UserPoolId)).rejects.toThrow();
  });

  it("a user takes everything of it, and nothing of another", async () => {
    const pool = await furnishPool(house, house.api, "left");
    const { UserPoolId, Username } = pool;
    const sub = await subOf(pool);
    expect((await tablesWith(sub)).length).toBeGreaterThan(7);
    const guest = await subOf({ ...pool, Username: Username.replace("-user", "-guest") });
    const others = await tablesWith(guest);
    await house.api.adminDeleteUser({ UserPoolId, Username });
    expect(await tablesWith(sub)).toEqual([]);
    expect(await tablesWith(guest)).toEqual(others);
  });

  it("a client takes its looks and its terms, so that the next of its id inherits none", async () => {
    const pool = await furnishPool(house, house.api, "clientless");
    const { UserPoolId, ClientId } = pool;
    await house.api.deleteUserPoolClient({ UserPoolId, ClientId });
    const { terms, managed_login_brandings: styles, ui_customizations: looks, clients } = await contentsOf(pool);
    expect([terms, styles, looks]).toEqual([[], [], []]);
    expect(clients?.filter((row) => row.includes(ClientId))).toEqual([]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, type TestPool } from "../../test/support/pool.ts";
import { findPoolClient } from "../clients/store.ts";
import { sweep } from "../database/sweep.ts";
import { hour, minute } from "../lib/clock.ts";
import { findPool } from "../pools/store.ts";
import { findProvider } from "../providers/store.ts";
import { comeHome, depart, newBrowserSecret } from "./departure.ts";
import type { Protocol } from "./protocol.ts";

const house = useHouse();
let made: TestPool;
let browser: string;

beforeAll(async () => {
  made = await makePool(house);
  await addProvider(house, made, { ProviderName: "Corp" });
  browser = newBrowserSecret(house.app);
});

/** Says its state where a provider would be told it. */
const protocol: Protocol = {
  leave: async (_app, { state, details }) => ({
    location: state,
    memory: { nonce: "a nonce", secret: details["client_secret"] ?? "" },
  }),
  arrive: async () => {
    throw new Error("Nobody arrives here.");
  },
};

async function parts(in_ = made) {
  const pool = await findPool(house.app.db, in_.UserPoolId);
  const client = await findPoolClient(house.app.db, in_.UserPoolId, in_.ClientId);
  const provider = await findProvider(house.app.db, in_.UserPoolId, "Corp");
  if (!pool || !client || !provider) throw new Error("A pool, client or provider of the test is gone.");
  return { pool, client, provider };
}

async function leave(): Promise<string> {
  const journey = {
    ...(await parts()),
    protocol,
    base: made.base,
    browser,
    prompts: [],
    loginHint: undefined,
    levels: [],
  };
  return (await depart(house.app, { ...journey, query: "client_id=c&state=s" })).location;
}

const back = async (state: string, from = browser, in_ = made) => {
  const { pool } = await parts(in_);
  return comeHome(house.app, { pool, state, browser: from });
};

describe("a departure", () => {
  it("is taken up with all that has to be known, once however many come back with it (FED-02)", async () => {
    const state = await leave();
    const homes = await Promise.all(Array.from({ length: 16 }, () => back(state)));
    const [home, ...others] = homes.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(home).toMatchObject({
      departure: { clientId: made.ClientId, providerName: "Corp", query: "client_id=c&state=s" },
      memory: { nonce: "a nonce", secret: "a secret of the provider" },
      isLate: false,
    });
    expect(await back(state)).toBeUndefined();
  });

  it("is nobody else's, and stays its owner's when others try (FED-02)", async () => {
    const state = await leave();
    const other = await makePool(house);
    await addProvider(house, other, { ProviderName: "Corp" });
    expect(await back(state, newBrowserSecret(house.app))).toBeUndefined();
    expect(await back(state, browser, other)).toBeUndefined();
    expect(await back(newBrowserSecret(house.app))).toBeUndefined();
    expect(await back(state)).toBeDefined();
  });

  it("stands beside others of the same browser (FED-02)", async () => {
    const [one, other] = [await leave(), await leave()];
    expect(await back(one)).toBeDefined();
    expect(await back(other)).toBeDefined();
  });

  it("lapses after five minutes, and is swept away", async () => {
    const [early, late, never] = [await leave(), await leave(), await leave()];
    house.clock.advance(5 * minute - 1);
    expect(await back(early)).toMatchObject({ isLate: false });
    house.clock.advance(1);
    expect(await back(late)).toMatchObject({ isLate: true });
    house.clock.advance(hour + 1);
    await sweep(house.app.db, house.clock.now());
    expect(await back(never)).toBeUndefined();
  });

  it("keeps nothing that would let anybody come back", async () => {
    const state = await leave();
    const rows = await house.app.db.selectFrom("federation_departures").selectAll().execute();
    const kept = JSON.stringify(rows);
    for (const secret of [state, browser, "a nonce", "a secret of the provider"]) expect(kept).not.toContain(secret);
  });
});

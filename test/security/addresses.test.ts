/** Where a call comes from: what a caller can write into its headers counts for nothing. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { password, type TestPool } from "../support/pool.ts";
import { eventsOf, makeWatchedPool } from "../support/watched.ts";

const peer = "127.0.0.1";

/** Proxies in front, what the request says of its way, and the address that is believed. */
const rows: readonly (readonly [proxies: string, forwarded: string | undefined, address: string])[] = [
  ["0", undefined, peer],
  ["0", "203.0.113.9", peer],
  ["0", "::1", peer],
  ["1", undefined, peer],
  ["1", "203.0.113.9", "203.0.113.9"],
  ["1", "198.51.100.1, 203.0.113.9", "203.0.113.9"],
  ["2", "198.51.100.1, 203.0.113.9", "198.51.100.1"],
  ["2", "203.0.113.9", peer],
  ["1", "a", peer],
  ["1", "203.0.113.9:443", peer],
  ["1", "999.1.1.1", peer],
  ["1", "", peer],
  ["1", "::ffff:203.0.113.9", "203.0.113.9"],
  ["1", "2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
];

const houses = new Map<string, { readonly house: TestHouse; readonly pool: TestPool }>();

beforeAll(async () => {
  for (const proxies of ["0", "1", "2"]) {
    const house = await openTestHouse({ proxies });
    houses.set(proxies, { house, pool: await makeWatchedPool(house, "AUDIT") });
  }
});

afterAll(async () => {
  for (const { house } of houses.values()) {
    await house.close();
    expect(house.errors).toEqual([]);
  }
});

describe("PWD-08: a call through so many proxies", () => {
  it.each(rows)("%s, forwarded for %j, comes from %s", async (proxies, forwarded, address) => {
    const { house, pool } = houses.get(proxies) ?? { house: undefined, pool: undefined };
    if (!house || !pool) throw new Error(`No house has ${proxies} proxies.`);
    house.clock.advance(1);
    const name = `from-${house.clock.now()}@example.com`;
    await pool.createUser(name);
    const AuthParameters = { USERNAME: name, PASSWORD: password };
    const answer = await fetch(house.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
        ...(forwarded !== undefined && { "x-forwarded-for": forwarded }),
      },
      body: JSON.stringify({ ClientId: pool.ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }),
    });
    expect(answer.status).toBe(200);
    const [event] = await eventsOf(house, pool, name);
    expect(event?.EventContextData?.IpAddress).toBe(address);
  });
});

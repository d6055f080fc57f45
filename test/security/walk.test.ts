/**
 * MFA-03: sign-ins walked at random against a model of what must hold. A walk that fails is told with its moves
 * and its seed; `POOLHOUSE_WALKS` walks further and `POOLHOUSE_SEED` walks again.
 */
import { env } from "node:process";
import fc from "fast-check";
import { afterAll, describe, expect, inject, it } from "vitest";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { cheapHashes, openMutant } from "../support/mutant.ts";
import { makeGrounds, walkTriggers } from "../support/walk/grounds.ts";
import { anyMove } from "../support/walk/moves.ts";
import { makePerson, traits } from "../support/walk/people.ts";
import { plantedBugs } from "../support/walk/planted-bugs.ts";
import { newWalk, type Tally } from "../support/walk/walker.ts";

const usualWalks = 100;
const walks = Number(env["POOLHOUSE_WALKS"] ?? usualWalks);
const givenSeed = Number(env["POOLHOUSE_SEED"] ?? Date.now() % 2 ** 31);

const houses: TestHouse[] = [];

/** Walks a house; rejects with what was found, and gives what was seen when nothing was. */
async function walkAll(house: TestHouse, numRuns: number, seed: number, where = /./): Promise<Tally> {
  houses.push(house);
  const grounds = await makeGrounds(house);
  const walked = grounds.filter(({ name }) => where.test(name));
  const tally: Tally = { tokens: 0, challenges: new Map() };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...walked),
      traits,
      fc.array(anyMove, { minLength: 4, maxLength: 24 }),
      async (ground, wanted, moves) => {
        const elsewhere = grounds[(grounds.indexOf(ground) + 1) % grounds.length] ?? ground;
        const walk = newWalk(house, { ground, elsewhere }, await makePerson(house, ground, wanted), tally);
        for (const one of moves) await walk(one);
      },
    ),
    { numRuns, seed, endOnFailure: true },
  );
  return tally;
}

afterAll(async () => {
  for (const house of houses) await house.close();
});

describe("MFA-03: a walk over flows, challenges, answers and doors", () => {
  it("gets tokens with every required proof and never without, each session and code once", {
    timeout: 60_000 + walks * 2_000,
  }, async () => {
    // Far walks are made where hashing costs little: it took half of their time.
    const open = walks > usualWalks ? await openMutant(cheapHashes) : undefined;
    const house = await openTestHouse({}, { triggers: walkTriggers }, open);
    const { tokens, challenges } = await walkAll(house, walks, givenSeed);
    expect(house.errors).toEqual([]);
    // A walk in which nobody gets in, or nothing is asked, would find nothing.
    expect(tokens).toBeGreaterThan(walks / 20);
    expect(challenges.size).toBeGreaterThan(5);
  });
});

/** The controls walk the same way each time, so that they take the same time, and only where the change can show. */
const controlSeed = 20_252_025;
const walksToFind = 1000;

// What is looked for is the same on both engines, and bundling takes its time.
if (inject("engine") === "sqlite")
  describe("the walk finds out a house that", () => {
    it.each(plantedBugs.map((bug) => [bug.title, bug] as const))("%s", { timeout: 240_000 }, async (_title, bug) => {
      const { where, breaks, seed = controlSeed, changes } = bug;
      const house = await openTestHouse({}, { triggers: walkTriggers }, await openMutant(cheapHashes, ...changes));
      const found = { cause: { name: "Broken", message: expect.stringMatching(breaks) } };
      await expect(walkAll(house, walksToFind, seed, where)).rejects.toMatchObject(found);
    });
  });

/**
 * MFA-03: sign-ins walked at random against a model of what must hold. A walk that fails is told with its moves
 * and its seed; `POOLHOUSE_WALKS` walks further and `POOLHOUSE_SEED` walks again.
 */
import { env } from "node:process";
import fc from "fast-check";
import { afterAll, describe, expect, inject, it } from "vitest";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { openMutant } from "../support/mutant.ts";
import { makeGrounds, walkTriggers } from "../support/walk/grounds.ts";
import { anyMove } from "../support/walk/moves.ts";
import { makePerson, traits } from "../support/walk/people.ts";
import { newWalk, type Tally } from "../support/walk/walker.ts";

const walks = Number(env["POOLHOUSE_WALKS"] ?? 40);
const givenSeed = Number(env["POOLHOUSE_SEED"] ?? Date.now() % 2 ** 31);

const houses: TestHouse[] = [];

/** Walks a house; rejects with what was found, and gives what was seen when nothing was. */
async function walkAll(house: TestHouse, numRuns: number, seed: number): Promise<Tally> {
  houses.push(house);
  const grounds = await makeGrounds(house);
  const tally: Tally = { tokens: 0, challenges: new Map() };
  await fc.assert(
    fc.asyncProperty(
      fc.nat(grounds.length - 1),
      traits,
      fc.array(anyMove, { minLength: 4, maxLength: 24 }),
      async (at, wanted, moves) => {
        const [ground, elsewhere] = [grounds[at], grounds[(at + 1) % grounds.length]];
        if (!ground || !elsewhere) return;
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
    const house = await openTestHouse({}, { triggers: walkTriggers });
    const { tokens, challenges } = await walkAll(house, walks, givenSeed);
    expect(house.errors).toEqual([]);
    // A walk in which nobody gets in, or nothing is asked, would find nothing.
    expect(tokens).toBeGreaterThan(walks / 20);
    expect(challenges.size).toBeGreaterThan(5);
  });
});

/** The controls walk the same way each time, so that they take the same time. */
const controlSeed = 309_640_197;

type Change = readonly [file: string, from: string, to: string];

/** What each change breaks, a walk must find. */
const mutations: readonly (readonly [title: string, change: Change])[] = [
  [
    "forgets the second factor",
    [
      "signin/next-step.ts",
      'return stepAfterFirstProof(facts) ?? { do: "finish" };',
      'stepAfterFirstProof(facts); return { do: "finish" };',
    ],
  ],
  ["lets a session be answered twice", ["signin/store.ts", '.where("claimed_at", "is", null)', ""]],
  [
    "takes the session of another client",
    ["signin/advance.ts", "attempt.clientId !== client.id || attempt.state.door", "attempt.state.door"],
  ],
  [
    "takes the password of a user who is locked",
    [
      "passwords/failures.ts",
      'if (!counted) return "locked";',
      "if (!counted) return clearFailures(app.db, holder).then(inTurn);",
    ],
  ],
  [
    "leaves a temporary password as it is",
    [
      "signin/next-step.ts",
      'user.status === "FORCE_CHANGE_PASSWORD" && proved',
      'user.status === "ARCHIVED" && proved',
    ],
  ],
  [
    "takes a wrong code",
    ["signin/challenges/one-time-code.ts", '!equalsInConstantTime(memory["code"], given)', 'given === ""'],
  ],
  ["takes a code of an authenticator twice", ["factors/store.ts", '.where("totp_step", "<", step)', ""]],
  [
    "takes an address for a second factor before its code has come back",
    ["signin/challenges/mfa-setup.ts", "    chosen: factor,", '    proof: "second-factor",'],
  ],
  [
    "takes a passkey for a second factor that stands in place of a password alone",
    ["signin/facts.ts", '?.FactorConfiguration === "MULTI_FACTOR_WITH_USER_VERIFICATION"', " !== undefined"],
  ],
  [
    "takes a passkey for a second factor whose holder was not verified",
    ["signin/challenges/web-authn.ts", 'proved.isUserVerified ? "verified-passkey" : "passkey"', '"verified-passkey"'],
  ],
  [
    "takes a passkey for a second factor against its user's wish",
    ["signin/facts.ts", "passkeys && factors.settings.webAuthn === true &&", "passkeys &&"],
  ],
  [
    "takes a passkey that has signed for another sign-in",
    [
      "signin/challenges/web-authn.ts",
      'challenge: memory["challenge"] ?? "", credential }',
      'challenge: JSON.parse(Buffer.from(credential.response.clientDataJSON, "base64url").toString()).challenge, credential }',
    ],
  ],
  [
    "takes somebody else's passkey",
    [
      "signin/challenges/web-authn.ts",
      'user ? await listPasskeys(app.db, user, { after: "", limit: passkeyLimit }) : [];',
      "[await findPasskey(app.db, pool.id, credential.id)];",
    ],
  ],
  [
    "goes on with a password that was replaced",
    ["signin/standing.ts", "if (present?.createdAt !== passwordSince)", "if (present === undefined)"],
  ],
  [
    "goes on with a second factor that was switched off",
    ["signin/standing.ts", "if (!isSecondDue(challenge, await factsOf(app, sitting)))", "if (!challenge)"],
  ],
  ["lets in who was disabled meanwhile", ["signin/next-step.ts", 'if (!isEnabled) return "disabled";', ""]],
  [
    "refreshes who was signed out",
    ["tokens/refresh.ts", "family.isRevoked || isSignedOut(family, user)", "family.isRevoked"],
  ],
  [
    "takes the code of a new password twice",
    ["codes/code.ts", "throw noCode();\n}\n\n/** Also", "return;\n}\n\n/** Also"],
  ],
  [
    "lets a confirmation lead into two sign-ins",
    ["signin/confirmed.ts", 'if (!isFirst) throw badSession("used");', ""],
  ],
];

// What is looked for is the same on both engines, and bundling takes its time.
if (inject("engine") === "sqlite")
  describe("the walk finds out a house that", () => {
    it.each(mutations)("%s", { timeout: 240_000 }, async (_title, [file, from, to]) => {
      const house = await openTestHouse({}, { triggers: walkTriggers }, await openMutant({ file, from, to }));
      await expect(walkAll(house, 400, controlSeed)).rejects.toMatchObject({ cause: { name: "Broken" } });
    });
  });

/**
 * MFA-03: sign-ins walked at random against a model of what must hold. A walk that fails is told with its moves
 * and its seed; `POOLHOUSE_WALKS` walks further and `POOLHOUSE_SEED` walks again.
 */
import { env } from "node:process";
import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import { afterAll, describe, expect, inject, it } from "vitest";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { type Mutation, openMutant } from "../support/mutant.ts";
import { attributeList } from "../support/people.ts";
import { password } from "../support/pool.ts";
import { authenticatorCode } from "../support/signing-in.ts";
import { answerFor } from "../support/walk/answers.ts";
import { type Ground, makeGrounds, walkTriggers } from "../support/walk/grounds.ts";
import type { Person } from "../support/walk/model.ts";
import { type Door, type Flow, type Move, newWalk, type Tally } from "../support/walk/walker.ts";

const walks = Number(env["POOLHOUSE_WALKS"] ?? 40);
const givenSeed = Number(env["POOLHOUSE_SEED"] ?? Date.now() % 2 ** 31);

const door = fc.constantFrom<Door>("public", "public", "admin", "page");
const flow = fc.constantFrom<Flow>(
  "password",
  "password",
  "SRP",
  "choice",
  "preferred password",
  "preferred code",
  "custom",
  "custom with SRP",
);
const otherNames: ChallengeNameType[] = [
  "SOFTWARE_TOKEN_MFA",
  "MFA_SETUP",
  "EMAIL_OTP",
  "NEW_PASSWORD_REQUIRED",
  "PASSWORD",
];

/** Most answers are right: a walk that is refused at its first step goes nowhere. */
const mostly = fc.integer({ min: 0, max: 4 }).map((number) => number > 0);
const seldom = mostly.map((isMost) => !isMost);

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("begin" as const), flow, door, isRight: mostly, onDevice: fc.boolean() }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant("answer" as const),
      back: fc.constantFrom(0, 0, 0, 1, 2),
      isRight: mostly,
      times: fc.constantFrom(1 as const, 1 as const, 1 as const, 16 as const),
      name: fc.oneof({ weight: 8, arbitrary: fc.constant("asked" as const) }, fc.constantFrom(...otherNames)),
      isStranger: fc.integer({ min: 0, max: 14 }).map((number) => number === 0),
      door,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("replay" as const), back: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(1, 30, 200) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("administer" as const),
      what: fc.constantFrom("disable", "enable", "enable", "reset", "set password", "use authenticator"),
    }),
  },
);

/** Who walks. */
interface Traits {
  readonly isThere: boolean;
  readonly isTemporary: boolean;
  readonly hasPhone: boolean;
  readonly hasAuthenticator: boolean;
}

const traits: fc.Arbitrary<Traits> = fc.record({
  isThere: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
  isTemporary: seldom,
  hasPhone: fc.boolean(),
  hasAuthenticator: fc.boolean(),
});

let made = 0;

async function makeWalker(house: TestHouse, ground: Ground, wanted: Traits): Promise<Person> {
  const { isThere, isTemporary, hasPhone } = wanted;
  const name = `walker-${++made}@example.com`;
  const phone = hasPhone ? `+1555${String(made).padStart(7, "0")}` : undefined;
  const person: Person = {
    name,
    password,
    isThere,
    isEnabled: true,
    isTemporary,
    mustReset: false,
    phone,
    totp: undefined,
    usesSecond: false,
    device: undefined,
    failures: 0,
    lockedUntil: 0,
  };
  if (!isThere) return person;
  const { UserPoolId, ClientId } = ground;
  const { api } = house;
  await api.adminCreateUser({
    UserPoolId,
    Username: name,
    MessageAction: "SUPPRESS",
    TemporaryPassword: password,
    UserAttributes: attributeList({
      email_verified: "true",
      ...(phone && { phone_number: phone, phone_number_verified: "true" }),
    }),
  });
  if (!isTemporary) await api.adminSetUserPassword({ UserPoolId, Username: name, Password: password, Permanent: true });
  if (wanted.hasAuthenticator && !isTemporary && ground.mfa === "OPTIONAL") {
    const AuthParameters = { USERNAME: name, PASSWORD: password };
    const signedIn = await api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    const AccessToken = signedIn.AuthenticationResult?.AccessToken;
    const { SecretCode = "" } = await api.associateSoftwareToken({ AccessToken });
    await api.verifySoftwareToken({ AccessToken, UserCode: authenticatorCode(house, SecretCode) });
    await api.setUserMFAPreference({ AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } });
    person.totp = SecretCode;
    person.usesSecond = true;
    const device = signedIn.AuthenticationResult?.NewDeviceMetadata;
    if (device) person.device = await answerFor.device(house, AccessToken, device);
    house.clock.advance(30_000);
  }
  return person;
}

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
      fc.array(move, { minLength: 4, maxLength: 24 }),
      async (at, wanted, moves) => {
        const ground = grounds[at];
        if (!ground) return;
        const walk = newWalk(house, ground, await makeWalker(house, ground, wanted), tally);
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

/** What each change breaks, a walk must find. */
const mutations: readonly (readonly [title: string, mutation: Mutation])[] = [
  [
    "forgets the second factor",
    {
      file: "signin/next-step.ts",
      from: 'return stepAfterFirstProof(facts) ?? { do: "finish" };',
      to: 'stepAfterFirstProof(facts); return { do: "finish" };',
    },
  ],
  ["lets a session be answered twice", { file: "signin/store.ts", from: '.where("claimed_at", "is", null)', to: "" }],
  [
    "takes the password of a user who is locked",
    {
      file: "passwords/failures.ts",
      from: 'if (!counted) return "locked";',
      to: "if (!counted) return clearFailures(app.db, holder).then(inTurn);",
    },
  ],
  [
    "leaves a temporary password as it is",
    {
      file: "signin/next-step.ts",
      from: 'user.status === "FORCE_CHANGE_PASSWORD" && proved',
      to: 'user.status === "ARCHIVED" && proved',
    },
  ],
  [
    "takes a wrong code",
    {
      file: "signin/challenges/one-time-code.ts",
      from: '!equalsInConstantTime(memory["code"], given)',
      to: 'given === ""',
    },
  ],
];

// What is looked for is the same on both engines, and bundling takes its time.
if (inject("engine") === "sqlite")
  describe("the walk finds out a house that", () => {
    it.each(mutations)("%s", { timeout: 240_000 }, async (_title, mutation) => {
      const house = await openTestHouse({}, { triggers: walkTriggers }, await openMutant(mutation));
      await expect(walkAll(house, 400, controlSeed)).rejects.toMatchObject({ cause: { name: "Broken" } });
    });
  });

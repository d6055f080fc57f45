/** Refresh tokens that change with each use: a family stays one line, whoever holds which of its tokens. */
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { claimsOf } from "../../test/support/browser-steps.ts";
import { makeDatabase } from "../../test/support/engine.ts";
import { openTestHouse, type TestHouse, useHouse } from "../../test/support/house.ts";
import { makePool, password, usePool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";

const second = 1000;
const arn = "arn:aws:lambda:us-east-1:123456789012:function:tokens";
const reuse = { name: "RefreshTokenReuseException", message: "Refresh Token has already been used" };
const revoked = { name: "NotAuthorizedException", message: "Refresh Token has been revoked" };

let isOutOfOrder = false;

const answerTokens = (event: object) => {
  if (isOutOfOrder) throw new Error("out of order");
  return event;
};

const house = useHouse({}, { triggers: { [arn]: answerTokens } });
const pool = usePool(house, { pool: { LambdaConfig: { PreTokenGeneration: arn } } });

const rotatingClient = async ({ api }: TestHouse, UserPoolId: string, RetryGracePeriodSeconds: number) => {
  const { UserPoolClient } = await api.createUserPoolClient({
    UserPoolId,
    ClientName: "rotating",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds },
  });
  return UserPoolClient?.ClientId ?? "";
};

const exchangeIn = async ({ api }: TestHouse, ClientId: string, RefreshToken: string) => {
  const { AuthenticationResult } = await api.getTokensFromRefreshToken({ ClientId, RefreshToken });
  return { refresh: AuthenticationResult?.RefreshToken ?? "", access: AuthenticationResult?.AccessToken ?? "" };
};

const signInTo = async ({ api }: TestHouse, ClientId: string, USERNAME: string) => {
  const AuthParameters = { USERNAME, PASSWORD: password };
  const answer = await api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  return answer.AuthenticationResult?.RefreshToken ?? "";
};

let made = 0;

/** A client that rotates, and the first refresh token of a user of its own. */
async function begin(grace: number) {
  const ClientId = await rotatingClient(house, pool.UserPoolId, grace);
  const email = `rotating-${++made}@example.com`;
  await pool.createUser(email);
  const first = await signInTo(house, ClientId, email);
  return { ClientId, first, exchange: (token: string) => exchangeIn(house, ClientId, token) };
}

describe("a client that rotates", () => {
  it("TOK-12: gets a new token each time; an old one ends the family for both who hold it", async () => {
    const { first, exchange } = await begin(0);
    const { refresh: next } = await exchange(first);
    expect(next).not.toBe(first);
    const { refresh: third } = await exchange(next);
    expect(await refusalOf(exchange(first))).toEqual(reuse);
    expect(await refusalOf(exchange(third))).toEqual(revoked);
    expect(await refusalOf(exchange(first))).toEqual(revoked);
  });

  it("may show the one before once more within the grace period, to the millisecond, and gets the same successor", async () => {
    const { first, exchange } = await begin(10);
    await exchange(first);
    house.clock.advance(10 * second - 1);
    const { refresh: again } = await exchange(first);
    const { refresh: third } = await exchange(again);
    house.clock.advance(1);
    // Two before the present one is a reuse even within a grace period.
    expect(await refusalOf(exchange(first))).toEqual(reuse);
    expect(await refusalOf(exchange(third))).toEqual(revoked);
  });

  it("TOK-13: of fifty at once without grace one gets tokens", async () => {
    const { first, exchange } = await begin(0);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => exchange(first)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("TOK-13: of fifty at once within grace all get the same successor, and after it the old one is a reuse", async () => {
    const { first, exchange } = await begin(10);
    const results = await Promise.all(Array.from({ length: 50 }, () => exchange(first)));
    expect(new Set(results.map(({ access }) => claimsOf(access)["origin_jti"])).size).toBe(1);
    house.clock.advance(10 * second);
    expect((await exchange(results[7]?.refresh ?? "")).refresh).toBeTruthy();
    expect((await exchange(results[8]?.refresh ?? "")).refresh).toBeTruthy();
    house.clock.advance(10 * second);
    expect(await refusalOf(exchange(first))).toEqual(reuse);
  });

  it("keeps its token where the pool's function fails: it was not given another", async () => {
    const { first, exchange } = await begin(0);
    isOutOfOrder = true;
    try {
      expect((await refusalOf(exchange(first))).name).toBe("UserLambdaValidationException");
    } finally {
      isOutOfOrder = false;
    }
    expect((await exchange(first)).refresh).toBeTruthy();
  });

  it("is not given more life by it", async () => {
    const { first, exchange } = await begin(0);
    const days = 24 * 60 * 60 * second;
    house.clock.advance(29 * days);
    const { refresh } = await exchange(first);
    house.clock.advance(days);
    expect(await refusalOf(exchange(refresh))).toEqual({
      name: "NotAuthorizedException",
      message: "Refresh Token has expired",
    });
  });

  it("TOK-15: cannot use the flow that does not rotate", async () => {
    const { ClientId, first } = await begin(0);
    const AuthParameters = { REFRESH_TOKEN: first };
    expect(
      await refusalOf(house.api.initiateAuth({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters })),
    ).toEqual({ name: "InvalidParameterException", message: "REFRESH_TOKEN_AUTH flow not enabled for this client" });
  });
});

describe("a restart", () => {
  it("TOK-14: brings no old token back: neither one that was followed, nor a family that was ended", async () => {
    const place = await makeDatabase(true);
    const rootKey = randomBytes(32);
    const open = () => openTestHouse({ database: place.address }, { rootKey });
    const before = await open();
    const { UserPoolId, createUser } = await makePool(before);
    await createUser("restart@example.com");
    const ClientId = await rotatingClient(before, UserPoolId, 0);
    const followed = await signInTo(before, ClientId, "restart@example.com");
    const { refresh: present } = await exchangeIn(before, ClientId, followed);
    const ended = await signInTo(before, ClientId, "restart@example.com");
    const { refresh: heir } = await exchangeIn(before, ClientId, ended);
    expect(await refusalOf(exchangeIn(before, ClientId, ended))).toEqual(reuse);
    await before.close();
    const after = await open();
    expect(await refusalOf(exchangeIn(after, ClientId, heir))).toEqual(revoked);
    const { refresh: next } = await exchangeIn(after, ClientId, present);
    expect(await refusalOf(exchangeIn(after, ClientId, followed))).toEqual(reuse);
    expect(await refusalOf(exchangeIn(after, ClientId, next))).toEqual(revoked);
    await after.close();
    await place.drop();
    expect([...before.errors, ...after.errors]).toEqual([]);
  });
});

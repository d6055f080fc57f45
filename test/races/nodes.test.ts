/** Several nodes over one database: what happens once happens once on all of them, and what ends ends on all. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type House, openHouse } from "../../src/house.ts";
import { makeRsaKeyPair } from "../../src/lib/key-pair.ts";
import { readSettings } from "../../src/settings.ts";
import { makeDatabase, type TestDatabase } from "../support/engine.ts";
import { sdkFor } from "../support/house.ts";
import { refusalOf } from "../support/refusal.ts";

/** SQLite has one process a file, so there both ways in lead to the same node. */
const nodeCount = inject("engine") === "postgres" ? 2 : 1;

let place: TestDatabase;
let nodes: House[];
let urls: readonly [string, string];

beforeAll(async () => {
  place = await makeDatabase();
  const rootKey = randomBytes(32);
  const settings = readSettings("dev", { port: "0", database: place.address, publicUrl: "http://localhost:7665" }, {});
  nodes = await Promise.all(
    Array.from({ length: nodeCount }, () => openHouse(settings, { rootKey, makeKeyPair: makeRsaKeyPair })),
  );
  urls = [nodes[0]?.url ?? "", nodes.at(-1)?.url ?? ""];
});

afterAll(async () => {
  for (const node of nodes) await node.close();
  await place.drop();
});

describe("two nodes", () => {
  it("agree on a pool's keys when both make them at once, and a sign-out on one ends tokens on the other", async () => {
    const [one, other] = [sdkFor(urls[0]), sdkFor(urls[1])];
    const { UserPool } = await one.createUserPool({ PoolName: "p" });
    const UserPoolId = UserPool?.Id ?? "";
    const { UserPoolClient } = await other.createUserPoolClient({
      UserPoolId,
      ClientName: "c",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    });
    await one.adminCreateUser({ UserPoolId, Username: "u", MessageAction: "SUPPRESS" });
    await other.adminSetUserPassword({ UserPoolId, Username: "u", Password: "Passw0rd!", Permanent: true });
    const keySets = await Promise.all(
      urls.map(async (url) => (await fetch(`${url}/${UserPoolId}/.well-known/jwks.json`)).text()),
    );
    expect(keySets[0]).toBe(keySets[1]);
    const signIn = (api: typeof one) =>
      api.initiateAuth({
        ClientId: UserPoolClient?.ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "u", PASSWORD: "Passw0rd!" },
      });
    const AccessToken = (await signIn(one)).AuthenticationResult?.AccessToken;
    await other.getUser({ AccessToken });
    await one.globalSignOut({ AccessToken });
    expect((await refusalOf(other.getUser({ AccessToken }))).message).toBe("Access Token has been revoked");
  });

  it.each([0, 10])(
    "TOK-14: forget no rotation, with %i seconds of grace: an old refresh token is dead on a node that was started since",
    async (RetryGracePeriodSeconds) => {
      const own = await makeDatabase(true);
      const rootKey = randomBytes(32);
      const settings = readSettings("dev", { port: "0", database: own.address }, {});
      let now = Date.now();
      const open = () => openHouse(settings, { rootKey, makeKeyPair: makeRsaKeyPair, clock: { now: () => now } });
      let node = await open();
      try {
        const api = sdkFor(node.url);
        const { UserPool } = await api.createUserPool({ PoolName: "p" });
        const UserPoolId = UserPool?.Id;
        const { UserPoolClient } = await api.createUserPoolClient({
          UserPoolId,
          ClientName: "c",
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
          RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds },
        });
        const ClientId = UserPoolClient?.ClientId;
        await api.adminCreateUser({ UserPoolId, Username: "u", MessageAction: "SUPPRESS" });
        await api.adminSetUserPassword({ UserPoolId, Username: "u", Password: "Passw0rd!", Permanent: true });
        const AuthParameters = { USERNAME: "u", PASSWORD: "Passw0rd!" };
        const signedIn = await api.initiateAuth({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
        const RefreshToken = signedIn.AuthenticationResult?.RefreshToken;
        const rotated = await api.getTokensFromRefreshToken({ ClientId, RefreshToken });
        await node.close();
        node = await open();
        now += RetryGracePeriodSeconds * 1000 + 1;
        const again = sdkFor(node.url);
        const replayed = again.getTokensFromRefreshToken({ ClientId, RefreshToken });
        expect((await refusalOf(replayed)).name).toBe("RefreshTokenReuseException");
        await node.close();
        node = await open();
        // Whoever replayed it, the family is dead for good.
        const successor = rotated.AuthenticationResult?.RefreshToken;
        const continued = sdkFor(node.url).getTokensFromRefreshToken({ ClientId, RefreshToken: successor });
        expect((await refusalOf(continued)).name).toBe("NotAuthorizedException");
      } finally {
        await node.close();
        await own.drop();
      }
    },
  );

  it("AUT-10: redeem a code once, by thirty-two at once on both", async () => {
    const [one] = [sdkFor(urls[0])];
    const { UserPool } = await one.createUserPool({ PoolName: "p" });
    const UserPoolId = UserPool?.Id ?? "";
    await one.createUserPoolDomain({ UserPoolId, Domain: "races" });
    const redirect_uri = "https://app.example.com/cb";
    const { UserPoolClient } = await one.createUserPoolClient({
      UserPoolId,
      ClientName: "c",
      CallbackURLs: [redirect_uri],
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      AllowedOAuthFlowsUserPoolClient: true,
    });
    const client_id = UserPoolClient?.ClientId ?? "";
    await one.adminCreateUser({ UserPoolId, Username: "u", MessageAction: "SUPPRESS" });
    await one.adminSetUserPassword({ UserPoolId, Username: "u", Password: "Passw0rd!", Permanent: true });
    for (let burst = 0; burst < 5; burst++) {
      const query = new URLSearchParams({ response_type: "code", client_id, redirect_uri });
      const page = await fetch(`${urls[0]}/races/login?${query}`);
      const csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
      const signedIn = await fetch(`${urls[1]}/races/login?${query}`, {
        method: "POST",
        redirect: "manual",
        headers: { cookie: `XSRF-TOKEN=${csrf}` },
        body: new URLSearchParams({ _csrf: csrf, username: "u", password: "Passw0rd!" }),
      });
      const code = new URL(signedIn.headers.get("location") ?? "").searchParams.get("code") ?? "";
      const form = { grant_type: "authorization_code", client_id, code, redirect_uri };
      const answers = await Promise.all(
        Array.from({ length: 32 }, (_, index) =>
          fetch(`${urls[index % 2]}/races/oauth2/token`, { method: "POST", body: new URLSearchParams(form) }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });

  it.each([0, 10])(
    "TOK-13: keep a family one line, by thirty-two refreshes at once on both, %i seconds of grace",
    async (RetryGracePeriodSeconds) => {
      const [one, other] = [sdkFor(urls[0]), sdkFor(urls[1])];
      const { UserPool } = await one.createUserPool({ PoolName: "p" });
      const UserPoolId = UserPool?.Id ?? "";
      const { UserPoolClient } = await one.createUserPoolClient({
        UserPoolId,
        ClientName: "c",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds },
      });
      const ClientId = UserPoolClient?.ClientId ?? "";
      await one.adminCreateUser({ UserPoolId, Username: "u", MessageAction: "SUPPRESS" });
      await one.adminSetUserPassword({ UserPoolId, Username: "u", Password: "Passw0rd!", Permanent: true });
      const exchange = async (api: typeof one, RefreshToken: string) =>
        (await api.getTokensFromRefreshToken({ ClientId, RefreshToken })).AuthenticationResult?.RefreshToken ?? "";
      for (let burst = 0; burst < 3; burst++) {
        const signedIn = await one.initiateAuth({
          ClientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "u", PASSWORD: "Passw0rd!" },
        });
        const first = signedIn.AuthenticationResult?.RefreshToken ?? "";
        const outcomes = await Promise.allSettled(
          Array.from({ length: 32 }, (_, index) => exchange(index % 2 ? one : other, first)),
        );
        const successors = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
        expect(successors).toHaveLength(RetryGracePeriodSeconds === 0 ? 1 : 32);
        // With grace they all stand for one generation: after its own successor has been used, none is good any more.
        const last = await exchange(one, successors[0] ?? "").catch(() => undefined);
        expect(last !== undefined).toBe(RetryGracePeriodSeconds > 0);
        if (last !== undefined) await exchange(other, last);
        expect((await refusalOf(exchange(other, successors.at(-1) ?? ""))).message).toMatch(
          /already been used|revoked/,
        );
      }
    },
  );

  it("take one name once, by sixteen at once on both", async () => {
    const [one, other] = [sdkFor(urls[0]), sdkFor(urls[1])];
    const { UserPool } = await one.createUserPool({ PoolName: "p" });
    const UserPoolId = UserPool?.Id ?? "";
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, index) =>
        (index % 2 ? one : other).adminCreateUser({ UserPoolId, Username: "same", MessageAction: "SUPPRESS" }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const domains = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 ? one : other).createUserPoolDomain({ UserPoolId, Domain: "same-domain" }),
      ),
    );
    expect(domains.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

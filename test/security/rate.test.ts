/** How much one address may try without a signature: the same over every door, whatever it writes into its headers. */
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { authorizeUrl, csrfOf, jsonOf, messageOf, newVisitor, requestToken, signIn } from "../support/browser-steps.ts";
import { type TestHouse, useHouse } from "../support/house.ts";
import { password, type TestPool, usePool, type WantedPool } from "../support/pool.ts";
import { signInBySrp } from "../support/signing-in.ts";

/** Two a minute are taken from one address, after ten at once. */
const limited = { addressLimit: "2", unlimitedAddresses: "none" };
const burst = 10;

const wanted = {
  pool: { DcrConfiguration: { OpenDcrEnabled: true } },
  client: {
    GenerateSecret: false,
    PreventUserExistenceErrors: "ENABLED",
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  },
} satisfies WantedPool;

const house = useHouse({ ...limited, proxies: "1" });
const pool = usePool(house, wanted);
const bare = useHouse(limited);
const barePool = usePool(bare, wanted);

let addresses = 0;
let names = 0;

/** An address that nobody has tried anything from. */
const freshAddress = (): string => `198.51.100.${++addresses}`;
const freshName = (): string => `nobody-${++names}@example.com`;

/** What came of a request: `served` (well or badly), or the way in which it was one too many. */
interface Outcome {
  readonly status: number;
  readonly isTooMany: boolean;
}

/** Sends from an address; undefined sends no header of a proxy. */
type Send = (from: string | undefined) => Promise<Outcome>;

const forwarded = (from: string | undefined): Record<string, string> =>
  from === undefined ? {} : { "x-forwarded-for": from };

async function call(at: Pick<TestHouse, "url">, operation: string, request: object, from?: string) {
  const answer = await fetch(at.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      ...forwarded(from),
    },
    body: JSON.stringify(request),
  });
  return { answer, body: await jsonOf<Readonly<Record<string, string>>>(answer) };
}

/** A call of the API as the refusals of clients see it. */
const byApi =
  (operation: string, requestOf: () => object): Send =>
  async (from) => {
    const { answer, body } = await call(house, operation, { ClientId: pool.ClientId, ...requestOf() }, from);
    const isTooMany = body["__type"] === "TooManyRequestsException";
    if (isTooMany) {
      expect([answer.status, body["message"]]).toEqual([400, "Too many requests"]);
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    return { status: answer.status, isTooMany };
  };

/** A form of a page, with cookies of its own. */
const byPage =
  (path: string, formOf: () => Readonly<Record<string, string>>): Send =>
  async (from) => {
    const visitor = newVisitor();
    const query = new URL(authorizeUrl(pool)).search;
    const page = await visitor.visit(`${pool.base}/login${query}`, undefined, forwarded(from));
    const form = { _csrf: csrfOf(await page.text()), ...formOf() };
    const answer = await visitor.visit(`${pool.base}/${path}${query}`, form, forwarded(from));
    const isTooMany = answer.status === 429;
    if (isTooMany) {
      const text = await answer.text();
      expect(messageOf(text) ?? text).toBe("Too many requests");
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    return { status: answer.status, isTooMany };
  };

/** A post to an endpoint of OAuth. */
const byEndpoint =
  (path: string, bodyOf: () => URLSearchParams | string): Send =>
  async (from) => {
    const body = bodyOf();
    const type = typeof body === "string" ? { "content-type": "application/json" } : {};
    const headers = { ...type, ...forwarded(from) };
    const answer = await fetch(`${pool.base}${path}`, { method: "POST", body, headers });
    const isTooMany = answer.status === 429;
    if (isTooMany) {
      expect(await answer.json()).toEqual({ error: "invalid_request", error_description: "Too many requests" });
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    return { status: answer.status, isTooMany };
  };

const form = (parts: Readonly<Record<string, string>>) => () =>
  new URLSearchParams({ client_id: pool.ClientId, ...parts });
const publicValue = "4".repeat(768);

/** Everything that nobody signs and that guesses, costs or causes something. */
const doors: readonly (readonly [title: string, send: Send])[] = [
  [
    "a wrong password",
    byApi("InitiateAuth", () => ({
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: freshName(), PASSWORD: "wrong" },
    })),
  ],
  [
    "SRP-14: the opening of an SRP sign-in",
    byApi("InitiateAuth", () => ({
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: freshName(), SRP_A: publicValue },
    })),
  ],
  [
    "a refresh token that is none",
    byApi("InitiateAuth", () => ({ AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN: "x" } })),
  ],
  ["a refresh token that is none, alone", byApi("GetTokensFromRefreshToken", () => ({ RefreshToken: "x" }))],
  [
    "a wrong answer",
    byApi("RespondToAuthChallenge", () => ({
      ChallengeName: "SMS_MFA",
      Session: "a".repeat(20),
      ChallengeResponses: {},
    })),
  ],
  [
    "an authenticator's wrong code",
    byApi("VerifySoftwareToken", () => ({ Session: "a".repeat(20), UserCode: "000000" })),
  ],
  ["a sign-up", byApi("SignUp", () => ({ Username: freshName(), Password: password }))],
  ["a wrong sign-up code", byApi("ConfirmSignUp", () => ({ Username: freshName(), ConfirmationCode: "000000" }))],
  ["another sign-up code", byApi("ResendConfirmationCode", () => ({ Username: freshName() }))],
  ["a forgotten password", byApi("ForgotPassword", () => ({ Username: freshName() }))],
  [
    "a wrong code for one",
    byApi("ConfirmForgotPassword", () => ({ Username: freshName(), ConfirmationCode: "000000", Password: password })),
  ],
  [
    "a client that does not exist",
    byApi("InitiateAuth", () => ({
      ClientId: "1".repeat(26),
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: freshName(), PASSWORD: "wrong" },
    })),
  ],
  ["a wrong password on the page", byPage("login", () => ({ username: freshName(), password: "wrong" }))],
  ["a sign-up on the page", byPage("signup", () => ({ username: freshName(), password }))],
  ["a wrong sign-up code on the page", byPage("confirm", () => ({ username: freshName(), code: "000000" }))],
  ["another sign-up code on the page", byPage("resendcode", () => ({ username: freshName() }))],
  ["a forgotten password on the page", byPage("forgotPassword", () => ({ username: freshName() }))],
  [
    "a wrong code for one on the page",
    byPage("confirmForgotPassword", () => ({
      username: freshName(),
      ConfirmationCode: "000000",
      new_password: password,
      confirm_password: password,
    })),
  ],
  [
    "a client that cannot prove itself",
    byEndpoint("/oauth2/token", form({ client_secret: "wrong", grant_type: "refresh_token", refresh_token: "x" })),
  ],
  [
    "a code that is none",
    byEndpoint(
      "/oauth2/token",
      form({ grant_type: "authorization_code", code: "x", redirect_uri: "https://a.example" }),
    ),
  ],
  [
    "a client that cannot prove itself to revoke",
    byEndpoint("/oauth2/revoke", form({ client_secret: "x", token: "x" })),
  ],
  [
    "a client that registers itself",
    byEndpoint("/oauth2/register", () =>
      JSON.stringify({ client_name: "own", redirect_uris: ["https://example.com/back"] }),
    ),
  ],
];

/** The same address so many times. */
const times = (length: number, from: string | undefined): (string | undefined)[] => Array.from({ length }, () => from);

/** Sends once from each address, and gives how many were served. */
async function servedOf(send: Send, from: readonly (string | undefined)[]): Promise<number> {
  let served = 0;
  for (const address of from) if (!(await send(address)).isTooMany) served++;
  return served;
}

/** A send that needs no page and hashes nothing. */
const cheap = byApi("GetTokensFromRefreshToken", () => ({ RefreshToken: "x" }));

describe("PWD-08: from one address", () => {
  it.each(doors)("%s is taken so often and no more, until time has passed", async (_title, send) => {
    const from = freshAddress();
    expect(await servedOf(send, times(burst + 2, from))).toBe(burst);
    // What one door has used up, another does not give.
    expect((await cheap(from)).isTooMany).toBe(true);
    expect((await cheap(freshAddress())).isTooMany).toBe(false);
    house.clock.advance(30_000);
    expect(await servedOf(send, [from, from])).toBe(1);
  });

  it("all doors share what it has", async () => {
    const from = freshAddress();
    for (const [, send] of doors.slice(0, burst)) expect((await send(from)).isTooMany).toBe(false);
    for (const [title, send] of doors) expect((await send(from)).isTooMany, title).toBe(true);
  });
});

/** Spellings that a caller may try, and the house's proxies: each list is of one address. */
const spellings: readonly (readonly [title: string, proxies: 0 | 1, from: readonly (string | undefined)[]])[] = [
  ["a header that no proxy wrote", 0, ["203.0.113.1", "203.0.113.2", "::1", "2001:db8::1", undefined]],
  [
    "addresses before the one that the proxy wrote",
    1,
    ["1.1.1.1, 203.0.113.10", "2.2.2.2,203.0.113.10", "::1, 203.0.113.10", "a, b, 203.0.113.10", "203.0.113.10"],
  ],
  ["what is no address", 1, ["a", "b", "999.1.1.1", "203.0.113.9:443", "unknown"]],
  ["nothing, and what is no address", 1, [undefined, "", ",", "1.1.1.1,", "[::1]"]],
  [
    "another of the same 64 bits",
    1,
    ["2001:db8:1::1", "2001:db8:1::2", "2001:db8:1:0:ffff::", "2001:db8:1:0:1:2:3:4", "2001:db8:1::a:b"],
  ],
  [
    "IPv4 written as IPv6",
    1,
    ["203.0.113.11", "::ffff:203.0.113.11", "::FFFF:203.0.113.11", "::ffff:cb00:710b", "0:0:0:0:0:ffff:203.0.113.11"],
  ],
  [
    "upper-case digits and zeros",
    1,
    [
      "2001:db8:a::1",
      "2001:DB8:A::1",
      "2001:0db8:000a:0000:0000:0000:0000:0001",
      "2001:db8:a:0:0:0:0:1",
      "2001:dB8:A::1",
    ],
  ],
  ["an interface", 1, ["fe80::1", "fe80::1%eth0", "fe80::1%eth1", "fe80::2%eth0", "FE80::1%1"]],
];

const callOf =
  (at: TestHouse, of: TestPool): Send =>
  async (from) => {
    const { answer, body } = await call(
      at,
      "GetTokensFromRefreshToken",
      { ClientId: of.ClientId, RefreshToken: "x" },
      from,
    );
    return { status: answer.status, isTooMany: body["__type"] === "TooManyRequestsException" };
  };

describe("PWD-08: one address stays one, by", () => {
  it.each(spellings)("%s", async (_title, proxies, from) => {
    const [at, of] = proxies === 0 ? [bare, barePool] : [house, pool];
    // What is no address stands for the peer, whose bucket other rows use as well.
    at.clock.advance(burst * 30_000);
    const send = callOf(at, of);
    expect(await servedOf(send, [...from, ...from])).toBe(burst);
    for (const address of from) expect((await send(address)).isTooMany, String(address)).toBe(true);
  });

  it("and two 64-bit networks are two", async () => {
    const send = callOf(house, pool);
    const full = times(burst + 1, "2001:db8:2::1");
    expect(await servedOf(send, full)).toBe(burst);
    expect((await send("2001:db8:2:1::1")).isTooMany).toBe(false);
  });
});

describe("PWD-09: an alias of a path", () => {
  const post = (path: string, headers: Readonly<Record<string, string>>): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(house.url);
      const body = new URLSearchParams({ client_id: pool.ClientId, grant_type: "refresh_token", refresh_token: "x" });
      const sent = httpRequest(
        {
          hostname,
          port,
          path,
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        },
      );
      sent.on("error", reject);
      sent.end(String(body));
    });

  it.each([
    "/PREFIX/oauth2/token",
    "/PREFIX//oauth2/token",
    "//PREFIX/oauth2/token",
    "/PREFIX/./oauth2/token",
    "/PREFIX/oauth2/./token",
    "/PREFIX/x/../oauth2/token",
    "/PREFIX/oauth2%2ftoken",
    "/PREFIX/oauth2%2Ftoken",
    "/PREFIX/%6fauth2/token",
    "/PREFIX/oauth2/token.",
    "/PREFIX/oauth2/token/",
    "/PREFIX/oauth2/token;a",
    "/PREFIX/oauth2/token%20",
    "/PREFIX/oauth2/token?a=b",
    "/PREFIX/OAUTH2/TOKEN",
    "/PREFIX\\oauth2\\token",
  ])("%s is not found, or no way around the limit", async (path) => {
    const from = freshAddress();
    expect(await servedOf(cheap, times(burst + 1, from))).toBe(burst);
    const status = await post(path.replace("PREFIX", pool.domain), { "x-forwarded-for": from });
    expect([400, 404, 429]).toContain(status);
  });

  it.each(["PREFIX.localhost", "PREFIX.LOCALHOST", "PREFIX.localhost."])("nor is the host %s", async (host) => {
    const from = freshAddress();
    expect(await servedOf(cheap, times(burst + 1, from))).toBe(burst);
    const { port } = new URL(house.url);
    const headers = { "x-forwarded-for": from, host: `${host.replace("PREFIX", pool.domain)}:${port}` };
    expect([400, 403, 404, 421, 429]).toContain(await post("/oauth2/token", headers));
  });
});

describe("the limit of an address", () => {
  it("comes back by no sign-in of one's own: guesses at others stay counted", async () => {
    const username = "insider@example.com";
    await pool.createUser(username);
    const from = freshAddress();
    const own = { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: username, PASSWORD: password } };
    let guesses = 0;
    while (guesses <= burst && !(await cheap(from)).isTooMany) {
      guesses++;
      const { body } = await call(house, "InitiateAuth", { ClientId: pool.ClientId, ...own }, from);
      if (guesses < burst) expect(body["AuthenticationResult"]).toBeDefined();
    }
    expect(guesses).toBe(burst);
  });

  it("counts guesses at the same time", async () => {
    const from = freshAddress();
    const outcomes = await Promise.all(Array.from({ length: 3 * burst }, () => cheap(from)));
    expect(outcomes.filter(({ isTooMany }) => !isTooMany)).toHaveLength(burst);
  });

  it("tells of nobody whether they exist, and locks nobody out from elsewhere", async () => {
    const username = "victim@example.com";
    await pool.createUser(username);
    const guess = (USERNAME: string): Send =>
      byApi("InitiateAuth", () => ({
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD: "wrong" },
      }));
    const open = (USERNAME: string): Send =>
      byApi("InitiateAuth", () => ({ AuthFlow: "USER_SRP_AUTH", AuthParameters: { USERNAME, SRP_A: publicValue } }));
    const forget = (Username: string): Send => byApi("ForgotPassword", () => ({ Username }));
    for (const ask of [open, forget, guess]) {
      const full = (from: string) => times(burst + 2, from);
      expect(await servedOf(ask(username), full(freshAddress()))).toBe(burst);
      expect(await servedOf(ask(freshName()), full(freshAddress()))).toBe(burst);
    }
    // The lock of the user itself has ended by then.
    house.clock.advance(16 * 60_000);
    const request = { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: username, PASSWORD: password } };
    const { body } = await call(house, "InitiateAuth", { ClientId: pool.ClientId, ...request }, freshAddress());
    expect(body["AuthenticationResult"]).toBeDefined();
  });

  it("is for no call that is signed", async () => {
    house.clock.advance(burst * 30_000);
    for (let index = 0; index < burst + 2; index++) {
      const wrong = { USERNAME: freshName(), PASSWORD: "wrong" };
      const { ClientId, UserPoolId } = pool;
      const flow = { ClientId, UserPoolId, AuthFlow: "ADMIN_USER_PASSWORD_AUTH", AuthParameters: wrong } as const;
      const refused = await house.api.adminInitiateAuth(flow).catch((error: Error) => error.name);
      expect(refused).not.toBe("TooManyRequestsException");
    }
    expect((await cheap(undefined)).isTooMany).toBe(false);
  });
});

describe("who signs in", () => {
  const honest = useHouse(limited);
  const honestPool = usePool(honest, wanted);

  it("uses up nothing of what its address has, by whatever way", async () => {
    const username = "honest@example.com";
    await honestPool.createUser(username);
    const AuthParameters = { USERNAME: username, PASSWORD: password };
    for (let index = 0; index < burst + 2; index++) {
      const direct = await honest.api.initiateAuth({
        ClientId: honestPool.ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters,
      });
      const refreshToken = direct.AuthenticationResult?.RefreshToken ?? "";
      expect((await signInBySrp(honest, honestPool, { username, password })).AuthenticationResult).toBeDefined();
      const form = { grant_type: "refresh_token", client_id: honestPool.ClientId, refresh_token: refreshToken };
      expect((await requestToken(honestPool, form, {})).status).toBe(200);
      const onPage = await signIn(newVisitor(), authorizeUrl(honestPool), { username, password });
      expect(new URL(onPage.headers.get("location") ?? "").searchParams.has("code")).toBe(true);
    }
  });
});

describe("a house of development, and this machine in production", () => {
  const free = useHouse();
  const freePool = usePool(free, wanted);
  const production = { mode: "serve", publicUrl: "http://localhost:1" } as const;
  const serving = useHouse({ ...production, addressLimit: "1" });
  const unset = useHouse({ ...production, unlimitedAddresses: "none" });

  it("takes 300 failures of an address at once and sixty a minute, where nothing else is set", async () => {
    const guess: Send = async () => {
      const client = { ClientId: "1".repeat(26), RefreshToken: "x" };
      const { answer, body } = await call(unset, "GetTokensFromRefreshToken", client);
      return { status: answer.status, isTooMany: body["__type"] === "TooManyRequestsException" };
    };
    const from = times(302, undefined);
    expect(await servedOf(guess, from)).toBe(300);
    unset.clock.advance(60_000);
    expect(await servedOf(guess, from.slice(0, 62))).toBe(60);
  });

  it("sets its own machine no limit", async () => {
    const send = callOf(free, freePool);
    expect(await servedOf(send, times(350, undefined))).toBe(350);
    const client = { ClientId: "1".repeat(26), RefreshToken: "x" };
    for (let index = 0; index < 7; index++) {
      const { body } = await call(serving, "GetTokensFromRefreshToken", client);
      expect(body["__type"]).toBe("ResourceNotFoundException");
    }
  });
});

describe("refusals for an address", () => {
  const metered = useHouse({ ...limited, metricsPort: "0", proxies: "1" });

  it("are counted where metrics are read", async () => {
    const client = { ClientId: "1".repeat(26), RefreshToken: "x" };
    for (let index = 0; index < burst + 3; index++)
      await call(metered, "GetTokensFromRefreshToken", client, "203.0.113.77");
    const text = await (await fetch(metered.metricsUrl ?? "")).text();
    expect(text).toContain('poolhouse_requests_refused_total{reason="address"} 3');
  });
});

/** What the pages do beyond Cognito's, where a pool's owner wants it: own words, recovery codes, passkeys without a name. */
import { describe, expect, it } from "vitest";
import { authorizeUrl, csrfOf, messageOf, newVisitor, signIn, type Visitor } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, type TestPool } from "../../test/support/pool.ts";
import { refusalOf } from "../../test/support/refusal.ts";
import { authenticatorCode } from "../../test/support/signing-in.ts";
import { applySeed } from "../apply-seed.ts";
import { parsePageSettings, replacePages } from "./page-settings.ts";

const house = useHouse();
let made = 0;

const minute = 60_000;

/** A pool whose users need an authenticator, with one user. */
async function strictPool(pages: object) {
  const pool = await makePool(house);
  await replacePages(house.app, pool.UserPoolId, parsePageSettings(pages));
  await house.api.setUserPoolMfaConfig({
    UserPoolId: pool.UserPoolId,
    MfaConfiguration: "ON",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  });
  const username = `lost-${++made}@example.com`;
  await pool.createUser(username);
  return { pool, username };
}

/** Posts the form of the page that an answer leads to. */
async function sendForm(visitor: Visitor, led: Response, form: Record<string, string>): Promise<Response> {
  const location = led.headers.get("location") ?? "";
  const page = await visitor.visit(location);
  return visitor.visit(location, { _csrf: csrfOf(await page.text()), ...form });
}

/** Sets up an authenticator on the pages, and gives what the last page is. */
async function setUpApp(pool: TestPool, username: string, changes: Record<string, string> = {}) {
  const visitor = newVisitor();
  const asked = await signIn(visitor, authorizeUrl(pool, changes), { username, password });
  const page = await (await visitor.visit(asked.headers.get("location") ?? "")).text();
  const secret = /id="secretKey">([^<]+)</.exec(page)?.[1]?.replace(/\s/g, "") ?? "";
  const answer = await sendForm(visitor, asked, { code: authenticatorCode(house, secret), device: "" });
  return { visitor, secret, answer };
}

const codesOf = (html: string): string[] => [...html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code = ""]) => code);

/** Signs in by password and then by a recovery code. */
async function signInByCode(pool: TestPool, username: string, code: string): Promise<Response> {
  const visitor = newVisitor();
  const asked = await signIn(visitor, authorizeUrl(pool), { username, password });
  return sendForm(visitor, asked, { recovery_code: code });
}

const isBack = (answer: Response): boolean => /[?&]code=/.test(answer.headers.get("location") ?? "");

describe("recovery codes", () => {
  it("are shown once, when an authenticator is set up, and the way on leads to the client", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    const { visitor, answer } = await setUpApp(pool, username, { prompt: "login", max_age: "60" });
    const html = await answer.text();
    expect([answer.status, html]).toEqual([200, expect.stringContaining("Save your recovery codes")]);
    const codes = codesOf(html);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    const on = /href="([^"]*oauth2\/authorize[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(isBack(await visitor.visit(house.url + on))).toBe(true);
    const stored = await house.app.db
      .selectFrom("recovery_codes")
      .selectAll()
      .where("pool_id", "=", pool.UserPoolId)
      .execute();
    const kept = JSON.stringify(stored);
    expect(codes.filter((code) => kept.includes(code) || kept.includes(code.replaceAll("-", "")))).toEqual([]);
  });

  it("each stand once for a lost authenticator, however they are typed", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    const [first = "", second = ""] = codesOf(await (await setUpApp(pool, username)).answer.text());
    const visitor = newVisitor();
    const asked = await signIn(visitor, authorizeUrl(pool), { username, password });
    const page = await visitor.visit(asked.headers.get("location") ?? "");
    expect(await page.text()).toContain("Use a recovery code");
    expect(isBack(await signInByCode(pool, username, first))).toBe(true);
    const again = await signInByCode(pool, username, first);
    expect(messageOf(await again.text())).toBe("Invalid recovery code");
    expect(isBack(await signInByCode(pool, username, ` ${second.toUpperCase().replaceAll("-", " ")} `))).toBe(true);
  });

  it("sign in once, however many use one at the same time", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    const [code = ""] = codesOf(await (await setUpApp(pool, username)).answer.text());
    const answers = await Promise.all(Array.from({ length: 8 }, () => signInByCode(pool, username, code)));
    expect(answers.filter(isBack)).toHaveLength(1);
  });

  it("cannot be guessed more often than the codes of the authenticator", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    const [code = ""] = codesOf(await (await setUpApp(pool, username)).answer.text());
    for (let tries = 0; tries < 10; tries++) await signInByCode(pool, username, "aaaa-aaaa-aaaa-aaaa");
    const answer = await signInByCode(pool, username, code);
    expect(messageOf(await answer.text())).toBe("Attempt limit exceeded, please try after some time.");
    house.clock.advance(61 * minute);
    expect(isBack(await signInByCode(pool, username, code))).toBe(true);
  });

  it("belong to their user alone", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    const other = "other@example.com";
    await pool.createUser(other);
    const [code = ""] = codesOf(await (await setUpApp(pool, username)).answer.text());
    await setUpApp(pool, other);
    expect(isBack(await signInByCode(pool, other, code))).toBe(false);
  });

  it("are void when the authenticator is taken away", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    await setUpApp(pool, username);
    await house.api.adminDeleteSoftwareToken({ UserPoolId: pool.UserPoolId, Username: username });
    const rows = await house.app.db
      .selectFrom("recovery_codes")
      .selectAll()
      .where("pool_id", "=", pool.UserPoolId)
      .execute();
    expect(rows).toEqual([]);
  });

  it("are unknown to the API", async () => {
    const { pool, username } = await strictPool({ recoveryCodes: true });
    const { UserPoolId, ClientId } = pool;
    const [code = ""] = codesOf(await (await setUpApp(pool, username)).answer.text());
    const SECRET_HASH = pool.hashOf(username);
    const asked = await house.api.adminInitiateAuth({
      UserPoolId,
      ClientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH },
    });
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const answer = house.api.adminRespondToAuthChallenge({
      UserPoolId,
      ClientId,
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session: asked.Session,
      ChallengeResponses: { USERNAME: username, SECRET_HASH, RECOVERY_CODE: code },
    });
    expect((await refusalOf(answer)).message).toContain("SOFTWARE_TOKEN_MFA_CODE");
    const { UserPool } = await house.api.describeUserPool({ UserPoolId });
    expect(JSON.stringify(UserPool)).not.toContain("recoveryCodes");
  });

  it("are neither given nor taken where the owner does not want them", async () => {
    const { pool, username } = await strictPool({});
    const { answer } = await setUpApp(pool, username);
    expect(isBack(answer)).toBe(true);
    const visitor = newVisitor();
    const asked = await signIn(visitor, authorizeUrl(pool), { username, password });
    const page = await visitor.visit(asked.headers.get("location") ?? "");
    expect(await page.text()).not.toContain("recovery");
  });
});

describe("words of a pool's own", () => {
  const seed = {
    pools: [
      {
        id: "ownwords1",
        domain: "own-words",
        clients: [
          {
            id: "ownwords",
            CallbackURLs: ["https://example.com/cb"],
            AllowedOAuthFlows: ["code" as const],
            AllowedOAuthScopes: ["openid"],
            AllowedOAuthFlowsUserPoolClient: true,
          },
        ],
        pages: { texts: { en: { signInTitle: 'Acme <b>"one"</b>', messages: { "User does not exist.": "Who?" } } } },
      },
    ],
  };
  const query = new URLSearchParams({
    response_type: "code",
    client_id: "ownwords",
    redirect_uri: "https://example.com/cb",
  });
  const login = () => `${house.url}/own-words/login?${query}`;

  it("come from a seed, stay when the pool is updated, and are text", async () => {
    await applySeed(house.app, seed);
    await house.api.updateUserPool({ UserPoolId: "us-east-1_ownwords1" });
    const visitor = newVisitor();
    const html = await (await visitor.visit(login())).text();
    expect(html).toContain("Acme &lt;b&gt;&quot;one&quot;&lt;/b&gt;");
    const answer = await visitor.visit(login(), { _csrf: csrfOf(html), username: "nobody", password });
    expect(messageOf(await answer.text())).toBe("Who?");
  });

  it("change nothing when the same seed is applied again", async () => {
    const before = await house.api.describeUserPool({ UserPoolId: "us-east-1_ownwords1" });
    house.clock.advance(minute);
    await applySeed(house.app, seed);
    const after = await house.api.describeUserPool({ UserPoolId: "us-east-1_ownwords1" });
    expect(after.UserPool?.LastModifiedDate).toEqual(before.UserPool?.LastModifiedDate);
  });

  it("that a seed has wrong are named", async () => {
    const [pool] = seed.pools;
    const wrong = { pools: [{ id: "ownwords1", ...pool, pages: { texts: { en: { hello: "Hi" } } } }] };
    await expect(applySeed(house.app, wrong)).rejects.toThrow(
      "seed: ownwords1: pages.texts.en.hello: the pages have no text of this name.",
    );
  });
});

describe("passkeys without a name", () => {
  it("are not asked for where the owner does not want them", async () => {
    const pool = await makePool(house);
    const visitor = newVisitor();
    const login = (await visitor.visit(authorizeUrl(pool))).headers.get("location") ?? "";
    const html = await (await visitor.visit(login)).text();
    expect(html).not.toContain("webauthn");
    const answer = await visitor.visit(login.replace("/login?", "/passkey?"), { _csrf: csrfOf(html), begin: "yes" });
    expect(answer.status).toBe(405);
  });
});

/** Where the pages lead, over HTTP: what comes before the client, what is shown of an account, what a tab keeps. */
import { describe, expect, it } from "vitest";
import { authorizeUrl, csrfOf, messageOf, newVisitor, signIn } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, password, postmanCallback, type TestPool } from "../../test/support/pool.ts";

const house = useHouse();

/** The name of the page that an answer leads to, or `client`. */
function led(answer: Response): string {
  const location = answer.headers.get("location") ?? "";
  if (location.startsWith(postmanCallback)) return "client";
  return new URL(location).pathname.split("/").slice(2).join("/");
}

const pageOf = (pool: TestPool, path: string, changes: Record<string, string | undefined> = {}): string =>
  authorizeUrl(pool, changes).replace("/oauth2/authorize?", `/${path}?`);

/** A pool with managed login whose client signs in by choice, passkeys among it. */
async function choosingPool(): Promise<TestPool> {
  const pool = await makePool(house, {
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } } },
    client: { ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  });
  const { UserPoolId, ClientId, domain: Domain } = pool;
  await house.api.updateUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 2 });
  await house.api.createManagedLoginBranding({ UserPoolId, ClientId, UseCognitoProvidedValues: true });
  return pool;
}

/** Signs up and confirms, and gives what the last post was answered with. */
async function signUp(pool: TestPool, username: string, changes: Record<string, string | undefined> = {}) {
  const visitor = newVisitor();
  const url = pageOf(pool, "signup", changes);
  const page = await visitor.visit(url);
  const answer = await visitor.visit(url, { _csrf: csrfOf(await page.text()), username, password });
  return { visitor, answer };
}

describe("a new account", () => {
  it("is confirmed by a form that says whose code it is and where it went", async () => {
    const pool = await makePool(house);
    const { visitor, answer } = await signUp(pool, "fields@example.com");
    expect(led(answer)).toBe("confirm");
    const html = await (await visitor.visit(answer.headers.get("location") ?? "")).text();
    const fieldOf = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
    expect(["username", "deliveryMedium", "destination"].map(fieldOf)).toEqual([
      "fields@example.com",
      "EMAIL",
      "f***@e***",
    ]);
    expect(fieldOf("sub")).toMatch(/^[0-9a-f-]{36}$/);
    expect(html).toContain('name="cognitoAsfData"');
    expect(html).toContain('name="confirm"');
  });

  it("that only an administrator can confirm ends in an error, and is there", async () => {
    const pool = await makePool(house, { pool: { UsernameAttributes: [], AutoVerifiedAttributes: [] } });
    const { answer } = await signUp(pool, "waiting");
    expect([answer.status, messageOf(await answer.text())]).toEqual([200, "User is not confirmed."]);
    const user = await house.api.adminGetUser({ UserPoolId: pool.UserPoolId, Username: "waiting" });
    expect(user.UserStatus).toBe("UNCONFIRMED");
  });

  it("is offered a passkey on the way to the client, and gets there whatever it asked of the sign-in", async () => {
    const pool = await choosingPool();
    const { visitor, answer } = await signUp(pool, "offer@example.com", { prompt: "login", max_age: "0" });
    const confirm = answer.headers.get("location") ?? "";
    const page = await visitor.visit(confirm);
    const code = await house.codeFor("offer@example.com");
    const confirmed = await visitor.visit(confirm, {
      _csrf: csrfOf(await page.text()),
      username: "offer@example.com",
      code,
    });
    expect(led(confirmed)).toBe("passkeys/add");
    const add = confirmed.headers.get("location") ?? "";
    const html = await (await visitor.visit(add)).text();
    expect(html).toContain('data-passkey="create"');
    const skipped = await visitor.visit(add, { _csrf: csrfOf(html), skip: "yes" });
    expect(led(skipped)).toBe("oauth2/authorize");
    const back = await visitor.visit(skipped.headers.get("location") ?? "");
    expect(back.headers.get("location")).toMatch(/[?&]code=[0-9a-f-]{36}&state=xyz$/);
  });
});

describe("a link to the page of passkeys", () => {
  it("may name the client and its address alone, asks for a sign-in first, and leads back to both", async () => {
    const pool = await choosingPool();
    await pool.createUser("link@example.com");
    const bare = { response_type: undefined, scope: undefined, state: undefined };
    const visitor = newVisitor();
    const asked = await visitor.visit(pageOf(pool, "passkeys/add", bare));
    expect(led(asked)).toBe("login");
    const login = asked.headers.get("location") ?? "";
    const named = await visitor.visit(login, {
      _csrf: csrfOf(await (await visitor.visit(login)).text()),
      username: "link@example.com",
    });
    const choice = named.headers.get("location") ?? "";
    const chosen = await visitor.visit(choice, {
      _csrf: csrfOf(await (await visitor.visit(choice)).text()),
      choice: "PASSWORD",
    });
    const proof = chosen.headers.get("location") ?? "";
    const signedIn = await visitor.visit(proof, { _csrf: csrfOf(await (await visitor.visit(proof)).text()), password });
    expect(led(signedIn)).toBe("passkeys/add");
    // Somebody who is signed in gets there at once, and back to the bare address.
    const html = await (await visitor.visit(pageOf(pool, "passkeys/add", bare))).text();
    const skipped = await visitor.visit(pageOf(pool, "passkeys/add", bare), { _csrf: csrfOf(html), skip: "yes" });
    expect(skipped.headers.get("location")).toBe(postmanCallback);
  });
});

describe("a page in an earlier tab", () => {
  it("can still be sent when another was opened after it", async () => {
    const pool = await makePool(house);
    await pool.createUser("tabs@example.com");
    const visitor = newVisitor();
    const url = pageOf(pool, "login");
    const first = csrfOf(await (await visitor.visit(url)).text());
    await visitor.visit(url);
    const answer = await visitor.visit(url, { _csrf: first, username: "tabs@example.com", password });
    expect(led(answer)).toBe("client");
    expect(visitor.cookies.has("XSRF-TOKEN")).toBe(false);
  });

  it("of a browser with a value that is none of ours gets one of ours", async () => {
    const pool = await makePool(house);
    const visitor = newVisitor();
    visitor.cookies.set("XSRF-TOKEN", "planted");
    const token = csrfOf(await (await visitor.visit(pageOf(pool, "login"))).text());
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    expect(visitor.cookies.get("XSRF-TOKEN")).toBe(token);
  });
});

describe("a forgotten password", () => {
  it("has its code sent again from the page that asks for it, by either spelling of the path", async () => {
    const pool = await makePool(house);
    await pool.createUser("again@example.com");
    const visitor = newVisitor();
    const forgot = pageOf(pool, "forgotPassword");
    const csrf = csrfOf(await (await visitor.visit(forgot)).text());
    await visitor.visit(forgot, { _csrf: csrf, username: "again@example.com" });
    for (const path of ["confirmForgotPassword", "confirmforgotPassword"]) {
      const html = await (await visitor.visit(pageOf(pool, path))).text();
      const action = /class="resend" action="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
      house.clock.advance(1);
      const sent = await visitor.visit(house.url + action, {
        _csrf: csrfOf(html),
        username: "again@example.com",
        resend: "yes",
      });
      expect(led(sent)).toBe("confirmForgotPassword");
    }
  });
});

describe("terms", () => {
  const links = (name: string) => ({
    "cognito:default": `https://example.com/${name}`,
    "cognito:german": `https://example.com/${name}/de`,
  });

  async function withTerms(pool: TestPool, ...names: string[]): Promise<void> {
    const { UserPoolId, ClientId } = pool;
    for (const TermsName of names) {
      await house.api.createTerms({
        UserPoolId,
        ClientId,
        TermsName,
        TermsSource: "LINK",
        Enforcement: "NONE",
        Links: links(TermsName),
      });
    }
  }

  const hrefsOf = (html: string): string[] =>
    [...html.matchAll(/href="(https:\/\/example\.com[^"]*)"/g)].map(([, href = ""]) => href);

  it.each([
    [
      "in the language of the page",
      "de",
      ["https://example.com/terms-of-use/de", "https://example.com/privacy-policy/de"],
    ],
    [
      "by default where the language has none",
      "fr",
      ["https://example.com/terms-of-use", "https://example.com/privacy-policy"],
    ],
    ["by default in English", undefined, ["https://example.com/terms-of-use", "https://example.com/privacy-policy"]],
  ])("are linked %s where an account is made", async (_title, lang, expected) => {
    const pool = await choosingPool();
    await withTerms(pool, "terms-of-use", "privacy-policy");
    const html = await (await newVisitor().visit(pageOf(pool, "signup", { lang }))).text();
    expect(hrefsOf(html).toSorted()).toEqual(expected.toSorted());
    if (!lang)
      expect(html.replace(/<[^>]+>/g, "")).toContain(
        "By signing up, you agree to our Terms of use and Privacy policy.",
      );
  });

  it.each([
    ["one of the two is there", ["terms-of-use"], true],
    ["the pages are the classic ones", ["terms-of-use", "privacy-policy"], false],
  ])("are not shown while %s", async (_title, names, isManaged) => {
    const pool = await (isManaged ? choosingPool() : makePool(house));
    await withTerms(pool, ...names);
    expect(hrefsOf(await (await newVisitor().visit(pageOf(pool, "signup"))).text())).toEqual([]);
  });
});

describe("the short form of the authorization endpoint", () => {
  it("is answered as the long one", async () => {
    const pool = await makePool(house);
    await pool.createUser("short@example.com");
    const url = authorizeUrl(pool).replace("/oauth2/authorize?", "/authorize?");
    expect(led(await signIn(newVisitor(), url, { username: "short@example.com", password }))).toBe("client");
  });
});

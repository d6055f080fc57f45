/**
 * Modules of the OpenID Foundation's RP-Initiated Logout plan, on `/logout`. Cognito names it as the
 * `end_session_endpoint`; the parameters that the plan sends stand beside Cognito's own.
 */
import type * as openid from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { newVisitor, type Visitor, withOtherSignature } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, postmanCallback, type TestPool } from "../support/pool.ts";
import { discover, landing, person, tokens } from "../support/relying-party.ts";

const house = useHouse();
let pool: TestPool;
let config: openid.Configuration;
let logoutAddress: string;
const bye = "https://example.com/bye";
const otherPerson = "joe@example.com";

beforeAll(async () => {
  pool = await makePool(house, { client: { LogoutURLs: [bye] } });
  await pool.createUser(person);
  await pool.createUser(otherPerson);
  config = await discover(house, pool);
  logoutAddress = config.serverMetadata().end_session_endpoint ?? "none:";
});

interface Browser {
  readonly visitor: Visitor;
  readonly idToken: string;
  readonly accessToken: string;
}

async function signedIn(username = person): Promise<Browser> {
  const visitor = newVisitor();
  const { id_token = "", access_token } = await tokens(config, { visitor, username });
  return { visitor, idToken: id_token, accessToken: access_token };
}

/** Signs out with these parameters: where the browser goes, and whether it is still signed in. */
async function signOut({ visitor }: Browser, parameters: Readonly<Record<string, string>>) {
  const answer = await visitor.visit(`${logoutAddress}?${new URLSearchParams(parameters)}`);
  const after = await landing(config, { visitor, parameters: { prompt: "none" } });
  return { location: answer.headers.get("location") ?? "", isSignedIn: after.searchParams.has("code") };
}

const errorPage = (error: string): string => `${pool.base}/error?error=${error}`;

describe("RP-Initiated Logout OP", () => {
  it("oidcc-rp-initiated-logout-discovery-endpoint-verification: discovery says where", () => {
    expect(logoutAddress).toBe(`${pool.base}/logout`);
  });

  it("oidcc-rp-initiated-logout: ends the session and brings the state back to a registered address", async () => {
    const browser = await signedIn();
    const asked = { id_token_hint: browser.idToken, post_logout_redirect_uri: bye, state: "s t" };
    expect(await signOut(browser, asked)).toEqual({ location: `${bye}?state=s+t`, isSignedIn: false });
  });

  it("oidcc-rp-initiated-logout-no-state: comes back without one", async () => {
    const browser = await signedIn();
    const asked = { id_token_hint: browser.idToken, post_logout_redirect_uri: bye };
    expect(await signOut(browser, asked)).toEqual({ location: bye, isSignedIn: false });
  });

  const refused: [string, (browser: Browser) => Record<string, string>, string][] = [
    [
      "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri",
      ({ idToken }) => ({ id_token_hint: idToken, post_logout_redirect_uri: "https://evil.example/", state: "s" }),
      "redirect_mismatch",
    ],
    [
      "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri",
      ({ idToken }) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${bye}?foo=bar`, state: "s" }),
      "redirect_mismatch",
    ],
    [
      "oidcc-rp-initiated-logout-modified-id-token-hint",
      ({ idToken }) => ({ id_token_hint: withOtherSignature(idToken), post_logout_redirect_uri: bye, state: "s" }),
      "invalid_request",
    ],
    [
      "oidcc-rp-initiated-logout-bad-id-token-hint",
      () => ({ id_token_hint: "bad.token.hint", post_logout_redirect_uri: bye, state: "s" }),
      "invalid_request",
    ],
    [
      "TOK-06: an access token as the hint",
      ({ accessToken }) => ({ id_token_hint: accessToken, post_logout_redirect_uri: bye }),
      "invalid_request",
    ],
    [
      "a hint of another client than the one named",
      ({ idToken }) => ({ id_token_hint: idToken, client_id: "another", post_logout_redirect_uri: bye }),
      "invalid_request&client_id=another",
    ],
    [
      "oidcc-rp-initiated-logout-no-id-token-hint",
      () => ({ post_logout_redirect_uri: bye, state: "s" }),
      "Required+parameters+missing",
    ],
    ["oidcc-rp-initiated-logout-no-params", () => ({}), "Required+parameters+missing"],
    ["oidcc-rp-initiated-logout-only-state", () => ({ state: "s" }), "Required+parameters+missing"],
  ];

  it.each(refused)("%s: ends on our error page and ends no session", async (_module, parameters, error) => {
    const browser = await signedIn();
    const { location, isSignedIn } = await signOut(browser, parameters(browser));
    expect(location.startsWith(errorPage(error))).toBe(true);
    expect(isSignedIn).toBe(true);
  });

  it("oidcc-rp-initiated-logout-no-post-logout-redirect-uri: ends the session and offers to sign in again", async () => {
    const browser = await signedIn();
    const { location, isSignedIn } = await signOut(browser, { id_token_hint: browser.idToken, state: "s" });
    const { pathname, searchParams } = new URL(location);
    expect([pathname, searchParams.get("redirect_uri")]).toEqual([`/${pool.domain}/login`, postmanCallback]);
    expect(isSignedIn).toBe(false);
    expect((await browser.visitor.visit(location)).status).toBe(200);
  });
});

describe("the extension stands beside Cognito's own parameters", () => {
  it("a client id is enough where there is no hint, as on Cognito", async () => {
    const browser = await signedIn();
    const asked = { client_id: pool.ClientId, post_logout_redirect_uri: bye, state: "s" };
    expect(await signOut(browser, asked)).toEqual({ location: `${bye}?state=s`, isSignedIn: false });
  });

  it("logout_uri wins, with whatever hint and state come along", async () => {
    const browser = await signedIn();
    const asked = {
      client_id: pool.ClientId,
      logout_uri: bye,
      id_token_hint: "nonsense",
      post_logout_redirect_uri: "https://evil.example/",
      state: "s",
    };
    expect(await signOut(browser, asked)).toEqual({ location: bye, isSignedIn: false });
  });

  it("leaves the session of somebody else than the hint names", async () => {
    const [jane, joe] = [await signedIn(), await signedIn(otherPerson)];
    const asked = { id_token_hint: jane.idToken, post_logout_redirect_uri: bye };
    expect(await signOut(joe, asked)).toEqual({ location: bye, isSignedIn: true });
  });

  it("takes a hint that has expired, since a client keeps it for as long as it keeps somebody signed in", async () => {
    const browser = await signedIn();
    house.clock.advance(50 * 60 * 1000);
    const again = await tokens(config, { visitor: browser.visitor, parameters: { prompt: "login" } });
    expect(again.claims["sub"]).toBeTruthy();
    house.clock.advance(20 * 60 * 1000);
    const asked = { id_token_hint: browser.idToken, post_logout_redirect_uri: bye };
    expect(await signOut(browser, asked)).toEqual({ location: bye, isSignedIn: false });
  });
});

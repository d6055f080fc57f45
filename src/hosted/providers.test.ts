import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { authorizeUrl, csrfOf, newVisitor } from "../../test/support/browser-steps.ts";
import { locationOf } from "../../test/support/federated-browser.ts";
import { openTestHouse, type TestHouse } from "../../test/support/house.ts";
import { makePool, type TestPool } from "../../test/support/pool.ts";
import { clientSecret, openStandIn, type StandInProvider } from "../../test/support/stand-in-provider.ts";

let house: TestHouse;
let idp: StandInProvider;
let pool: TestPool;

beforeAll(async () => {
  idp = await openStandIn();
  house = await openTestHouse();
  pool = await makePool(house);
  const common = { client_id: "c", client_secret: clientSecret, authorize_scopes: "openid" };
  for (const name of ["Google", "SignInWithApple"] as const) {
    const apple = { ...common, team_id: "T", key_id: "K", private_key: "x" };
    const ProviderDetails = name === "Google" ? common : apple;
    await addProvider(house, pool, { ProviderName: name, ProviderType: name, ProviderDetails });
  }
  const ProviderDetails = { ...common, oidc_issuer: idp.url, attributes_request_method: "GET" };
  await addProvider(house, pool, { ProviderName: "<Corp>", ProviderDetails });
  await addProvider(house, pool, { ProviderName: "ByMail", ProviderDetails, IdpIdentifiers: ["Mail.example"] });
});

afterAll(async () => {
  await house.close();
  await idp.close();
  expect(house.errors).toEqual([]);
});

async function pageOf(in_ = pool) {
  const visitor = newVisitor();
  const address = locationOf(await visitor.visit(authorizeUrl(in_)));
  const html = await (await visitor.visit(address)).text();
  return { visitor, address, html };
}

const buttonsOf = (html: string) =>
  [...html.matchAll(/<a class="provider-button ([\w-]+)" href="([^"]+)">([^<]+)</g)].map(
    ([, kind, href = "", text]) => ({
      kind,
      text,
      provider: new URL(href.replaceAll("&amp;", "&"), pool.base).searchParams.get("identity_provider"),
    }),
  );

describe("the sign-in page", () => {
  it("has a button for each provider of the client, and a field for those that an address leads to", async () => {
    const { html } = await pageOf();
    const shown = new Map(buttonsOf(html).map((button) => [button.provider, button]));
    expect([...shown.values()]).toEqual([
      { kind: "socialButton-customizable", text: "Continue with Google", provider: "Google" },
      { kind: "socialButton-customizable", text: "Continue with Apple", provider: "SignInWithApple" },
      { kind: "idpButton-customizable", text: "Continue with &lt;Corp&gt;", provider: "<Corp>" },
    ]);
    expect(html).toContain("We won&#39;t post to any of your accounts without asking first");
    expect(html).toContain('name="corporate_email"');
  });

  it.each([
    {
      title: "buttons for all",
      settings: {},
      buttons: ["Google", "SignInWithApple", "<Corp>", "ByMail"],
      field: false,
    },
    {
      title: "buttons in the order of its style",
      settings: { interfaceStyle: "BUTTON_LIST", order: ["ByMail", "SignInWithApple"] },
      buttons: ["SignInWithApple", "Google", "ByMail", "<Corp>"],
      field: false,
    },
    {
      title: "a field where its style asks for an address",
      settings: { interfaceStyle: "DOMAIN_INPUT" },
      buttons: ["Google", "SignInWithApple", "<Corp>"],
      field: true,
    },
  ])("has $title in managed login", async ({ settings, buttons, field }) => {
    const { UserPoolId, ClientId, domain: Domain } = pool;
    await house.api.updateUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 2 });
    const Settings = { categories: { auth: { federation: settings } } };
    const { ManagedLoginBranding } = await house.api.createManagedLoginBranding({ UserPoolId, ClientId, Settings });
    const { html } = await pageOf();
    expect(buttonsOf(html).map(({ provider }) => provider)).toEqual(buttons);
    expect(html.includes('name="corporate_email"')).toBe(field);
    expect(html).not.toContain("legalText-customizable");
    const { ManagedLoginBrandingId } = ManagedLoginBranding ?? {};
    await house.api.deleteManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
    await house.api.updateUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 1 });
  });

  const ways = (...types: string[]) => [types.map((type) => ({ display: "BUTTON", type }))];

  it.each([
    { authMethodOrder: ways("FEDERATED", "USERNAME_PASSWORD"), isFirst: true },
    { authMethodOrder: ways("USERNAME_PASSWORD", "FEDERATED"), isFirst: false },
    { authMethodOrder: [...ways("FEDERATED"), ...ways("USERNAME_PASSWORD")], isFirst: true },
    { authMethodOrder: ways("FEDERATED"), isFirst: false },
    { authMethodOrder: [[null, 7, "FEDERATED"]], isFirst: false },
    { authMethodOrder: "FEDERATED", isFirst: false },
  ])("has its buttons before its form as its style says: $authMethodOrder", async ({ authMethodOrder, isFirst }) => {
    const { UserPoolId, ClientId, domain: Domain } = pool;
    await house.api.updateUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 2 });
    const Settings = { categories: { auth: { authMethodOrder } } };
    const { ManagedLoginBranding } = await house.api.createManagedLoginBranding({ UserPoolId, ClientId, Settings });
    const { html } = await pageOf();
    const order = [...html.matchAll(/class="or"|name="cognitoSignInForm"|class="providers"/g)].map(([found]) => found);
    const [providers, or, form] = ['class="providers"', 'class="or"', 'name="cognitoSignInForm"'];
    expect(order).toEqual(isFirst ? [providers, or, form] : [form, providers, or]);
    const { ManagedLoginBrandingId } = ManagedLoginBranding ?? {};
    await house.api.deleteManagedLoginBranding({ UserPoolId, ManagedLoginBrandingId });
    await house.api.updateUserPoolDomain({ UserPoolId, Domain, ManagedLoginVersion: 1 });
  });

  it("leads to a provider by the domain of an address, whatever its case, and says there who comes", async () => {
    const { visitor, address, html } = await pageOf();
    const form = { _csrf: csrfOf(html), corporate_email: "Jane@MAIL.example" };
    const location = new URL(locationOf(await visitor.visit(address, form)));
    expect(location.origin).toBe(idp.url);
    expect(location.searchParams.get("login_hint")).toBe("Jane@MAIL.example");
  });

  it.each(["jane@elsewhere.example", "Google", "", "jane@"])("leads nowhere by %j", async (corporate_email) => {
    const { visitor, address, html } = await pageOf();
    const response = await visitor.visit(address, { _csrf: csrfOf(html), corporate_email });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain("Login option is not available. Please try another one");
  });

  it("leads to a provider from a form of its own alone", async () => {
    const { visitor, address } = await pageOf();
    const response = await visitor.visit(address, { _csrf: "another", corporate_email: "jane@mail.example" });
    expect(response.status).toBe(403);
  });

  it("has no button for a provider that is gone, and none where there is none", async () => {
    const own = await makePool(house);
    const details = {
      client_id: "c",
      authorize_scopes: "openid",
      oidc_issuer: idp.url,
      attributes_request_method: "GET",
    };
    await addProvider(house, own, { ProviderName: "Gone", ProviderDetails: details });
    expect((await pageOf(own)).html).toContain("Continue with Gone");
    await house.api.deleteIdentityProvider({ UserPoolId: own.UserPoolId, ProviderName: "Gone" });
    const { html } = await pageOf(own);
    expect(html).not.toContain("Continue with Gone");
    expect(html).not.toContain('class="providers"');
  });
});

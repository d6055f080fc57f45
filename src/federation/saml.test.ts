/** Signing in with SAML providers, over the wire. Cases are named by the id of the project's list of attacks. */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, claimsOf, jsonOf, newVisitor, requestToken } from "../../test/support/browser-steps.ts";
import { openTestHouse, useHouse } from "../../test/support/house.ts";
import { attributesOf } from "../../test/support/people.ts";
import { makePool, postmanCallback, type TestPool } from "../../test/support/pool.ts";
import { processorMilliseconds } from "../../test/support/processor.ts";
import { makeSamlProvider, type SamlProvider } from "../../test/support/saml-provider.ts";
import {
  addSaml,
  answerOf,
  bringBack,
  goToProvider,
  poolMetadata,
  type SamlSide,
  signInBySaml,
} from "../../test/support/saml-steps.ts";
import { wrappings } from "../../test/support/saml-wrapping.ts";
import { sweep } from "../database/sweep.ts";
import { hour } from "../lib/clock.ts";

const house = useHouse();
let pool: TestPool;
let provider: SamlProvider;
let corp: SamlSide;

beforeAll(async () => {
  [pool, provider] = await Promise.all([makePool(house), makeSamlProvider()]);
  corp = await addSaml(
    { house, pool, provider, name: "Corp" },
    {},
    { email: "mail", name: "groups", given_name: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname" },
  );
});

const codeIn = (location: string): string => new URL(location).searchParams.get("code") ?? "";

const tokensFor = async (location: string, of = pool) =>
  jsonOf(
    await requestToken(of, { grant_type: "authorization_code", code: codeIn(location), redirect_uri: postmanCallback }),
  );

/** What a location says went wrong, and to whom. */
const refusalIn = (location: string): Record<string, string> => {
  const url = new URL(location);
  return { at: `${url.origin}${url.pathname}`, ...Object.fromEntries(url.searchParams) };
};

describe("a sign-in with a SAML provider", () => {
  it("ends with tokens of a user of the pool, whom the provider describes", async () => {
    const location = await signInBySaml(corp, {
      attributes: {
        mail: ["jane@corp.example"],
        groups: ["Sales & more", "Staff"],
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname": ["Jane"],
      },
    });
    expect(location).toMatch(/^https:\/\/oauth\.pstmn\.io\/v1\/callback\?code=[\da-f-]{36}&state=xyz$/);
    const tokens = await tokensFor(location);
    expect(claimsOf(tokens.id_token)).toMatchObject({
      "cognito:username": "Corp_jane@corp.example",
      "cognito:groups": [`${pool.UserPoolId}_Corp`],
      email: "jane@corp.example",
      identities: [
        {
          userId: "jane@corp.example",
          providerName: "Corp",
          providerType: "SAML",
          issuer: provider.entityId,
          primary: "true",
        },
      ],
    });
    expect(await attributesOf(house, pool, "Corp_jane@corp.example")).toMatchObject({
      email: "jane@corp.example",
      name: "[Sales+%26+more,Staff]",
      given_name: "Jane",
    });
  });

  it("finds the same user again, with what the provider says now", async () => {
    const before = claimsOf((await tokensFor(await signInBySaml(corp, { subject: "kim@corp.example" }))).id_token);
    const again = await signInBySaml(corp, { subject: "kim@corp.example", attributes: { mail: ["new@corp.example"] } });
    expect(claimsOf((await tokensFor(again)).id_token)).toMatchObject({
      sub: before["sub"],
      email: "new@corp.example",
    });
  });

  it("leaves a session, by which the browser is signed in again without the provider", async () => {
    const visitor = newVisitor();
    await signInBySaml(corp, {}, visitor);
    const response = await visitor.visit(authorizeUrl(pool, { state: "again" }));
    expect(response.headers.get("location")).toMatch(/^https:\/\/oauth\.pstmn\.io\/v1\/callback\?code=.*&state=again$/);
  });

  it("sends a request that says who asks, and where the answer goes", async () => {
    const { location } = await goToProvider(corp);
    expect(location).toMatch(/^https:\/\/idp\.example\/sso\?SAMLRequest=[^&]+&RelayState=[\w-]{43}$/);
    const { xml } = await provider.readRequest(location, { metadata: await poolMetadata(corp), isSigned: false });
    expect(xml).toContain(`AssertionConsumerServiceURL="${pool.base}/saml2/idpresponse"`);
    expect(xml).toContain('ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"');
    expect(xml).toContain(`>urn:amazon:cognito:sp:${pool.UserPoolId}</saml:Issuer>`);
    expect(xml).not.toContain("ForceAuthn");
  });

  it("asks the provider to ask again when the client wants that", async () => {
    const { location } = await goToProvider(corp, { query: { prompt: "login" } });
    const { xml } = await provider.readRequest(location, { metadata: await poolMetadata(corp), isSigned: false });
    expect(xml).toContain('ForceAuthn="true"');
  });

  it("signs its request where the provider is set so, with the key of the pool's certificate", async () => {
    const signed = await addSaml({ ...corp, name: "Signed" }, { RequestSigningAlgorithm: "rsa-sha256" });
    const there = await goToProvider(signed, { isSigned: true });
    expect(new URL(there.location).searchParams.get("SigAlg")).toBe(
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    );
    expect(codeIn(await bringBack(signed, there, await answerOf(signed, there)))).not.toBe("");
    const forged = there.location.replace(/RelayState=..../, "RelayState=AAAA");
    await expect(
      provider.readRequest(forged, { metadata: await poolMetadata(signed), isSigned: true }),
    ).rejects.toThrow();
  });

  it("goes by a form where the provider takes no redirect", async () => {
    const byForm = { ...corp, name: "Form" };
    await addSaml(byForm, {
      MetadataFile: provider.metadata({ bindings: ["post"] }),
      RequestSigningAlgorithm: "rsa-sha256",
    });
    const visitor = newVisitor();
    const response = await visitor.visit(authorizeUrl(pool, { identity_provider: "Form" }));
    const html = await response.text();
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; base-uri/,
    );
    expect(html).toContain('<form method="post" action="https://idp.example/sso">');
    const fields = Object.fromEntries(
      [...html.matchAll(/name="(\w+)" value="([^"]+)"/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    const request = await provider.readPosted(fields, { metadata: await poolMetadata(byForm), isSigned: true });
    const there = { visitor, relayState: request.relayState };
    expect(codeIn(await bringBack(byForm, there, await answerOf(byForm, { requestId: request.id })))).not.toBe("");
  });

  it("takes encrypted assertions, and only such where the provider is set so", async () => {
    const encrypts = {
      data: "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
      key: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    };
    const secret = await addSaml({ ...corp, name: "Secret" }, { EncryptedResponses: "true" });
    expect(codeIn(await signInBySaml(secret, { encrypts }))).not.toBe("");
    expect(refusalIn(await signInBySaml(secret))).toEqual({
      at: postmanCallback,
      error_description: "Invalid SAML response received: The assertion is not encrypted. ",
      state: "xyz",
      error: "server_error",
    });
  });
});

describe("what a SAML provider says of somebody", () => {
  const mail = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";

  it("is told to the pool's function, which may change it", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:inbound";
    const events: unknown[] = [];
    const inbound = async (event: { request: unknown; response: unknown }) => {
      events.push(event.request);
      return { ...event, response: { userAttributesToMap: { [mail]: "other@corp.example" } } };
    };
    const own = await openTestHouse({}, { triggers: { [arn]: inbound } });
    const LambdaConfig = { InboundFederation: { LambdaVersion: "V1_0", LambdaArn: arn } } as const;
    const asked = await makePool(own, { pool: { LambdaConfig } });
    const side = await addSaml({ house: own, pool: asked, provider, name: "Corp" }, {}, { email: mail });
    await signInBySaml(side, { attributes: { [mail]: ["jane@corp.example"], groups: ["a", "b c"] } });
    expect(events).toEqual([
      {
        providerName: "Corp",
        providerType: "SAML",
        attributes: { samlResponse: { [mail]: "jane@corp.example", groups: "[a,b+c]" } },
      },
    ]);
    expect(await attributesOf(own, asked, "Corp_jane@corp.example")).toMatchObject({ email: "other@corp.example" });
    await own.close();
  });

  it.each([
    { by: "the name id", ProviderAttributeName: "Cognito_Subject", ProviderAttributeValue: "lin@corp.example" },
    { by: "an attribute", ProviderAttributeName: mail, ProviderAttributeValue: "lin@example.com" },
  ])("finds the user whom an administrator has linked by $by", async ({ by, ...source }) => {
    const linked = await makePool(house);
    const side = await addSaml({ ...corp, pool: linked }, {}, {});
    const sub = await linked.createUser("local@example.com");
    await house.api.adminLinkProviderForUser({
      UserPoolId: linked.UserPoolId,
      SourceUser: { ProviderName: "Corp", ...source },
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: sub },
    });
    const landed = await signInBySaml(side, {
      subject: "lin@corp.example",
      attributes: { [mail]: ["lin@example.com"] },
    });
    expect(claimsOf((await tokensFor(landed, linked)).id_token), by).toMatchObject({ "cognito:username": sub });
  });

  it("names the same user only with the same letters, great and small", async () => {
    const small = claimsOf((await tokensFor(await signInBySaml(corp, { subject: "abc@corp.example" }))).id_token);
    const great = claimsOf((await tokensFor(await signInBySaml(corp, { subject: "ABC@corp.example" }))).id_token);
    expect(small["sub"]).not.toBe(great["sub"]);
  });
});

describe("a provider that starts itself", () => {
  const relayState = (changes: Readonly<Record<string, string>> = {}): string =>
    new URLSearchParams({
      identity_provider: "Portal",
      client_id: pool.ClientId,
      redirect_uri: postmanCallback,
      response_type: "code",
      scope: "openid email",
      ...changes,
    }).toString();

  let portal: SamlSide;

  beforeAll(async () => {
    portal = await addSaml({ ...corp, name: "Portal" }, { IDPInit: "true" });
  });

  const arrive = async (state: string, side = portal, changes = {}): Promise<string> =>
    bringBack(
      side,
      { visitor: newVisitor(), relayState: state },
      await answerOf(side, { requestId: undefined }, changes),
    );

  it("sends people who are signed in and go on to the client of the relay state", async () => {
    const tokens = await tokensFor(await arrive(relayState()));
    expect(claimsOf(tokens.id_token)).toMatchObject({ "cognito:username": "Portal_jane@corp.example" });
    expect(new URL(await arrive(relayState({ state: "theirs" }))).searchParams.get("state")).toBe("theirs");
  });

  it("FED-11: sends an assertion that works once", async () => {
    const xml = await answerOf(portal, { requestId: undefined });
    const bring = (): Promise<string> => bringBack(portal, { visitor: newVisitor(), relayState: relayState() }, xml);
    const landed = await Promise.all([bring(), bring(), bring()]);
    expect(landed.filter((location) => codeIn(location) !== "")).toHaveLength(1);
    expect(refusalIn(await bring())).toMatchObject({
      error_description: "Invalid SAML response received: The assertion was used before. ",
    });
  });

  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["FED-13", "another redirect URI", { redirect_uri: "https://evil.example/cb" }, "error=redirect_mismatch"],
    ["FED-13", "another client", { client_id: "nobody" }, "error=Client+does+not+exist"],
    [
      "FED-04",
      "another provider's name",
      { identity_provider: "Corp" },
      "error=Invalid+samlResponse+or+relayState+from+identity+provider",
    ],
    [
      "FED-04",
      "the pool's own name",
      { identity_provider: "COGNITO" },
      "error=Invalid+samlResponse+or+relayState+from+identity+provider",
    ],
    [
      "FED-04",
      "nobody's name",
      { identity_provider: "Gone" },
      "error=Invalid+samlResponse+or+relayState+from+identity+provider",
    ],
  ])("%s: leads nowhere with %s", async (_id, _title, changes, error) => {
    const location = await arrive(relayState(changes));
    expect(location).toContain(`${pool.base}/error?${error}`);
  });

  it.each(["https://evil.example/", "redirect_uri=https%3A%2F%2Fevil.example", "x=y", "a".repeat(43), "state"])(
    "FED-13: leads nowhere with the relay state %s",
    async (state) => {
      expect(await arrive(state)).toBe(
        `${pool.base}/error?error=Invalid+samlResponse+or+relayState+from+identity+provider`,
      );
    },
  );

  it("FED-11: is not heard where it was not allowed to start", async () => {
    expect(await arrive(relayState({ identity_provider: "Corp" }), corp)).toContain("Invalid+samlResponse");
  });
});

it("forgets what it saw once that is too old to be believed", async () => {
  const rows = () =>
    house.app.db.selectFrom("seen_saml_messages").selectAll().where("pool_id", "=", pool.UserPoolId).execute();
  await signInBySaml(corp);
  await sweep(house.app.db, house.clock.now() + hour);
  expect(await rows()).not.toEqual([]);
  await sweep(house.app.db, house.clock.now() + 2 * hour);
  expect(await rows()).toEqual([]);
});

describe("a SAML sign-in is refused", () => {
  const unknown = (): string => `${pool.base}/error?error=Invalid+samlResponse+or+relayState+from+identity+provider`;

  it("FED-02: in another browser, without a relay state, and a second time", async () => {
    const there = await goToProvider(corp);
    const xml = await answerOf(corp, there);
    expect(await bringBack(corp, { ...there, visitor: newVisitor() }, xml)).toBe(unknown());
    expect(await bringBack(corp, { ...there, relayState: "" }, xml)).toBe(
      `${pool.base}/error?error=Required+String+parameter+%27RelayState%27+is+not+present`,
    );
    expect(codeIn(await bringBack(corp, there, xml))).not.toBe("");
    expect(await bringBack(corp, there, xml)).toBe(unknown());
  });

  it("FED-02: with the answer to another departure of the same browser", async () => {
    const visitor = newVisitor();
    const first = await goToProvider(corp, { visitor });
    const second = await goToProvider(corp, { visitor });
    expect(refusalIn(await bringBack(corp, second, await answerOf(corp, first)))).toEqual({
      at: postmanCallback,
      error_description: "Invalid SAML response received: The response answers another request. ",
      state: "xyz",
      error: "server_error",
    });
    expect(codeIn(await bringBack(corp, first, await answerOf(corp, first)))).not.toBe("");
  });

  it("FED-03: with an answer of another provider of the pool, or for another pool", async () => {
    const stranger = await makeSamlProvider();
    const other = await addSaml({ ...corp, provider: stranger, name: "Other" });
    const there = await goToProvider(corp);
    expect(refusalIn(await bringBack(corp, there, await answerOf(other, there)))).toMatchObject({
      error_description: "Invalid SAML response received: The issuer of the response is unknown. ",
      error: "server_error",
    });
    const elsewhere = await addSaml({ ...corp, pool: await makePool(house) });
    const again = await goToProvider(corp);
    expect(refusalIn(await bringBack(corp, again, await answerOf(elsewhere, again)))).toMatchObject({
      error: "server_error",
    });
  });

  it("FED-05: with a signature that nobody made, in the words that clients know", async () => {
    const there = await goToProvider(corp);
    const xml = (await answerOf(corp, there)).replaceAll("jane@", "admin@");
    expect(await bringBack(corp, there, xml)).toBe(
      `${postmanCallback}?error_description=Invalid+SAML+response+received%3A+SAML+Assertion+signature+is+invalid.+&state=xyz&error=server_error`,
    );
  });

  it.each(wrappings)("FED-05: by $name", async ({ signs, wrap }) => {
    const there = await goToProvider(corp);
    const wrapped = wrap(await answerOf(corp, there, { signs }));
    expect(wrapped).toContain("admin@corp.example");
    expect(refusalIn(await bringBack(corp, there, wrapped))).toMatchObject({
      at: postmanCallback,
      error: "server_error",
    });
    const { Users } = await house.api.listUsers({ UserPoolId: pool.UserPoolId, Filter: 'username ^= "Corp_admin"' });
    expect(Users).toEqual([]);
  });

  it("FED-04: when the provider is gone, or the client no longer has it, asked or unasked", async () => {
    const own = await makePool(house);
    const side = await addSaml({ ...corp, pool: own }, { IDPInit: "true" });
    const { UserPoolId, ClientId } = own;
    const relayState = new URLSearchParams({
      identity_provider: "Corp",
      client_id: ClientId,
      redirect_uri: postmanCallback,
      response_type: "code",
    });
    const unasked = { visitor: newVisitor(), relayState: `${relayState}` };
    const bring = async (there: Parameters<typeof bringBack>[1], requestId?: string): Promise<string> =>
      bringBack(side, there, await answerOf(side, { requestId }));
    expect(codeIn(await bring(unasked))).not.toBe("");
    const [first, second] = [await goToProvider(side), await goToProvider(side)];
    await house.api.updateUserPoolClient({
      UserPoolId,
      ClientId,
      CallbackURLs: [postmanCallback],
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      AllowedOAuthFlowsUserPoolClient: true,
      SupportedIdentityProviders: ["COGNITO"],
    });
    expect(await bring(first, first.requestId)).toContain("/error?error=invalid_request");
    expect(await bring(unasked)).toContain("/error?error=Invalid+samlResponse");
    await house.api.deleteIdentityProvider({ UserPoolId, ProviderName: "Corp" });
    expect(await bring(second, second.requestId)).toContain("/error?error=invalid_request");
    expect(await bring(unasked)).toContain("/error?error=Invalid+samlResponse");
  });

  it("FED-10: when the message is larger than any, however it comes", async () => {
    const huge = `SAMLResponse=${"A".repeat(50 * 1024 * 1024)}&RelayState=x`;
    const before = processorMilliseconds();
    const request = new Request(`${pool.base}/saml2/idpresponse`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new Blob([huge]).stream(),
      duplex: "half",
    });
    const response = await house.handle(request);
    expect(response.headers.get("location")).toBe(unknown());
    expect(processorMilliseconds() - before).toBeLessThan(1000);
  });

  it("when it is no form, or brought by a link", async () => {
    const address = `${pool.base}/saml2/idpresponse`;
    expect((await fetch(`${address}?SAMLResponse=x&RelayState=y`, { redirect: "manual" })).status).toBe(405);
    const json = await fetch(address, { method: "POST", body: "{}", redirect: "manual" });
    expect(json.headers.get("location")).toBe(unknown());
  });

  it("when the pool's function refuses whom it brings, in the words that clients know", async () => {
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:refuse";
    const own = await openTestHouse(
      {},
      {
        triggers: {
          [arn]: async () => {
            throw new Error("Not you");
          },
        },
      },
    );
    const guarded = await makePool(own, { pool: { LambdaConfig: { PreSignUp: arn } } });
    const side = await addSaml({ house: own, pool: guarded, provider, name: "Corp" });
    expect(refusalIn(await signInBySaml(side))).toEqual({
      at: postmanCallback,
      error_description: "Invalid SAML response received: PreSignUp failed with error Not you. ",
      state: "xyz",
      error: "server_error",
    });
    await own.close();
  });
});

/** Signing out with SAML providers, over the wire. Cases are named by the id of the project's list of attacks. */
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeUrl, newVisitor, type Visitor } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, type TestPool } from "../../test/support/pool.ts";
import { base64, makeSamlProvider, type SamlProvider } from "../../test/support/saml-provider.ts";
import {
  addSaml,
  poolMetadata,
  type SamlSide,
  type SignOutParts,
  signInBySaml,
  signOutAnswer,
  signOutRequest,
} from "../../test/support/saml-steps.ts";
import { minute, second } from "../lib/clock.ts";

const bye = "https://example.com/bye";

const house = useHouse();
let pool: TestPool;
let provider: SamlProvider;
let corp: SamlSide;
let unknown: string;

beforeAll(async () => {
  [pool, provider] = await Promise.all([makePool(house), makeSamlProvider()]);
  corp = await addSaml({ house, pool, provider, name: "Corp" }, { IDPSignout: "true" });
  unknown = `${pool.base}/error?error=Invalid+samlResponse+or+relayState+from+identity+provider`;
});

const logoutUrl = (of: TestPool = pool): string =>
  `${of.base}/logout?client_id=${of.ClientId}&logout_uri=${encodeURIComponent(bye)}`;

const locationOf = (response: Response): string => response.headers.get("location") ?? `${response.status}`;

/** Whether the browser is signed in: then the client gets a code without a page. */
async function isSignedIn(visitor: Visitor): Promise<boolean> {
  const response = await visitor.visit(authorizeUrl(pool));
  return locationOf(response).includes("?code=");
}

async function signedInVisitor(side = corp, changes = {}): Promise<Visitor> {
  const visitor = newVisitor();
  expect(await signInBySaml(side, changes, visitor)).toContain("?code=");
  return visitor;
}

const post = async (visitor: Visitor, form: Readonly<Record<string, string>>): Promise<string> =>
  locationOf(await visitor.visit(`${pool.base}/saml2/logout`, form, { origin: "null" }));

const idIn = (xml: string): string => /LogoutRequest [^>]*ID="([^"]+)"/.exec(xml)?.[1] ?? "";

/** Signs out here and arrives at the provider with a request to do so there. */
async function leaveForProvider(visitor: Visitor) {
  const location = locationOf(await visitor.visit(logoutUrl()));
  return provider.readSignOut(location, { metadata: await poolMetadata(corp) });
}

const answerTo = (requestId: string, changes: Partial<SignOutParts> = {}): string =>
  signOutAnswer(corp, requestId, { now: house.clock.now(), ...changes });

describe("signing out of a pool", () => {
  it("ends the session at the provider too, by a signed request, and then goes where the client wants", async () => {
    const visitor = await signedInVisitor();
    const { xml, relayState } = await leaveForProvider(visitor);
    expect(xml).toContain(">jane@corp.example</saml:NameID>");
    expect(xml).toMatch(/SessionIndex[^>]*>session-1</);
    expect(xml).toContain('Destination="https://idp.example/slo"');
    expect(await isSignedIn(visitor)).toBe(false);
    const SAMLResponse = base64(provider.sign(answerTo(idIn(xml))));
    expect(await post(visitor, { SAMLResponse, RelayState: relayState })).toBe(bye);
    expect(await post(visitor, { SAMLResponse, RelayState: relayState })).toBe(unknown);
  });

  it("goes on at once where that is not wanted, and where nobody is signed in by the provider", async () => {
    const quiet = await addSaml({ ...corp, name: "Quiet" });
    const visitor = await signedInVisitor(quiet);
    expect(locationOf(await visitor.visit(logoutUrl()))).toBe(bye);
    expect(await isSignedIn(visitor)).toBe(false);
    expect(locationOf(await newVisitor().visit(logoutUrl()))).toBe(bye);
  });

  it("goes on at once where the provider says no address for it, or is gone", async () => {
    const metadata = provider.metadata().replaceAll(/<SingleLogoutService [^>]*>(<\/SingleLogoutService>)?/g, "");
    const mute = await addSaml({ ...corp, name: "Mute" }, { MetadataFile: metadata, IDPSignout: "true" });
    expect(locationOf(await (await signedInVisitor(mute)).visit(logoutUrl()))).toBe(bye);
    const other = await makePool(house);
    const gone = await addSaml({ ...corp, pool: other }, { IDPSignout: "true" });
    const visitor = await signedInVisitor(gone);
    await house.api.deleteIdentityProvider({ UserPoolId: other.UserPoolId, ProviderName: "Corp" });
    expect(locationOf(await visitor.visit(logoutUrl(other)))).toBe(bye);
  });

  it("goes by the provider also for who signs out as OpenID Connect describes it", async () => {
    const visitor = await signedInVisitor();
    const query = `client_id=${pool.ClientId}&post_logout_redirect_uri=${encodeURIComponent(bye)}&state=s`;
    const location = locationOf(await visitor.visit(`${pool.base}/logout?${query}`));
    const { xml, relayState } = await provider.readSignOut(location, { metadata: await poolMetadata(corp) });
    const SAMLResponse = base64(provider.sign(answerTo(idIn(xml))));
    expect(await post(visitor, { SAMLResponse, RelayState: relayState })).toBe(`${bye}?state=s`);
  });

  it.each<[string, string, (requestId: string) => string | Promise<string>]>([
    ["FED-14", "that is not signed", (id) => answerTo(id)],
    ["FED-14", "to another request", () => provider.sign(answerTo("_other"))],
    [
      "FED-14",
      "for another destination",
      (id) => provider.sign(answerTo(id, { destination: "https://evil.example/" })),
    ],
    ["FED-14", "of another provider", (id) => provider.sign(answerTo(id, { issuer: "https://other.example" }))],
    ["FED-14", "of an hour ago", (id) => provider.sign(answerTo(id, { now: house.clock.now() - 60 * minute }))],
    ["FED-14", "by another key", async (id) => (await makeSamlProvider()).sign(answerTo(id))],
    ["FED-14", "that was changed", (id) => provider.sign(answerTo(id)).replace("status:Success", "status:Responder")],
    ["FED-09", "with a document type", (id) => `<!DOCTYPE x>${provider.sign(answerTo(id))}`],
    ["FED-14", "that is a sign-in", (id) => provider.sign(answerTo(id)).replaceAll("LogoutResponse", "Response")],
  ])("%s: takes no answer %s", async (_id, _title, make) => {
    const visitor = await signedInVisitor();
    const { xml, relayState } = await leaveForProvider(visitor);
    const SAMLResponse = base64(await make(idIn(xml)));
    expect(await post(visitor, { SAMLResponse, RelayState: relayState })).toBe(unknown);
  });

  it("FED-02: takes no answer from another browser, and none after five minutes", async () => {
    const visitor = await signedInVisitor();
    const { xml, relayState } = await leaveForProvider(visitor);
    const form = { SAMLResponse: base64(provider.sign(answerTo(idIn(xml)))), RelayState: relayState };
    expect(await post(newVisitor(), form)).toBe(unknown);
    house.clock.advance(5 * minute);
    expect(await post(visitor, form)).toBe(unknown);
  });

  it("takes no answer of a provider that cannot be made out any more", async () => {
    const own = await makePool(house);
    const side = await addSaml({ ...corp, pool: own }, { IDPSignout: "true" });
    const visitor = await signedInVisitor(side);
    const location = locationOf(await visitor.visit(logoutUrl(own)));
    const { xml, relayState } = await provider.readSignOut(location, { metadata: await poolMetadata(side) });
    await house.api.updateIdentityProvider({
      UserPoolId: own.UserPoolId,
      ProviderName: "Corp",
      ProviderDetails: { MetadataURL: "http://127.0.0.1:9/metadata", IDPSignout: "true" },
    });
    const answer = provider.sign(signOutAnswer(side, idIn(xml), { now: house.clock.now() }));
    const form = { SAMLResponse: base64(answer), RelayState: relayState };
    const response = await visitor.visit(`${own.base}/saml2/logout`, form);
    expect(locationOf(response)).toContain("/error?error=Invalid+samlResponse");
  });

  it("keeps the states of signing in and signing out apart", async () => {
    const visitor = await signedInVisitor();
    const { relayState } = await leaveForProvider(visitor);
    const form = { SAMLResponse: base64("<a/>"), RelayState: relayState };
    const response = await visitor.visit(`${pool.base}/saml2/idpresponse`, form);
    expect(locationOf(response)).toBe(unknown);
  });
});

describe("a provider that signs somebody out", () => {
  const request = (changes: Partial<SignOutParts> = {}): string =>
    signOutRequest(corp, { now: house.clock.now(), ...changes });

  const send = (xml: string, relayState = "theirs"): Promise<string> =>
    post(newVisitor(), { SAMLRequest: base64(xml), RelayState: relayState });

  it("ends that user's sessions here, and is answered by a signed message", async () => {
    const [jane, kim] = [await signedInVisitor(), await signedInVisitor(corp, { subject: "kim@corp.example" })];
    const location = await send(provider.sign(request({ id: "_request-1" })));
    const { xml, relayState } = await provider.readSignedOut(location, { metadata: await poolMetadata(corp) });
    expect(xml).toContain('InResponseTo="_request-1"');
    expect(xml).toContain("status:Success");
    expect(relayState).toBe("theirs");
    expect([await isSignedIn(jane), await isSignedIn(kim)]).toEqual([false, true]);
  });

  it("ends them under each of the names that the pool knows it by", async () => {
    const twin = await addSaml({ ...corp, name: "Aka" }, { IDPSignout: "true" });
    const [one, other] = [await signedInVisitor(), await signedInVisitor(twin)];
    await send(provider.sign(request()));
    expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([false, false]);
  });

  it("ends the sessions that it names, where it names some", async () => {
    const first = await signedInVisitor(corp, { sessionIndex: "first" });
    const second_ = await signedInVisitor(corp, { sessionIndex: "second" });
    await send(provider.sign(request({ indexes: ["second", "third"] })));
    expect([await isSignedIn(first), await isSignedIn(second_)]).toEqual([true, false]);
  });

  it("is answered too when nobody is signed in any more", async () => {
    const location = await send(provider.sign(request({ subject: "nobody@corp.example" })));
    expect(location).toMatch(/^https:\/\/idp\.example\/slo\?SAMLResponse=/);
  });

  it("FED-14: is followed once", async () => {
    const xml = provider.sign(request());
    expect(await send(xml)).toContain("SAMLResponse=");
    const visitor = await signedInVisitor();
    expect(await send(xml)).toBe(unknown);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it.each<[string, string, () => string | Promise<string>]>([
    ["FED-14", "is not signed", () => request()],
    ["FED-14", "was changed", () => provider.sign(request({ subject: "kim@corp.example" })).replace("kim@", "jane@")],
    ["FED-14", "has expired", () => provider.sign(request({ notOnOrAfter: house.clock.now() - 61 * second }))],
    ["FED-14", "is an hour old", () => provider.sign(request({ now: house.clock.now() - 60 * minute }))],
    ["FED-14", "is of tomorrow", () => provider.sign(request({ now: house.clock.now() + 24 * 60 * minute }))],
    ["FED-14", "is for another destination", () => provider.sign(request({ destination: "https://other.example/" }))],
    ["FED-14", "is of nobody whom the pool knows", () => provider.sign(request({ issuer: "https://other.example" }))],
    ["FED-14", "is signed by another key", async () => (await makeSamlProvider()).sign(request())],
    [
      "FED-05",
      "carries a signature of something inside it",
      () => {
        const signed = provider.sign(request({ subject: "kim@corp.example", id: "_inner" }));
        return request().replace(
          "</samlp:LogoutRequest>",
          `<samlp:Extensions>${signed}</samlp:Extensions></samlp:LogoutRequest>`,
        );
      },
    ],
    ["FED-01", "is signed with SHA-1", () => provider.sign(request(), "http://www.w3.org/2000/09/xmldsig#rsa-sha1")],
    ["FED-07", "has a comment in the name", () => provider.sign(request()).replace("jane@", "jane<!---->@")],
    ["FED-09", "has a document type", () => `<!DOCTYPE x>${provider.sign(request())}`],
    ["FED-10", "is no message", () => "<a/>"],
  ])("%s: is not heard when its request %s", async (_id, _title, make) => {
    const visitor = await signedInVisitor();
    expect(await send(await make())).toBe(unknown);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it("is not heard where its owner does not want that", async () => {
    const other = await makeSamlProvider();
    const deaf = await addSaml({ ...corp, provider: other, name: "Deaf" });
    const visitor = await signedInVisitor(deaf);
    expect(await send(other.sign(signOutRequest(deaf, { now: house.clock.now() })))).toBe(unknown);
    expect(await isSignedIn(visitor)).toBe(true);
  });

  it("is heard by form only, as on Cognito", async () => {
    const response = await fetch(`${pool.base}/saml2/logout?SAMLRequest=x`, { redirect: "manual" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await post(newVisitor(), {})).toBe(unknown);
  });
});

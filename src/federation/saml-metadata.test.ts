/** Metadata of SAML providers from an address. Cases are named by the id of the project's list of attacks. */
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { authorizeUrl, newVisitor } from "../../test/support/browser-steps.ts";
import { useHouse } from "../../test/support/house.ts";
import { makePool, postmanCallback, type TestPool } from "../../test/support/pool.ts";
import { makeSamlProvider, type SamlProvider } from "../../test/support/saml-provider.ts";
import { answerOf, bringBack, goToProvider, type SamlSide, signInBySaml } from "../../test/support/saml-steps.ts";
import { hour, minute } from "../lib/clock.ts";

const house = useHouse();
let pool: TestPool;
let server: Server;
let address: string;
let provider: SamlProvider;
let successor: SamlProvider;
/** What the address answers. */
let page: { status: number; body: string };
let asked: number;
let made = 0;

beforeAll(async () => {
  [pool, provider, successor] = await Promise.all([makePool(house), makeSamlProvider(), makeSamlProvider()]);
  server = createServer((_request, response) => {
    asked++;
    response.writeHead(page.status, { location: "/elsewhere" }).end(page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const listening = server.address();
  address = `http://localhost:${typeof listening === "object" && listening ? listening.port : 0}/metadata`;
});

beforeEach(() => {
  asked = 0;
  page = { status: 200, body: provider.metadata() };
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

/** Makes a provider known by its address only. */
async function known(): Promise<SamlSide> {
  const name = `Corp${++made}`;
  const ProviderDetails = { MetadataURL: address };
  await addProvider(house, pool, { ProviderName: name, ProviderType: "SAML", ProviderDetails, AttributeMapping: {} });
  return { house, pool, provider, name };
}

const signsIn = async (side: SamlSide): Promise<boolean> => (await signInBySaml(side)).includes("?code=");

describe("the metadata of a provider", () => {
  it("is asked for at the first sign-in, and then not for six hours", async () => {
    const side = await known();
    expect(asked).toBe(0);
    expect([await signsIn(side), await signsIn(side)]).toEqual([true, true]);
    expect(asked).toBe(1);
    house.clock.advance(6 * hour - minute);
    expect(await signsIn(side)).toBe(true);
    expect(asked).toBe(1);
  });

  it("is asked for again after six hours, by one of those who sign in, and none of them waits for it", async () => {
    const side = await known();
    await signsIn(side);
    house.clock.advance(6 * hour);
    page = { status: 500, body: "" };
    expect(await Promise.all([signsIn(side), signsIn(side), signsIn(side)])).toEqual([true, true, true]);
    await expect.poll(() => asked).toBe(2);
    page = { status: 200, body: provider.metadata({ bindings: ["post"] }) };
    house.clock.advance(5 * minute);
    await signsIn(side);
    await expect
      .poll(async () => (await newVisitor().visit(authorizeUrl(pool, { identity_provider: side.name }))).status)
      .toBe(200);
    expect(asked).toBe(3);
  });

  it("is asked for again when somebody signs by a key that it does not have, but not more than once a minute", async () => {
    const side = await known();
    await signsIn(side);
    const renamed = (xml: string): string => xml.replaceAll(successor.entityId, provider.entityId);
    page = { status: 200, body: renamed(successor.metadata()) };
    const bySuccessor = async (): Promise<string> => {
      const there = await goToProvider(side);
      return bringBack(side, there, await answerOf({ ...side, provider: successor }, there, { edit: renamed }));
    };
    expect(await bySuccessor()).toContain("error=server_error");
    expect(asked).toBe(1);
    house.clock.advance(minute);
    expect(await bySuccessor()).toContain("?code=");
    expect(asked).toBe(2);
    expect(await signsIn(side)).toBe(false);
    expect(asked).toBe(2);
  });

  it("takes keys of before and after a change side by side", async () => {
    page = { status: 200, body: provider.metadata({ certificates: [successor.certificatePem] }) };
    const side = await known();
    expect(await signsIn(side)).toBe(true);
    const there = await goToProvider(side);
    const edit = (xml: string): string => xml.replaceAll(successor.entityId, provider.entityId);
    const xml = await answerOf({ ...side, provider: successor }, there, { edit });
    expect(await bringBack(side, there, xml)).toContain("?code=");
  });

  it("is not used past its own end", async () => {
    const until = new Date(house.clock.now() + hour).toISOString();
    page = {
      status: 200,
      body: provider.metadata().replace("<EntityDescriptor ", `<EntityDescriptor validUntil="${until}" `),
    };
    const side = await known();
    expect(await signsIn(side)).toBe(true);
    house.clock.advance(hour);
    expect(await signsIn(side)).toBe(true);
    expect(asked).toBeGreaterThan(1);
    page = { status: 404, body: "" };
    const response = await newVisitor().visit(authorizeUrl(pool, { identity_provider: side.name }));
    expect(response.headers.get("location")).toContain("error=server_error");
  });

  it.each([
    ["OUT-03", "a redirect", { status: 302, body: "" }],
    ["OUT-04", "an error", { status: 500, body: "a secret of the network" }],
    ["OUT-04", "something else", { status: 200, body: "<html>a secret of the network</html>" }],
    ["OUT-04", "more than a document", { status: 200, body: " ".repeat(2 * 1024 * 1024) }],
    ["FED-09", "a document type", { status: 200, body: "<!DOCTYPE x><a/>" }],
  ])("%s: is refused when the address answers with %s, and nothing of that is told", async (_id, _title, answer) => {
    const side = await known();
    page = answer;
    const response = await newVisitor().visit(authorizeUrl(pool, { identity_provider: side.name }));
    expect(response.headers.get("location")).toBe(
      `${postmanCallback}?error_description=Invalid+SAML+response+received%3A+The+metadata+of+the+identity+provider+cannot+be+read.+&state=xyz&error=server_error`,
    );
    expect(asked).toBe(1);
  });

  it.each(["javascript:alert(1)", "data:text/html,x"])(
    "FED-15: is refused when it sends browsers to %s",
    async (place) => {
      const side = await known();
      page = { status: 200, body: provider.metadata().replaceAll(provider.signOnAddress, place) };
      const response = await newVisitor().visit(authorizeUrl(pool, { identity_provider: side.name }));
      expect(response.headers.get("location")).toContain("error=server_error");
    },
  );

  it("is shown as far as the API shows it, once it is there", async () => {
    const side = await known();
    const shown = async () => {
      const asked_ = { UserPoolId: pool.UserPoolId, ProviderName: side.name };
      const { IdentityProvider } = await house.api.describeIdentityProvider(asked_);
      return IdentityProvider?.ProviderDetails;
    };
    expect(await shown()).not.toHaveProperty("SSORedirectBindingURI");
    await signsIn(side);
    expect(await shown()).toMatchObject({
      MetadataURL: address,
      SSORedirectBindingURI: provider.signOnAddress,
      SLORedirectBindingURI: provider.signOutAddress,
    });
  });

  it("is forgotten with the provider", async () => {
    const side = await known();
    await signsIn(side);
    await house.api.deleteIdentityProvider({ UserPoolId: pool.UserPoolId, ProviderName: side.name });
    const left = await house.app.db
      .selectFrom("provider_metadata")
      .select("provider_name")
      .where("pool_id", "=", pool.UserPoolId)
      .where("provider_name", "=", side.name)
      .execute();
    expect(left).toEqual([]);
  });
});

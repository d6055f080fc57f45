import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { newVisitor, type Visitor } from "../../test/support/browser-steps.ts";
import {
  type CertifiedProvider,
  certifiedClient,
  openCertifiedProvider,
} from "../../test/support/certified-provider.ts";
import { authorizeAddress, locationOf, redeem } from "../../test/support/federated-browser.ts";
import { useHouse } from "../../test/support/house.ts";
import { openIdMapping } from "../../test/support/openid-pool.ts";
import { makePool, postmanCallback, type TestPool } from "../../test/support/pool.ts";

const house = useHouse();
let pool: TestPool;
let provider: CertifiedProvider;

beforeAll(async () => {
  pool = await makePool(house);
  provider = await openCertifiedProvider(`${pool.base}/oauth2/idpresponse`);
  for (const [ProviderName, attributes_request_method] of [
    ["ByGet", "GET"],
    ["ByPost", "POST"],
  ] as const) {
    await addProvider(house, pool, {
      ProviderName,
      AttributeMapping: openIdMapping,
      ProviderDetails: {
        ...certifiedClient,
        attributes_request_method,
        oidc_issuer: provider.issuer,
        authorize_scopes: "openid email profile",
      },
    });
  }
});

afterAll(async () => {
  await provider.close();
});

/** More pages than the provider has. */
const stepsAtMost = 12;

/** Goes through the provider's pages, saying who it is and that it agrees, until it is back at the client. */
async function walk(visitor: Visitor, start: string, name: string): Promise<URL> {
  let address = start;
  for (let steps = 0; steps < stepsAtMost; steps++) {
    if (address.startsWith(postmanCallback)) return new URL(address);
    let response = await visitor.visit(address);
    if (response.status === 200) {
      const html = await response.text();
      const action = /action="([^"]+)"/.exec(html)?.[1] ?? "";
      const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? "";
      const form = prompt === "login" ? { prompt, login: name, password: "anything" } : { prompt };
      response = await visitor.visit(new URL(action, address).href, form);
    }
    address = new URL(locationOf(response), address).href;
  }
  throw new Error(`The walk ended at ${address}.`);
}

describe("a certified provider", () => {
  it.each(["ByGet", "ByPost"])(
    "signs people in, asked for its profile %s, and the same ones again",
    async (identity_provider) => {
      const start = authorizeAddress(pool, { identity_provider, prompt: "login" });
      const { claims } = await redeem(pool, await walk(newVisitor(), start, "jane"));
      expect(claims).toMatchObject({
        "cognito:username": `${identity_provider}_jane`,
        email: "jane@provider.example",
        email_verified: true,
        name: "jane of the provider",
      });
      const again = await redeem(pool, await walk(newVisitor(), start, "jane"));
      expect(again.claims["sub"]).toBe(claims["sub"]);
      const other = await redeem(pool, await walk(newVisitor(), start, "john"));
      expect(other.claims["sub"]).not.toBe(claims["sub"]);
    },
  );
});

/** A pool whose people come from an OpenID provider. */
import { addProvider } from "./arriving.ts";
import type { TestHouse } from "./house.ts";
import { makePool, type TestPool } from "./pool.ts";
import { clientSecret, type StandInProvider } from "./stand-in-provider.ts";

type Texts = Readonly<Record<string, string>>;

/** What the pool knows of a stand-in. */
export const openIdDetails = (idp: StandInProvider, more: Texts = {}): Record<string, string> => ({
  client_id: "poolhouse",
  client_secret: clientSecret,
  attributes_request_method: "GET",
  oidc_issuer: idp.url,
  authorize_scopes: "openid email profile",
  ...more,
});

/** What is mapped of its claims. */
export const openIdMapping = { email: "email", name: "name", email_verified: "email_verified" };

/** Asks for that provider. */
export const toCorp = { identity_provider: "Corp" };

/** Makes a pool with a stand-in as its provider `Corp`, known by `corp.example` as well. */
export async function makeOpenIdPool(house: TestHouse, idp: StandInProvider, more: Texts = {}): Promise<TestPool> {
  const pool = await makePool(house);
  await addProvider(house, pool, {
    ProviderName: "Corp",
    AttributeMapping: openIdMapping,
    ProviderDetails: openIdDetails(idp, more),
    IdpIdentifiers: ["corp.example"],
  });
  return pool;
}

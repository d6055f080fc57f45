import { expect, it } from "vitest";
import { addProvider } from "../../test/support/arriving.ts";
import { newVisitor, signIn } from "../../test/support/browser-steps.ts";
import { authorizeAddress, locationOf, redeem } from "../../test/support/federated-browser.ts";
import { useHouse } from "../../test/support/house.ts";
import { openIdMapping, toCorp } from "../../test/support/openid-pool.ts";
import { makePool, password } from "../../test/support/pool.ts";

const house = useHouse();

it("a pool is the OpenID provider of another one, as on Cognito", async () => {
  const pool = await makePool(house);
  const provider = await makePool(house, { client: { CallbackURLs: [`${pool.base}/oauth2/idpresponse`] } });
  const sub = await provider.createUser("jane@example.com");
  await addProvider(house, pool, {
    ProviderName: "Corp",
    AttributeMapping: openIdMapping,
    ProviderDetails: {
      client_id: provider.ClientId,
      client_secret: provider.secret,
      attributes_request_method: "GET",
      oidc_issuer: `${house.url}/${provider.UserPoolId}`,
      authorize_scopes: "openid email",
    },
  });
  const visitor = newVisitor();
  const away = locationOf(await visitor.visit(authorizeAddress(pool, toCorp)));
  const back = locationOf(await signIn(visitor, away, { username: "jane@example.com", password }));
  const { claims } = await redeem(pool, new URL(locationOf(await visitor.visit(back))));
  expect(claims).toMatchObject({
    "cognito:username": `Corp_${sub}`,
    email: "jane@example.com",
    email_verified: true,
    identities: [{ providerName: "Corp", userId: sub }],
  });
});

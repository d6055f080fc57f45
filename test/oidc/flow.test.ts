/** Modules of the OpenID Foundation's Basic OP plan about the code flow itself, by their names. */
import { createHash } from "node:crypto";
import * as openid from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { claimsOf, jsonOf, newVisitor, requestToken, withOtherSignature } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, postmanCallback, type TestPool } from "../support/pool.ts";
import { callback, discover, landing, person, tokens } from "../support/relying-party.ts";

const house = useHouse();
let pool: TestPool;
let config: openid.Configuration;
let sub: string;
const secondCallback = "https://app.example.com/cb?tenant=acme";

beforeAll(async () => {
  pool = await makePool(house, { client: { CallbackURLs: [postmanCallback, secondCallback] } });
  sub = await pool.createUser(person);
  config = await discover(house, pool);
});

const headerOf = (token: string): unknown => JSON.parse(Buffer.from(token.split(".")[0] ?? "", "base64url").toString());

describe("Basic OP: the code flow", () => {
  it("oidcc-server: gives a code for a verified ID token and an access token that userInfo takes", async () => {
    const answer = await tokens(config);
    expect(answer.token_type).toBe("bearer");
    expect(answer.claims).toMatchObject({ sub, aud: pool.ClientId, iss: `${house.url}/${pool.UserPoolId}` });
    const info = await openid.fetchUserInfo(config, answer.access_token, sub);
    expect(info.sub).toBe(sub);
  });

  it("oidcc-response-type-missing: tells the client, and shows no page", async () => {
    const { searchParams, origin } = await landing(config, { parameters: { response_type: undefined, state: "s" } });
    expect(origin).toBe(new URL(postmanCallback).origin);
    expect([searchParams.get("error"), searchParams.get("state")]).toEqual(["invalid_request", "s"]);
  });

  it("oidcc-idtoken-signature: signs with RS256 by a key that the key set holds", async () => {
    const { id_token = "" } = await tokens(config);
    const { keys } = await jsonOf<{ keys: { kid: string }[] }>(
      await fetch(config.serverMetadata().jwks_uri ?? "none:"),
    );
    expect(headerOf(id_token)).toEqual({ kid: keys[0]?.kid, alg: "RS256" });
    const held: openid.CustomFetch = async (url, options) => {
      const answer = await fetch(url, options as RequestInit);
      if (!url.endsWith("/oauth2/token")) return answer;
      const given = await jsonOf(answer);
      return Response.json({ ...given, id_token: withOtherSignature(given.id_token) });
    };
    const wary = await discover(house, pool);
    wary[openid.customFetch] = held;
    await expect(tokens(wary)).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/signature/) },
    });
  });

  it("oidcc-idtoken-unsigned: is never given, since no client can ask for the algorithm none", async () => {
    expect(config.serverMetadata().id_token_signing_alg_values_supported).toEqual(["RS256"]);
    const { UserPoolClient } = await house.api.describeUserPoolClient(pool);
    expect(Object.keys(UserPoolClient ?? {}).filter((name) => /alg/i.test(name))).toEqual([]);
  });

  it("oidcc-ensure-request-without-nonce-succeeds-for-code-flow: and the ID token has none", async () => {
    const { claims } = await tokens(config, { parameters: { nonce: undefined } });
    expect(claims).not.toHaveProperty("nonce");
  });

  it("oidcc-alternate-happy-flow: takes scopes in another order, a long state and an address with a query", async () => {
    const state = `${"x".repeat(500)} +&=/?#%\u00e9`;
    const parameters = { scope: "email openid", state };
    expect((await tokens(config, { parameters })).claims).toMatchObject({ sub, email: person });
    const back = await callback(config, { parameters: { ...parameters, redirect_uri: secondCallback } });
    expect(back.href).toContain(`${secondCallback}&code=`);
    expect(back.searchParams.get("state")).toBe(state);
    // The library drops the query of the address that it sends along with the code.
    const code = back.searchParams.get("code") ?? "";
    const grant = { grant_type: "authorization_code", code, redirect_uri: secondCallback };
    expect((await requestToken(pool, grant)).status).toBe(200);
  });

  it("oidcc-server-client-secret-post: takes the secret in the form", async () => {
    const posting = await discover(house, pool, openid.ClientSecretPost(pool.secret));
    expect((await tokens(posting)).claims["sub"]).toBe(sub);
    const wrong = await discover(house, pool, openid.ClientSecretPost("wrong"));
    await expect(tokens(wrong)).rejects.toMatchObject({ error: "invalid_client" });
  });

  it("oidcc-ensure-registered-redirect-uri: shows an error of ours, and does not send the browser away", async () => {
    const { origin, pathname, searchParams } = await landing(config, {
      parameters: { redirect_uri: "https://unregistered.example/cb" },
    });
    expect([origin, pathname]).toEqual([house.url, `/${pool.domain}/error`]);
    expect(searchParams.get("error")).toBe("redirect_mismatch");
  });

  it("oidcc-ensure-request-with-valid-pkce-succeeds: and fails with another verifier", async () => {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const parameters = {
      code_challenge: createHash("sha256").update(pkceCodeVerifier).digest("base64url"),
      code_challenge_method: "S256",
    };
    expect((await tokens(config, { parameters }, { pkceCodeVerifier })).claims["sub"]).toBe(sub);
    const other = openid.randomPKCECodeVerifier();
    await expect(tokens(config, { parameters }, { pkceCodeVerifier: other })).rejects.toMatchObject({
      error: "invalid_grant",
    });
  });

  it("oidcc-refresh-token: gives tokens of the same person, and to the same client alone", async () => {
    const first = await tokens(config, { visitor: newVisitor() });
    const refreshed = await openid.refreshTokenGrant(config, first.refresh_token ?? "");
    const { sub: again, iss, aud, auth_time } = claimsOf(refreshed.id_token ?? "");
    expect(first.claims).toMatchObject({ sub: again, iss, aud, auth_time });
    expect(again).toBe(sub);
    const { UserPoolClient } = await house.api.createUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientName: "other",
      GenerateSecret: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      AllowedOAuthFlowsUserPoolClient: true,
      CallbackURLs: [postmanCallback],
    });
    const other = { ...pool, ClientId: UserPoolClient?.ClientId ?? "", secret: UserPoolClient?.ClientSecret ?? "" };
    const stolen = await requestToken(other, {
      grant_type: "refresh_token",
      refresh_token: first.refresh_token ?? "",
    });
    expect([stolen.status, await stolen.json()]).toEqual([400, { error: "invalid_grant" }]);
  });
});

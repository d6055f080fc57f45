/** The module of the OpenID Foundation's Config OP plan. */
import { describe, expect, it } from "vitest";
import { jsonOf } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { usePool } from "../support/pool.ts";

const house = useHouse();
const pool = usePool(house);

describe("Config OP", () => {
  it("oidcc-discovery-endpoint-verification: names the issuer that was asked, and everything a client must know", async () => {
    const issuer = `${house.url}/${pool.UserPoolId}`;
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/json"]);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const document = await jsonOf<Record<string, unknown>>(answer);
    expect(document).toMatchObject({
      issuer,
      authorization_endpoint: `${pool.base}/oauth2/authorize`,
      token_endpoint: `${pool.base}/oauth2/token`,
      userinfo_endpoint: `${pool.base}/oauth2/userInfo`,
      revocation_endpoint: `${pool.base}/oauth2/revoke`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ["code", "token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      scopes_supported: expect.arrayContaining(["openid"]),
      claims_supported: expect.arrayContaining(["sub", "iss", "aud", "auth_time", "name", "email", "phone_number"]),
      code_challenge_methods_supported: ["S256"],
      grant_types_supported: expect.arrayContaining(["authorization_code", "refresh_token"]),
      request_uri_parameter_supported: false,
    });
    const { keys } = await jsonOf<{ keys: Record<string, string>[] }>(await fetch(`${issuer}/.well-known/jwks.json`));
    expect(keys.every(({ kty, use, alg }) => kty === "RSA" && use === "sig" && alg === "RS256")).toBe(true);
    for (const member of Object.values(document)) expect(member).not.toEqual([]);
  });
});

/** Modules of other plans of the OpenID Foundation, beyond what a certificate asks for. */
import * as openid from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { claimsOf, jsonOf } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { makePool, postmanCallback, type TestPool } from "../support/pool.ts";
import { callback, discover, landing, person, tokens } from "../support/relying-party.ts";

const house = useHouse();
let pool: TestPool;
let config: openid.Configuration;
const withQuery = "https://app.example.com/cb?foo=bar";

beforeAll(async () => {
  pool = await makePool(house, {
    client: { CallbackURLs: [postmanCallback, withQuery], AllowedOAuthFlows: ["code", "implicit"] },
  });
  await pool.createUser(person);
  config = await discover(house, pool);
});

describe("redirect URIs", () => {
  it.each([
    ["oidcc-redirect-uri-query-added", `${postmanCallback}?foo=bar`, "redirect_mismatch"],
    ["oidcc-redirect-uri-query-mismatch", "https://app.example.com/cb?foo=baz", "redirect_mismatch"],
    ["oidcc-redirect-uri-query-mismatch, left out", "https://app.example.com/cb", "redirect_mismatch"],
    ["oidcc-ensure-redirect-uri-in-authorization-request", undefined, "Required parameters missing"],
  ])("%s: ends on our error page", async (_module, redirect_uri, error) => {
    const { origin, pathname, searchParams } = await landing(config, { parameters: { redirect_uri } });
    expect([origin, pathname, searchParams.get("error")]).toEqual([house.url, `/${pool.domain}/error`, error]);
  });

  it("oidcc-redirect-uri-regfrag: none with a fragment is registered", async () => {
    const registration = house.api.updateUserPoolClient({
      UserPoolId: pool.UserPoolId,
      ClientId: pool.ClientId,
      CallbackURLs: [`${postmanCallback}#fragment`],
    });
    await expect(registration).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("keys", () => {
  it("oidcc-server-rotate-keys: stay as they are, as Cognito's do, and sign what was signed before", async () => {
    const keys = async () =>
      (await jsonOf<{ keys: object[] }>(await fetch(config.serverMetadata().jwks_uri ?? ""))).keys;
    const before = await keys();
    await tokens(config);
    expect(await keys()).toEqual(before);
    expect(before).toHaveLength(2);
  });
});

describe("the implicit flow", () => {
  const implicit = { response_type: "token", scope: "openid", state: "s" };

  it("oidcc-ensure-request-without-nonce-fails: goes through without one, since Cognito never asks for it", async () => {
    const back = new URLSearchParams((await callback(config, { parameters: implicit })).hash.slice(1));
    expect(claimsOf(back.get("id_token") ?? "")).not.toHaveProperty("nonce");
    const nonce = openid.randomNonce();
    const named = await callback(config, { parameters: { ...implicit, nonce } });
    const idToken = new URLSearchParams(named.hash.slice(1)).get("id_token") ?? "";
    expect(claimsOf(idToken)["nonce"]).toBe(nonce);
  });
});

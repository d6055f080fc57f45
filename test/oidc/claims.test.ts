/** Modules of the OpenID Foundation's Basic OP plan about scopes, claims and userInfo, by their names. */
import * as openid from "openid-client";
import { beforeAll, describe, expect, it } from "vitest";
import { jsonOf } from "../support/browser-steps.ts";
import { useHouse } from "../support/house.ts";
import { attributeList } from "../support/people.ts";
import { makePool, password, type TestPool } from "../support/pool.ts";
import { discover, landing, person, tokens } from "../support/relying-party.ts";

const house = useHouse();
let pool: TestPool;
let config: openid.Configuration;
let sub: string;
let userInfoAddress: string;

const profile = {
  name: "Jane Doe",
  family_name: "Doe",
  given_name: "Jane",
  middle_name: "Q.",
  nickname: "jane",
  preferred_username: "jdoe",
  profile: "https://example.com/jane",
  picture: "https://example.com/jane.png",
  website: "https://jane.example.com",
  gender: "female",
  birthdate: "1990-01-02",
  zoneinfo: "Europe/Berlin",
  locale: "de-DE",
};
const contact = { email: person, phone_number: "+15551234567" };

beforeAll(async () => {
  pool = await makePool(house);
  const verified = { email_verified: "true", phone_number_verified: "true" };
  await house.api.adminCreateUser({
    UserPoolId: pool.UserPoolId,
    Username: person,
    MessageAction: "SUPPRESS",
    UserAttributes: attributeList({ ...profile, ...contact, ...verified, address: "1 High Street" }),
  });
  await house.api.adminSetUserPassword({
    UserPoolId: pool.UserPoolId,
    Username: person,
    Password: password,
    Permanent: true,
  });
  config = await discover(house, pool);
  sub = String((await tokens(config)).claims["sub"]);
  userInfoAddress = config.serverMetadata().userinfo_endpoint ?? "none:";
});

/** What both the ID token and userInfo say of a person. */
async function saidFor(scope: string) {
  const answer = await tokens(config, { parameters: { scope } });
  return { inToken: answer.claims, inUserInfo: await openid.fetchUserInfo(config, answer.access_token, sub) };
}

describe("Basic OP: userInfo", () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it.each([
    ["oidcc-userinfo-get", (token: string): RequestInit => ({ headers: bearer(token) })],
    ["oidcc-userinfo-post-header", (token: string): RequestInit => ({ method: "POST", headers: bearer(token) })],
    [
      "oidcc-userinfo-post-body",
      (token: string): RequestInit => ({ method: "POST", body: new URLSearchParams({ access_token: token }) }),
    ],
  ])("%s: tells who the token is for", async (_module, request) => {
    const { access_token } = await tokens(config);
    const answer = await fetch(userInfoAddress, request(access_token));
    expect([answer.status, (await jsonOf<{ sub: string }>(answer)).sub]).toEqual([200, sub]);
  });

  it.each([
    ["in the address", (token: string) => [`?access_token=${token}`, {}]],
    [
      "in two places",
      (token: string) => [
        "",
        { method: "POST", headers: bearer(token), body: new URLSearchParams({ access_token: token }) },
      ],
    ],
  ] as const)("takes no token %s", async (_where, request) => {
    const { access_token } = await tokens(config);
    const [query, init] = request(access_token);
    const answer = await fetch(`${userInfoAddress}${query}`, init);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
      400,
      'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
    ]);
  });
});

describe("Basic OP: scopes", () => {
  it("oidcc-scope-profile: shows the profile, and neither mail nor telephone", async () => {
    const { inToken, inUserInfo } = await saidFor("openid profile");
    expect(inUserInfo).toMatchObject({ sub, ...profile });
    expect(inToken).toMatchObject({ sub, ...profile });
    for (const name of ["email", "email_verified", "phone_number"]) expect(inUserInfo).not.toHaveProperty(name);
  });

  it("oidcc-scope-email: shows the address; that it is verified is text in userInfo, as Cognito writes it", async () => {
    const { inToken, inUserInfo } = await saidFor("openid email");
    expect(inToken).toMatchObject({ email: person, email_verified: true });
    expect(inUserInfo).toEqual({ sub, username: sub, email: person, email_verified: "true" });
  });

  it("oidcc-scope-phone: shows the number; that it is verified is text in userInfo, as Cognito writes it", async () => {
    const { inToken, inUserInfo } = await saidFor("openid phone");
    expect(inToken).toMatchObject({ phone_number: contact.phone_number, phone_number_verified: true });
    expect(inUserInfo).toEqual({
      sub,
      username: sub,
      phone_number: contact.phone_number,
      phone_number_verified: "true",
    });
  });

  it.each([["oidcc-scope-address", "openid address"]])(
    "%s: is a scope that Cognito does not have, and is refused as it refuses any other",
    async (_module, scope) => {
      const { searchParams } = await landing(config, { parameters: { scope } });
      expect([searchParams.get("error"), searchParams.get("error_description")]).toEqual([
        "invalid_request",
        "invalid_scope",
      ]);
    },
  );

  it("oidcc-scope-all: shows everything that Cognito has a scope for; the address comes with openid alone", async () => {
    const { inToken, inUserInfo } = await saidFor("openid profile email phone");
    expect(inUserInfo).toMatchObject({ sub, ...profile, ...contact });
    expect(inToken).toMatchObject({ sub, ...profile, ...contact });
    expect((await saidFor("openid")).inToken["address"]).toEqual({ formatted: "1 High Street" });
  });
});

describe("Basic OP: the claims parameter", () => {
  it("oidcc-claims-essential: is passed over, and discovery does not promise it", async () => {
    const claims = JSON.stringify({ id_token: { name: { essential: true } }, userinfo: { name: { essential: true } } });
    const answer = await tokens(config, { parameters: { scope: "openid email", claims } });
    expect(answer.claims).not.toHaveProperty("name");
    expect(config.serverMetadata().claims_parameter_supported ?? false).toBe(false);
  });

  it("oidcc-claims-locales: changes nothing", async () => {
    const { claims } = await tokens(config, { parameters: { scope: "openid profile", claims_locales: "se de" } });
    expect(claims).toMatchObject({ name: profile.name, locale: profile.locale });
  });
});

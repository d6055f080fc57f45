import { describe, expect, it } from "vitest";
import type { Pool } from "../pools/pool.ts";
import { newSettings as newPoolSettings } from "../pools/settings.ts";
import {
  allowedFlows,
  type Client,
  type ClientSettings,
  customClientId,
  readableAttributes,
  tokenLifetimes,
  writableAttributes,
} from "./client.ts";
import { checkRedirectUri } from "./redirect-uri.ts";
import { clientSettings } from "./settings.ts";

const clientWith = (settings: ClientSettings): Client => ({
  id: "c",
  poolId: "us-east-1_p",
  name: "c",
  settings,
  secrets: [],
  version: 1,
  createdAt: 0,
  modifiedAt: 0,
});

const pool: Pool = {
  id: "us-east-1_p",
  region: "us-east-1",
  name: "p",
  settings: newPoolSettings({
    PoolName: "p",
    Schema: [
      { Name: "plan", AttributeDataType: "String" },
      { Name: "score", AttributeDataType: "Number", DeveloperOnlyAttribute: true },
    ],
  }),
  isImporting: false,
  estimatedUsers: 0,
  version: 1,
  createdAt: 0,
  modifiedAt: 0,
};

describe("the flows that a client allows", () => {
  it.each<{ named: ClientSettings; allowed: string[] }>([
    { named: {}, allowed: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"] },
    { named: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] }, allowed: ["ALLOW_USER_PASSWORD_AUTH"] },
    { named: { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] }, allowed: ["ALLOW_USER_AUTH"] },
    {
      named: { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] },
      allowed: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    },
    {
      named: { ExplicitAuthFlows: ["USER_PASSWORD_AUTH"] },
      allowed: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    },
    {
      named: { ExplicitAuthFlows: ["CUSTOM_AUTH_FLOW_ONLY"] },
      allowed: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    },
    { named: { RefreshTokenRotation: { Feature: "ENABLED" } }, allowed: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH"] },
    {
      named: { RefreshTokenRotation: { Feature: "DISABLED" }, ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] },
      allowed: ["ALLOW_REFRESH_TOKEN_AUTH"],
    },
  ])("of $named are $allowed", ({ named, allowed }) => {
    expect([...allowedFlows(clientWith(named))].sort()).toEqual(allowed);
  });
});

describe("the lifetimes of tokens", () => {
  const hour = 3600;
  const day = 24 * hour;
  it.each<{ asked: Parameters<typeof clientSettings>[0]; seconds: [access: number, id: number, refresh: number] }>([
    { asked: request({}), seconds: [hour, hour, 30 * day] },
    {
      asked: request({ AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: "minutes" } }),
      seconds: [300, hour, 30 * day],
    },
    { asked: request({ AccessTokenValidity: 2, IdTokenValidity: 3 }), seconds: [2 * hour, 3 * hour, 30 * day] },
    {
      asked: request({ RefreshTokenValidity: 2, TokenValidityUnits: { RefreshToken: "hours" } }),
      seconds: [hour, hour, 2 * hour],
    },
    { asked: request({ RefreshTokenValidity: 0 }), seconds: [hour, hour, 30 * day] },
    // The unit without the value: thirty days, and not thirty minutes.
    { asked: request({ TokenValidityUnits: { RefreshToken: "minutes" } }), seconds: [hour, hour, 30 * day] },
    {
      asked: request({ TokenValidityUnits: { AccessToken: "seconds", IdToken: "days" } }),
      seconds: [hour, hour, 30 * day],
    },
  ])("for $asked are $seconds seconds", ({ asked, seconds }) => {
    const { accessSeconds, idSeconds, refreshSeconds } = tokenLifetimes(clientWith(clientSettings(asked)));
    expect([accessSeconds, idSeconds, refreshSeconds]).toEqual(seconds);
  });
});

function request(settings: ClientSettings) {
  return { UserPoolId: pool.id, ClientName: "c", ...settings };
}

describe("the attributes of a client without lists", () => {
  const client = clientWith({});
  it.each([
    { name: "email", mayRead: true, mayWrite: true },
    { name: "email_verified", mayRead: true, mayWrite: false },
    { name: "phone_number_verified", mayRead: true, mayWrite: false },
    { name: "sub", mayRead: true, mayWrite: false },
    { name: "identities", mayRead: true, mayWrite: false },
    { name: "custom:plan", mayRead: true, mayWrite: true },
    { name: "custom:unknown", mayRead: true, mayWrite: false },
    { name: "dev:custom:score", mayRead: false, mayWrite: false },
    { name: "cognito:groups", mayRead: true, mayWrite: false },
  ])("$name: read $mayRead, write $mayWrite", ({ name, mayRead, mayWrite }) => {
    expect(readableAttributes(pool, client)(name)).toBe(mayRead);
    expect(writableAttributes(pool, client)(name)).toBe(mayWrite);
  });
});

it("lists of attributes allow what they name, and never a verification or a subject", () => {
  const client = clientWith({ ReadAttributes: ["email"], WriteAttributes: ["name", "sub", "email_verified"] });
  const mayRead = readableAttributes(pool, client);
  const mayWrite = writableAttributes(pool, client);
  expect(["email", "name"].filter(mayRead)).toEqual(["email"]);
  expect(["name", "email", "sub", "email_verified"].filter(mayWrite)).toEqual(["name"]);
});

it("empty lists are lists that were left out", () => {
  const settings = clientSettings(request({ ReadAttributes: [], WriteAttributes: [], ExplicitAuthFlows: [] }));
  expect(settings).toEqual(clientSettings(request({})));
});

describe("a name that asks for an id", () => {
  it.each([
    ["_custom_id_:web", "web"],
    ["_custom_id_:a1+B_2", "a1+B_2"],
    ["_custom_id_:", undefined],
    ["_custom_id_:a b", undefined],
    ["web", undefined],
  ])("%s gives %s", (name, id) => {
    expect(customClientId(name)).toBe(id);
  });
});

describe("an address to come back to", () => {
  it.each([
    "https://app.example.com/callback",
    "https://app.example.com:8443/callback?tenant=1",
    "http://localhost",
    "http://localhost:3000/callback",
    "HTTP://LOCALHOST:3000/callback",
    "http://127.0.0.1/callback",
    "http://[::1]/callback",
    "http://[::1]:8080",
    "myapp://signed-in",
    "com.example.app:/oauth2redirect",
    "exp://192.168.0.2:19000",
  ])("AUT-02: %s may be registered", (uri) => {
    expect(() => checkRedirectUri(uri)).not.toThrow();
  });

  it.each([
    ["http://app.example.com/callback", "cannot use the HTTP protocol."],
    ["http://localhost.evil.com/callback", "cannot use the HTTP protocol."],
    ["http://127.0.0.1.evil.com/", "cannot use the HTTP protocol."],
    ["http://127.1/", "cannot use the HTTP protocol."],
    ["http://2130706433/", "cannot use the HTTP protocol."],
    ["http://0x7f.1/", "cannot use the HTTP protocol."],
    ["http://[0:0:0:0:0:0:0:1]/", "cannot use the HTTP protocol."],
    ["http://0.0.0.0/", "cannot use the HTTP protocol."],
    ["http:localhost/", "cannot use the HTTP protocol."],
    ["http:\\\\localhost/", "cannot use the HTTP protocol."],
    ["http://localhost@evil.com/", "is not a valid URL."],
    ["https://localhost:80@evil.com/", "is not a valid URL."],
    ["https://app.example.com/#x", "cannot use fragment"],
    ["myapp://signed-in#", "cannot use fragment"],
    ["https://*.example.com/", "is not a valid URL."],
    ["https://app.example.com/*", "is not a valid URL."],
    ["/callback", "is not a valid URL."],
    ["app.example.com", "is not a valid URL."],
    ["javascript:alert(1)", "is not a valid URL."],
    ["JavaScript:alert(1)", "is not a valid URL."],
    ["data:text/html,x", "is not a valid URL."],
    ["vbscript:x", "is not a valid URL."],
    ["file:///etc/passwd", "is not a valid URL."],
    ["blob:https://app.example.com/1", "is not a valid URL."],
    ["about:blank", "is not a valid URL."],
  ])("AUT-02: %s is refused: it %s", (uri, reason) => {
    expect(() => checkRedirectUri(uri)).toThrow(`${uri} ${reason}`);
  });
});

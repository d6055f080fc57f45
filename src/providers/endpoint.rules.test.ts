import { describe, expect, it } from "vitest";
import { checkEndpoint, isVisitable, providerRules } from "./endpoint.ts";

const scheme = "OIDC endpoint must start with https://";

const notAllowed = /^The address .* of a provider is not allowed\.$/;

describe("where a provider is", () => {
  it.each([
    "https://idp.example.com",
    "https://accounts.google.com/x?y#z",
    "https://8.8.8.8:8443/",
    "https://[2606:4700::1]/",
  ])("may be %s in both modes", (address) => {
    for (const mode of ["dev", "serve"] as const) checkEndpoint(address, { mode, privateHosts: [] }, scheme);
  });

  it.each([
    "http://localhost:8080/realms/x",
    "http://127.0.0.1:9000",
    "http://keycloak:8080",
    "http://[::1]:1",
    "https://10.0.0.7",
  ])("may be %s in dev mode, but not in production", (address) => {
    checkEndpoint(address, { mode: "dev", privateHosts: [] }, scheme);
    expect(() => checkEndpoint(address, { mode: "serve", privateHosts: [] }, scheme)).toThrow();
  });

  it("may be on a private host that the operator names, by https, and on no other", () => {
    const around = { mode: "serve", privateHosts: ["keycloak.internal", "10.0.0.7"] } as const;
    for (const address of ["https://keycloak.internal/realms/x", "https://10.0.0.7:8443/"]) {
      checkEndpoint(address, around, scheme);
      expect(() => checkEndpoint(address, { ...around, privateHosts: [] }, scheme)).toThrow(notAllowed);
    }
    expect(() => checkEndpoint("https://10.0.0.8/", around, scheme)).toThrow(notAllowed);
    expect(() => checkEndpoint("http://10.0.0.7/", around, scheme)).toThrow(scheme);
  });

  // Security case OUT-01.
  it.each([
    "https://169.254.169.254/latest/meta-data",
    "https://127.0.0.1:8443/",
    "https://[::ffff:169.254.169.254]/",
    "https://[::ffff:7f00:1]/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f.1/",
    "https://localhost./",
    "https://a.localhost/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://metadata.google.internal/",
    "https://user:password@idp.example.com/",
  ])("is not %s in production", (address) => {
    expect(() => checkEndpoint(address, { mode: "serve", privateHosts: [] }, scheme)).toThrow(notAllowed);
  });

  it.each([
    "https://169.254.169.254/",
    "http://[fe80::1]/",
    "http://[::ffff:169.254.169.254]/",
    "https://a:b@idp.example.com/",
  ])("is not %s in dev mode either", (address) => {
    expect(() => checkEndpoint(address, { mode: "dev", privateHosts: [] }, scheme)).toThrow(notAllowed);
  });

  it.each([
    "http://idp.example.com",
    "ftp://idp.example.com",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_x",
    "idp.example.com",
    "https://",
    "",
    `https://idp.example.com/${"a".repeat(2048)}`,
  ])("is not %s in any mode", (address) => {
    for (const mode of ["dev", "serve"] as const) {
      expect(() => checkEndpoint(address, { mode, privateHosts: [] }, scheme)).toThrow(scheme);
    }
  });
});

describe("where a browser is sent", () => {
  it.each([
    ["https://idp.example.com/in?x=1", true, true],
    ["https://10.0.0.7/in", true, true],
    ["http://idp.example.com/in", true, false],
    ["javascript:alert(1)", false, false],
    ["data:text/html,x", false, false],
    ["file:///etc/passwd", false, false],
    ["/in", false, false],
    [`https://idp.example.com/${"x".repeat(2048)}`, false, false],
  ])("FED-15: is %s in dev mode: %s, in production: %s", (address, inDev, inProduction) => {
    expect(isVisitable(address, "dev")).toBe(inDev);
    expect(isVisitable(address, "serve")).toBe(inProduction);
  });
});

describe("a request to a provider", () => {
  it.each([
    ["dev", "http://127.0.0.1:9000/", true],
    ["serve", "https://10.0.0.7/keys", true],
    ["serve", "https://KEYCLOAK.internal/keys", true],
    ["serve", "https://10.0.0.8/keys", false],
    ["serve", "https://idp.example.com/keys", false],
    ["serve", "nowhere", false],
  ] as const)("in %s mode to %s: may stay inside is %s", (mode, address, mayStayInside) => {
    const around = { mode, privateHosts: ["10.0.0.7", "keycloak.internal"] };
    expect(providerRules(around, address)).toEqual({ mayStayInside });
  });
});

/** Which site a host is: the house, a domain of a pool, or nothing. */
import { describe, expect, it } from "vitest";
import { siteOf } from "../../src/site.ts";

const kindOf = (mode: "dev" | "serve", publicUrl: string, host: string) => {
  const site = siteOf({ mode, publicUrl }, new Request("http://ignored.example/"), [["Host", host]]);
  return site.kind === "domain" ? `domain ${site.name}` : site.kind;
};

describe("a host", () => {
  it.each([
    ["dev", "http://localhost:7665", "localhost:7665", "house"],
    ["dev", "http://localhost:7665", "127.0.0.1:7665", "house"],
    ["dev", "http://localhost:7665", "[::1]:7665", "house"],
    ["dev", "http://localhost:7665", "acme.localhost:7665", "domain acme"],
    ["dev", "http://localhost:7665", "ACME.LOCALHOST", "domain acme"],
    ["dev", "http://localhost:7665", "auth.example.com", "unknown"],
    ["dev", "http://localhost:7665", "localhost.evil.example", "unknown"],
    ["serve", "https://auth.example.com", "auth.example.com", "house"],
    ["serve", "https://auth.example.com", "acme.auth.eu-west-1.auth.example.com", "domain acme"],
    ["serve", "https://auth.example.com", "acme.auth.example.com", "domain acme"],
    ["serve", "https://auth.example.com", "login.customer.example", "domain login.customer.example"],
    ["serve", "https://auth.example.com", "user@auth.example.com", "unknown"],
    ["serve", "https://auth.example.com", "auth.example.com/x", "unknown"],
  ] as const)("%s at %s: %s is %s", (mode, publicUrl, host, kind) => {
    expect(kindOf(mode, publicUrl, host)).toBe(kind);
  });
});

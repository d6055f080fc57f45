import { describe, expect, it } from "vitest";
import type { Pool } from "../pools/pool.ts";
import type { Provider } from "../providers/provider.ts";
import { federatedUsername, linkableClaims, mappedAttributes, subjectOf, textsOf, withMapped } from "./mapping.ts";

const poolOf = (CaseSensitive: boolean): Pool => ({
  id: "us-east-1_A",
  region: "us-east-1",
  name: "pool",
  settings: {
    UsernameConfiguration: { CaseSensitive },
    SchemaAttributes: [],
    MfaConfiguration: "OFF",
    DeletionProtection: "INACTIVE",
    UserPoolTier: "ESSENTIALS",
  },
  estimatedUsers: 0,
  isImporting: false,
  version: 1,
  createdAt: 0,
  modifiedAt: 0,
});

const providerOf = (attributeMapping: Record<string, string>, name = "Corp"): Provider => ({
  poolId: "us-east-1_A",
  name,
  type: "OIDC",
  settings: { details: {}, attributeMapping, identifiers: [] },
  sealedSecrets: "",
  version: 1,
  createdAt: 0,
  modifiedAt: 0,
});

describe("a claim as text", () => {
  it.each<{ title: string; value: unknown; text: string | undefined }>([
    { title: "a text as it is", value: "Jane", text: "Jane" },
    { title: "an empty text", value: "", text: "" },
    { title: "a flag", value: true, text: "true" },
    { title: "a number", value: 7, text: "7" },
    { title: "one value of a list alone", value: ["staff"], text: "staff" },
    { title: "several in brackets", value: ["staff", "admins"], text: "[staff,admins]" },
    { title: "encoded, so that a comma only parts them", value: ["a,b", "c d", "é*"], text: "[a%2Cb,c+d,%C3%A9*]" },
    { title: "an object as its JSON", value: { formatted: "Main St" }, text: '{"formatted":"Main St"}' },
    { title: "nothing of null", value: null, text: undefined },
    { title: "nothing of an empty list", value: [], text: undefined },
    { title: "nothing of a list of nothing", value: [null], text: undefined },
  ])("is $title", ({ value, text }) => {
    expect(textsOf({ claim: value })).toEqual(text === undefined ? {} : { claim: text });
  });

  it("is looked at for so many claims and no more", () => {
    const claims = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`claim-${index}`, "x"]));
    expect(Object.keys(textsOf(claims))).toHaveLength(200);
  });
});

describe("what a provider calls a user by", () => {
  it("is the claim that is mapped to the username, or the subject of its protocol", () => {
    expect(subjectOf(providerOf({ username: "sub" }), { sub: "7" }, undefined)).toBe("7");
    expect(subjectOf(providerOf({ username: "sub" }), { sub: "7" }, "8")).toBe("7");
    expect(subjectOf(providerOf({}), { sub: "7" }, "8")).toBe("8");
  });

  it.each([
    ["the mapped claim is missing", { username: "sub" }, "8"],
    ["there is neither", {}, undefined],
    ["it is empty", {}, ""],
  ] as const)("is refused when %s", (_title, mapping, subject) => {
    expect(() => subjectOf(providerOf(mapping), { sub: "" }, subject)).toThrow("username attribute mapping required");
  });

  it("makes a username with the provider's name, folded as the pool folds names", () => {
    expect(federatedUsername(poolOf(true), providerOf({}), "Ab")).toBe("Corp_Ab");
    expect(federatedUsername(poolOf(false), providerOf({}), "Ab")).toBe("corp_ab");
  });

  it.each([
    ["a space", "a b"],
    ["a control character", "a\u0000b"],
    ["a character that nobody sees", "a\u200bb"],
    ["more characters than a name has", "x".repeat(124)],
  ])("makes no username with %s", (_title, subject) => {
    expect(() => federatedUsername(poolOf(true), providerOf({}), subject)).toThrow("Invalid username.");
  });
});

describe("mapped attributes", () => {
  it("are those of the mapping that have a value", () => {
    const mapping = { username: "sub", email: "mail", name: "full", "custom:team": "team" };
    const claims = { sub: "7", mail: "a@example.com", full: "", team: "[a,b]", "custom:role": "admin", role: "admin" };
    expect(mappedAttributes(providerOf(mapping), claims)).toEqual({ email: "a@example.com", "custom:team": "[a,b]" });
  });

  it.each([
    ["FED-16: is new", {}, { email: "a@x.org" }, { email: "a@x.org", email_verified: "false" }],
    [
      "FED-16: changes",
      { email: "a@x.org", email_verified: "true" },
      { email: "b@x.org" },
      { email: "b@x.org", email_verified: "false" },
    ],
    [
      "stays the same",
      { email: "a@x.org", email_verified: "true" },
      { email: "a@x.org" },
      { email: "a@x.org", email_verified: "true" },
    ],
    [
      "is verified by the provider",
      {},
      { email: "a@x.org", email_verified: "true" },
      { email: "a@x.org", email_verified: "true" },
    ],
    ["is verified but not there", {}, { email_verified: "true" }, {}],
    ["is a number", {}, { phone_number: "+49301" }, { phone_number: "+49301", phone_number_verified: "false" }],
    [
      "FED-16: is not mapped",
      { email: "a@x.org", email_verified: "true", "custom:role": "guest" },
      { name: "Jane" },
      { email: "a@x.org", email_verified: "true", "custom:role": "guest", name: "Jane" },
    ],
  ] as const)("say of a contact that %s", (_title, attributes, mapped, after) => {
    expect(withMapped({ attributes }, mapped)).toEqual(after);
  });
});

describe("claims that links are made by", () => {
  it("ATT-13: hold no mail address that the provider has not verified, and nothing too long for a link", () => {
    expect(linkableClaims({ email: "a@x.org", email_verified: "false", id: "7" })).not.toHaveProperty("email");
    expect(linkableClaims({ email: "a@x.org", email_verified: "true" })).toHaveProperty("email");
    expect(linkableClaims({ email: "a@x.org" })).toHaveProperty("email");
    expect(linkableClaims({ long: "x".repeat(1025), short: "x".repeat(1024) })).toEqual({ short: "x".repeat(1024) });
  });
});

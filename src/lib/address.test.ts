import { describe, expect, it } from "vitest";
import { canonicalAddress, householdOf, inNetworks } from "./address.ts";

/** An address as it may come, its one spelling, and whom it stands for. */
const rows: readonly (readonly [
  id: string,
  given: string | undefined,
  canonical: string | undefined,
  household: string | undefined,
])[] = [
  ["an IPv4 address", "203.0.113.9", "203.0.113.9", "203.0.113.9"],
  ["PWD-08: IPv4 inside IPv6", "::ffff:203.0.113.9", "203.0.113.9", "203.0.113.9"],
  ["PWD-08: the same in upper case", "::FFFF:203.0.113.9", "203.0.113.9", "203.0.113.9"],
  ["PWD-08: the same in hexadecimal", "::ffff:cb00:7109", "203.0.113.9", "203.0.113.9"],
  ["PWD-08: the same at full length", "0:0:0:0:0:ffff:203.0.113.9", "203.0.113.9", "203.0.113.9"],
  ["PWD-08: upper-case hexadecimal", "2001:DB8::A", "2001:db8::a", "2001:db8:0:0::/64"],
  ["PWD-08: zeros that are written", "2001:0db8:0000:0000:0000:0000:0000:000a", "2001:db8::a", "2001:db8:0:0::/64"],
  ["PWD-08: another of the same 64 bits", "2001:db8::ffff:1:2:3", "2001:db8::ffff:1:2:3", "2001:db8:0:0::/64"],
  ["another network", "2001:db8:0:1::a", "2001:db8:0:1::a", "2001:db8:0:1::/64"],
  ["zeros at the end", "2001:db8:1:2::", "2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["zeros at the start", "::1", "::1", "0:0:0:0::/64"],
  ["no zeros left out", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8", "1:2:3:4::/64"],
  ["an interface that it was heard on", "fe80::1%eth0", "fe80::1", "fe80:0:0:0::/64"],
  ["PWD-08: a letter", "a", undefined, undefined],
  ["a port", "203.0.113.9:443", undefined, undefined],
  ["octal digits", "0203.0.113.9", undefined, undefined],
  ["too large a number", "999.1.1.1", undefined, undefined],
  ["nothing", "", undefined, undefined],
  ["no address", undefined, undefined, undefined],
];

describe("an address", () => {
  it.each(rows)("with %s (%s) is %s, of %s", (_title, given, canonical, household) => {
    expect(canonicalAddress(given)).toBe(canonical);
    expect(householdOf(given)).toBe(household);
  });

  it.each([
    ["127.0.0.0/8", "127.9.9.9", true],
    ["127.0.0.0/8", "::ffff:127.0.0.1", true],
    ["127.0.0.0/8", "128.0.0.1", false],
    ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.3", "10.1.2.4", false],
    ["2001:db8::/32", "2001:DB8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["::1", "::1", true],
    ["::1", "a", false],
    ["::1", undefined, false],
  ] as const)("of the network %s: %s is one of it: %s", (network, address, isOne) => {
    expect(inNetworks([network])(address)).toBe(isOne);
  });

  it.each(["a", "10.0.0.0/33", "10.0.0.0/", "::/129", ""])("of no network: %j is none", (network) => {
    expect(() => inNetworks([network])).toThrow();
  });
});

import { describe, expect, it } from "vitest";
import type { EventContext } from "../events/context.ts";
import { type AuthEvent, noRisk } from "../events/event.ts";
import { minute } from "../lib/clock.ts";
import { isInNetworks, takeoverLevel } from "./takeover.ts";

const now = Date.UTC(2030, 0, 1);

const home: EventContext = { address: "198.51.100.7", deviceName: "Chrome 120, Windows" };

/** A sign-in of a day ago at home, unless told otherwise. */
const event = (wanted: Partial<AuthEvent> = {}): AuthEvent => ({
  poolId: "us-east-1_a",
  sub: "sub",
  id: "id",
  clientId: "client",
  type: "SignIn",
  response: "Pass",
  risk: noRisk,
  challenges: [],
  context: home,
  feedback: null,
  createdAt: now - 24 * 60 * minute,
  ...wanted,
});

const failures = (count: number, age = minute) =>
  Array.from({ length: count }, () => event({ response: "Fail", createdAt: now - age }));
const said = (value: "Valid" | "Invalid") => ({ value, provider: "Admin", givenAt: now }) as const;

const elsewhere = "203.0.113.9";
const otherDevice = "Safari 17, macOS";

const cases: readonly [string, EventContext, readonly AuthEvent[], ReturnType<typeof takeoverLevel>][] = [
  ["the first sign-in ever", home, [], undefined],
  ["failures alone, before any sign-in", home, failures(9), undefined],
  ["the same network and device", home, [event()], undefined],
  ["another address of the same network", { ...home, address: "198.51.100.200" }, [event()], undefined],
  ["a newer version of the same browser", { ...home, deviceName: "Chrome 131, Windows" }, [event()], undefined],
  ["a new network", { ...home, address: elsewhere }, [event()], "Low"],
  ["a new device", { ...home, deviceName: otherDevice }, [event()], "Low"],
  ["both new", { address: elsewhere, deviceName: otherDevice }, [event()], "Medium"],
  [
    "a network of long ago",
    { ...home, address: elsewhere },
    [event(), event({ context: { address: elsewhere } })],
    undefined,
  ],
  ["another network within minutes", { ...home, address: elsewhere }, [event({ createdAt: now - 5 * minute })], "High"],
  ["a new device after many failures", { ...home, deviceName: otherDevice }, [...failures(5), event()], "High"],
  ["a new device after a few failures", { ...home, deviceName: otherDevice }, [...failures(4), event()], "Low"],
  [
    "a new device after many old failures",
    { ...home, deviceName: otherDevice },
    [...failures(9, 20 * minute), event()],
    "Low",
  ],
  ["a known place after many failures", home, [...failures(9), event()], undefined],
  ["a place that the user has disowned", home, [event({ feedback: said("Invalid") })], "High"],
  ["a failure that the user has owned", home, [event({ response: "Fail", feedback: said("Valid") })], undefined],
  [
    "a place that was blocked",
    home,
    [event({ risk: { decision: "Block", isKnownPassword: false } }), event({ context: { address: elsewhere } })],
    "Low",
  ],
  ["nothing that is known of the caller", {}, [event()], undefined],
  [
    "a network, where only devices were known",
    { address: elsewhere },
    [event({ context: { deviceName: "curl" } })],
    undefined,
  ],
  [
    "another id of a device of the same name",
    { ...home, deviceId: "two" },
    [event({ context: { ...home, deviceId: "one" } })],
    "Low",
  ],
  [
    "the same id of a device that changed its name",
    { ...home, deviceName: "x", deviceId: "one" },
    [event({ context: { ...home, deviceId: "one" } })],
    undefined,
  ],
  [
    "another address of the same IPv6 network",
    { address: "2001:db8:1::9" },
    [event({ context: { address: "2001:db8:1:2::1" } })],
    undefined,
  ],
  ["another IPv6 network", { address: "2001:db8:2::9" }, [event({ context: { address: "2001:db8:1:2::1" } })], "Low"],
  ["IPv6 in place of IPv4", { address: "2001:db8:2::9" }, [event()], "Low"],
];

describe("the level of a sign-in", () => {
  it.each(cases)("from %s", (_title, context, history, level) => {
    expect(takeoverLevel({ context, history, now })).toBe(level);
  });
});

describe("an address", () => {
  it.each([
    ["192.0.2.7", ["192.0.2.0/24"], true],
    ["192.0.3.7", ["192.0.2.0/24"], false],
    ["192.0.3.7", ["192.0.2.0/24", "192.0.3.7/32"], true],
    ["2001:db8::1", ["2001:db8::/32"], true],
    ["2001:db9::1", ["2001:db8::/32", "0.0.0.0/0"], false],
    ["not an address", ["0.0.0.0/0"], false],
    [undefined, ["0.0.0.0/0"], false],
    ["192.0.2.7", [], false],
  ])("%s is or is not in %j", (address, networks, expected) => {
    expect(isInNetworks(address, networks)).toBe(expected);
  });
});

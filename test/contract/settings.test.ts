/** The settings: each flag has a variable that says the same, and each says what to do when it cannot be used. */
import { describe, expect, it } from "vitest";
import { settingRows } from "../../src/setting-rows.ts";
import { isSwitchedOn, readSettings, valueOfSetting } from "../../src/settings.ts";

const given = (flag: string, value: string) => ({
  [flag.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())]: value,
});

/** Values that a setting takes, where a word will not do. */
const samples: Readonly<Record<string, string>> = {
  port: "9000",
  host: "localhost",
  region: "eu-west-3",
  account: "999999999999",
  "public-url": "https://auth.example.com",
  proxies: "2",
  "address-limit": "120",
  "unlimited-addresses": "10.0.0.0/8,2001:db8::1",
  issuer: "aws",
  smtp: "smtp://localhost:25",
  "sms-hook": "http://localhost/sms",
  "log-level": "debug",
  "metrics-port": "9090",
  "drain-seconds": "7",
  "audit-days": "30",
  triggers: "arn:aws:lambda:us-east-1:123456789012:function:f=./f.mjs",
  "log-destinations": "arn:aws:logs:us-east-1:123456789012:log-group:g=stdout:",
  "stand-ins": "https://accounts.google.com=http://localhost:4000",
};

describe("a setting", () => {
  it.each(settingRows)("--$flag says what $variable says, and wins over it", ({ flag, variable }) => {
    expect(variable).toBe(`POOLHOUSE_${flag.toUpperCase().replaceAll("-", "_")}`);
    const value = samples[flag] ?? "word";
    expect(valueOfSetting(flag, given(flag, value), {})).toBe(value);
    expect(valueOfSetting(flag, {}, { [variable]: value })).toBe(value);
    expect(valueOfSetting(flag, given(flag, value), { [variable]: "other" })).toBe(value);
    expect(readSettings("dev", given(flag, value), {})).toEqual(readSettings("dev", {}, { [variable]: value }));
  });

  it.each([
    ["1", true],
    ["true", true],
    ["0", false],
    ["false", false],
    ["", false],
  ])("that is a switch is on or off: %s", (value, isOn) => {
    expect(isSwitchedOn("https", {}, { POOLHOUSE_HTTPS: value })).toBe(isOn);
  });

  it.each([
    ["port", "70000"],
    ["region", "moon"],
    ["account", "1"],
    ["proxies", "*"],
    ["address-limit", "many"],
    ["unlimited-addresses", "10.0.0.0/33"],
    ["unlimited-addresses", "here,there"],
    ["issuer", "mine"],
    ["public-url", "auth.example.com"],
    ["triggers", "arn-without-a-target"],
    ["log-destinations", "arn=ftp://x"],
    ["smtp", "mail.example.com"],
    ["sms-hook", "x"],
    ["log-level", "loud"],
    ["metrics-port", "-1"],
    ["drain-seconds", "long"],
    ["host", "0.0.0.0"],
  ])("--%s cannot be %s, and one line says so and names it", (flag, value) => {
    const read = () => readSettings("dev", given(flag, value), {});
    expect(read).toThrow(`--${flag}`);
    expect(read).not.toThrow("\n");
  });

  it("of a limit for addresses is off in dev mode, on in production, and not for this machine", () => {
    expect(readSettings("dev", {}, {})).toMatchObject({ addressLimit: 0 });
    const served = readSettings("serve", { publicUrl: "https://auth.example.com", proxies: "1" }, {});
    expect(served).toMatchObject({ addressLimit: 60, unlimitedAddresses: ["127.0.0.0/8", "::1"] });
    expect(readSettings("dev", { unlimitedAddresses: "none" }, {})).toMatchObject({ unlimitedAddresses: [] });
  });
});

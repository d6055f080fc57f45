import { describe, expect, it } from "vitest";
import { codeAt, stepAt, stepOfCode, toBase32 } from "./totp.ts";

/** Source: RFC 6238 appendix B, the rows of SHA-1, of which the last six digits are ours. */
const secret = Buffer.from("12345678901234567890");

describe("a one-time password", () => {
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("at second %i is that of the specification", (seconds, code) => {
    expect(codeAt(secret, stepAt(seconds * 1000))).toBe(code);
  });

  it.each([
    ["MFA-10: two steps early", -2, false],
    ["one step early", -1, true],
    ["in its own step", 0, true],
    ["one step late", 1, true],
    ["MFA-10: two steps late", 2, false],
  ])("%s", (_what, steps, isGood) => {
    const now = 1_700_000_000_000;
    const step = stepAt(now) + steps;
    expect(stepOfCode(secret, codeAt(secret, step), now)).toBe(isGood ? step : undefined);
  });
});

describe("a secret as text", () => {
  /** Source: RFC 4648 section 10. */
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("of %j is %j", (bytes, text) => {
    expect(toBase32(Buffer.from(bytes))).toBe(text);
  });

  it("has 52 characters for 32 bytes", () => {
    expect(toBase32(Buffer.alloc(32, 0xff))).toMatch(/^[A-Z2-7]{52}$/);
  });
});

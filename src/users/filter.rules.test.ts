import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ApiError } from "../contract/errors.ts";
import { parseFilter, rangeOf } from "./filter.ts";

describe("a filter", () => {
  it.each([
    ['email = "jane@example.com"', { attribute: "email", isPrefix: false, value: "jane@example.com" }],
    ['email="jane"', { attribute: "email", isPrefix: false, value: "jane" }],
    ['"email"^="a"', { attribute: "email", isPrefix: true, value: "a" }],
    ['  given_name   ^=   "Ja ne"  ', { attribute: "given_name", isPrefix: true, value: "Ja ne" }],
    ['username = ""', { attribute: "username", isPrefix: false, value: "" }],
    ['cognito:user_status = "CONFIRMED"', { attribute: "cognito:user_status", isPrefix: false, value: "CONFIRMED" }],
    [
      'name = "a \\"quoted\\" and \\\\ slashed"',
      { attribute: "name", isPrefix: false, value: 'a "quoted" and \\ slashed' },
    ],
    ['name = "100%_[]"', { attribute: "name", isPrefix: false, value: "100%_[]" }],
  ])("reads %s", (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
  });

  it.each(["", "   "])("that is empty filters nothing: %j", (text) => {
    expect(parseFilter(text)).toBeUndefined();
  });

  it.each([
    "email",
    "email =",
    "email = jane",
    'email = "jane',
    'email "jane"',
    'email == "jane"',
    'email > "jane"',
    'email = "x" or 1=1 --"',
    'email = "\\"; drop',
    "email = \u201Cjane\u201D",
    'email = "a" email = "b"',
  ])("INJ-01: cannot be parsed: %s", (text) => {
    expect(() => parseFilter(text)).toThrow("Error while parsing filter.");
  });

  it.each(["custom:plan", "address", "Email", "sub2"])("is not for the attribute %s", (attribute) => {
    expect(() => parseFilter(`${attribute} = "x"`)).toThrow(`Invalid search attribute: ${attribute}`);
  });

  it("INJ-01: reads back any value that is quoted as the guide says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const quoted = value.replace(/[\\"]/g, "\\$&");
        expect(parseFilter(`email = "${quoted}"`)?.value).toBe(value);
      }),
    );
  });

  it("throws nothing but the API's error, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseFilter(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });

  it("INJ-03: by prefix is a half-open range that holds what begins so", () => {
    const { from, below = "" } = rangeOf({ attribute: "name", isPrefix: true, value: "a%" });
    const inside = (text: string) =>
      Buffer.compare(Buffer.from(text), Buffer.from(from)) >= 0 &&
      Buffer.compare(Buffer.from(text), Buffer.from(below)) < 0;
    expect(["a%", "a%b", "a%\u{1F600}", "a%\uffff"].every(inside)).toBe(true);
    expect(["a", "ab", "a&", "b"].some(inside)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { meets, parseCondition } from "./condition.ts";
import type { User } from "./user.ts";

const user: User = {
  poolId: "us-east-1_a",
  sub: "1f0e",
  username: "jane",
  status: "CONFIRMED",
  isEnabled: true,
  attributes: { email: "Jane@Example.com", "custom:note": "likes  two spaces " },
  tokensValidAfter: 0,
  version: 1,
  createdAt: Date.parse("2026-05-01T12:00:00Z"),
  modifiedAt: 0,
};

describe("a condition on users", () => {
  it.each([
    ["email contains @example", true],
    ["email contains @example.org", false],
    ["email equals jane@example.com", false],
    ["email equals Jane@Example.com", true],
    ["email starts-with Jane@", true],
    ["email starts-with jane@", false],
    ["custom:note contains likes  two spaces ", true],
    ["custom:none contains a", false],
    ["custom:none is-unset", true],
    ["custom:note is-set", true],
    ["custom:note is-unset", false],
    ["username equals jane", true],
    ["sub starts-with 1f", true],
    ["status equals CONFIRMED", true],
    ["enabled equals true", true],
    ["created starts-with 2026-05", true],
    ["modified starts-with 1970", true],
  ])("%s", (condition, expected) => {
    expect(meets(user, parseCondition(condition))).toBe(expected);
  });

  it.each(["", "email", "email like jane", "email contains", "email contains ", "email is-set yes"])(
    "is not %j",
    (text) => {
      expect(() => parseCondition(text)).toThrow("A condition looks like");
    },
  );
});

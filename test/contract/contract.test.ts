import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operationNames, shapeOf } from "../../src/contract/contract.ts";
import { ApiError } from "../../src/contract/errors.ts";
import type { Model, StringShape } from "../../src/contract/model.ts";
import { matcherOf } from "../../src/contract/patterns.ts";
import { serialize } from "../../src/contract/serialize.ts";
import service from "../../src/contract/service.json" with { type: "json" };
import type { OperationName } from "../../src/contract/types.gen.ts";
import { parseRequest } from "../../src/contract/validate.ts";
import { contractCases, validRequest } from "../support/contract-cases.ts";
import { processorMilliseconds } from "../support/processor.ts";

/** What a request is refused with. */
function refusal(operation: OperationName, body: unknown): { name: string; message: string } | undefined {
  try {
    parseRequest(operation, body);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return { name: error.name, message: error.message };
    throw error;
  }
}

describe("the contract", () => {
  it("takes the least that each operation needs", () => {
    expect(operationNames).toHaveLength(140);
    for (const name of operationNames) expect(refusal(name, validRequest(name)), name).toBeUndefined();
  });

  const cases = contractCases();

  it("has more than a thousand ways in which one member can be wrong", () => {
    expect(cases.length).toBeGreaterThan(1000);
  });

  it.each(cases)("refuses $title", ({ operation, body, error, message }) => {
    expect(refusal(operation, body)).toMatchObject({ name: error, message: expect.stringContaining(message) });
  });
});

describe("a message", () => {
  it.each([
    [
      "DescribeUserPool",
      { UserPoolId: "abc" },
      "1 validation error detected: Value 'abc' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      "SignUp",
      { ClientId: "c" },
      "1 validation error detected: Value null at 'username' failed to satisfy constraint: Member must not be null",
    ],
    [
      "SignUp",
      { ClientId: "c", Username: "u", Password: "a b" },
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+",
    ],
    [
      "SignUp",
      { ClientId: "c", Username: "" },
      "2 validation errors detected: Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    ],
    [
      "CreateUserPool",
      { PoolName: "p", Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
    ],
    [
      "CreateUserPool",
      { PoolName: "p", Schema: [{ Name: "a" }, { Name: "a".repeat(21) }] },
      `1 validation error detected: Value '${"a".repeat(21)}' at 'schema.2.member.name' failed to satisfy constraint: Member must have length less than or equal to 20`,
    ],
    [
      "CreateUserPool",
      { PoolName: "p", MfaConfiguration: "X" },
      "1 validation error detected: Value 'X' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]",
    ],
    [
      "CreateUserPool",
      { PoolName: "p", AutoVerifiedAttributes: ["mail"] },
      "1 validation error detected: Value '[mail]' at 'autoVerifiedAttributes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [phone_number, email]]",
    ],
  ] as const)("of %s is Cognito's own", (operation, body, message) => {
    expect(refusal(operation, body)).toEqual({ name: "InvalidParameterException", message });
  });

  it("never holds a secret", () => {
    const secret = "hush hush";
    const body = {
      ClientId: secret,
      Username: secret,
      Password: secret,
      SecretHash: secret,
      UserAttributes: [{ Name: "email", Value: `${secret}${"x".repeat(2048)}` }],
    };
    expect(refusal("SignUp", body)?.message).not.toContain("hush");
  });

  it.each([
    [
      "a map",
      "InitiateAuth",
      { AuthFlow: "USER_AUTH", ClientId: "c", AuthParameters: { PASSWORD: `hush${"x".repeat(140_000)}` } },
    ],
    [
      "a map's key",
      "InitiateAuth",
      { AuthFlow: "USER_AUTH", ClientId: "c", AuthParameters: { [`hush${"x".repeat(140_000)}`]: "p" } },
    ],
    [
      "a structure",
      "SignUp",
      { ClientId: "c", Username: "u", UserContextData: { EncodedData: `hush${"x".repeat(140_000)}` } },
    ],
  ] as const)("never holds what stands in %s that is a secret", (_title, operation, body) => {
    const refused = refusal(operation, body);
    expect(refused).toMatchObject({ name: "InvalidParameterException" });
    expect(refused?.message).not.toContain("hush");
  });
});

describe("a request", () => {
  it("loses members that the contract does not have, and nulls", () => {
    expect(parseRequest("SignUp", { ClientId: "c", Username: "u", Password: null, Unknown: 1 })).toEqual({
      ClientId: "c",
      Username: "u",
    });
  });

  it("PWD-22: keeps odd keys of a map as ordinary keys", () => {
    const body = JSON.parse(
      '{"ClientId":"c","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"__proto__":"x","constructor":"y"}}',
    );
    const { AuthParameters } = parseRequest("InitiateAuth", body);
    expect(Object.entries(AuthParameters ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it("PWD-14: with half a surrogate pair is refused", () => {
    expect(refusal("SignUp", { ClientId: "c", Username: "u", Password: "\ud800abc" })?.name).toBe(
      "SerializationException",
    );
  });

  it("of any JSON is taken or refused in the contract's words, and nothing else happens", () => {
    fc.assert(
      fc.property(fc.constantFrom(...operationNames), fc.jsonValue(), (operation, body) => {
        const found = refusal(operation, body);
        expect(["SerializationException", "InvalidParameterException", undefined]).toContain(found?.name);
      }),
      { numRuns: 3000 },
    );
  });

  it("of the right members with any values is taken or refused in the contract's words", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...operationNames),
        fc.infiniteStream(fc.jsonValue({ maxDepth: 3 })),
        (operation, values) => {
          const right = validRequest(operation);
          const body = Object.fromEntries(Object.keys(right).map((name) => [name, values.next().value]));
          refusal(operation, body);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("a pattern", () => {
  const patterns = [
    ...new Set(
      Object.keys((service as unknown as Model).shapes)
        .map(shapeOf)
        .filter((shape): shape is StringShape => shape.type === "string" && shape.pattern !== undefined)
        .map(({ pattern = "" }) => pattern),
    ),
  ];

  const nasty = ["a", "{####}", "{##", "##}", "arn:aws:", "a-", " ", "_", ".", "\u00e9", "a@", "{"];

  it.each(patterns)("INJ-06: %s answers within 50 ms, whatever it is given", (pattern) => {
    const matches = matcherOf(pattern);
    for (const part of nasty) {
      const text = `${part.repeat(Math.ceil(50_000 / part.length))}\u0000`;
      const before = processorMilliseconds();
      matches(text);
      expect(processorMilliseconds() - before).toBeLessThan(50);
    }
  });
});

describe("an answer", () => {
  it("writes times as seconds, bytes in base64, and leaves out what is absent", () => {
    const UserPool = { Id: "x", CreationDate: new Date(1_689_980_857_949), Name: undefined };
    expect(serialize("DescribeUserPool", { UserPool })).toBe('{"UserPool":{"Id":"x","CreationDate":1689980857.949}}');
    const UICustomization = { CSS: "", ImageFile: new Uint8Array([1, 2, 3]) };
    expect(serialize("GetUICustomization", { UICustomization })).toContain('"ImageFile":"AQID"');
  });

  it("of an operation without an output is empty", () => {
    expect(serialize("DeleteUserPool", undefined)).toBe("");
  });
});

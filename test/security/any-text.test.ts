/**
 * Whatever text comes where a text is asked for, it is text: no statement, no pattern, no placeholder. Every member of
 * every operation that takes a text is tried, those inside lists and maps as well; the requests are made from the
 * contract, so a new operation is tried as soon as it is served.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { operations } from "../../src/api/operations.ts";
import { operationModel, operationNames, shapeOf, structureOf } from "../../src/contract/contract.ts";
import type { OperationName } from "../../src/contract/types.gen.ts";
import { contentsOfPool } from "../support/contents.ts";
import { type Furniture, furnishPool } from "../support/furnished-pool.ts";
import { call, requestFor } from "../support/furnished-requests.ts";
import { useHouse } from "../support/house.ts";

/** What has broken somebody's statements, patterns or templates. */
const attacks = [
  "' or '1'='1",
  "'; drop table users; --",
  '") or 1=1 --',
  "1; select pg_sleep(9)",
  "%_[a-z]*",
  "$1 ? :name @name",
  "{{7*7}} <%= 7*7 %> #{7*7}",
  "\u0000",
  "a\u0000b",
  "\u{10FFFF}",
];

const served = operationNames.filter((name) => !("reason" in operations[name]));

const house = useHouse();
let things: Furniture;
let other: Furniture;

beforeAll(async () => {
  things = await furnishPool(house, house.api, "tried");
  other = await furnishPool(house, house.api, "other");
});

/** Requests that are right but for one text. */
function* spoiled(value: unknown, attack: string): Generator<unknown> {
  if (typeof value === "string") yield attack;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const bad of spoiled(item, attack)) yield value.with(index, bad);
    return;
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  for (const [name, item] of Object.entries(value)) {
    for (const bad of spoiled(item, attack)) yield { ...value, [name]: bad };
  }
}

/** Texts that a request may leave out, by which something is sought, told or kept. */
const leftOut = (name: OperationName, request: object): string[] =>
  Object.entries(structureOf(operationModel(name).input.shape).members)
    .filter(([member, { shape }]) => !(member in request) && shapeOf(shape).type === "string")
    .map(([member]) => member);

function* requestsOf(name: OperationName, attack: string): Generator<object> {
  const request = requestFor(name, things);
  for (const member of leftOut(name, request)) yield { ...request, [member]: attack };
  for (const bad of spoiled(request, attack)) if (typeof bad === "object" && bad !== null) yield bad;
}

describe("INJ-05: a text", () => {
  it("is tried in thousands of places", () => {
    const places = served.flatMap((name) => [...requestsOf(name, "")]);
    expect(places.length * attacks.length).toBeGreaterThan(3_000);
  });

  it.each(served)("for %s is a text, whatever stands in it", { timeout: 60_000 }, async (name) => {
    const before = await contentsOfPool(house.app.db, other.UserPoolId);
    const bugs: string[] = [];
    for (const request of attacks.flatMap((attack) => [...requestsOf(name, attack)])) {
      const error: unknown = await call(house.api, name, request).catch((reason: unknown) => reason);
      if (error instanceof Error && error.name === "InternalErrorException") bugs.push(JSON.stringify(request));
    }
    expect(bugs).toEqual([]);
    expect(await contentsOfPool(house.app.db, other.UserPoolId)).toEqual(before);
  });
});

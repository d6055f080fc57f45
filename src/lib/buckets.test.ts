import { describe, expect, it } from "vitest";
import { bucketsOf } from "./buckets.ts";

/** What is done with a bucket: takes and whether each is granted, what is put back, milliseconds that pass. */
type Step = { readonly take: boolean } | { readonly putBack: number } | { readonly pass: number };

const [granted, refused]: readonly [Step, Step] = [{ take: true }, { take: false }];

const rows: readonly (readonly [title: string, steps: readonly Step[]])[] = [
  ["gives what it holds at first", [granted, granted, granted, refused]],
  ["fills with time", [granted, granted, granted, { pass: 500 }, granted, refused]],
  ["counts parts of one", [granted, granted, granted, { pass: 499 }, refused, { pass: 1 }, granted]],
  ["is refused nothing more by asking in vain", [granted, granted, granted, refused, refused, { pass: 500 }, granted]],
  ["holds no more than at first", [{ pass: 60_000 }, granted, granted, granted, refused]],
  ["takes back what was paid", [granted, granted, granted, { putBack: 2 }, granted, granted, refused]],
  ["takes back no more than it holds", [granted, { putBack: 9 }, granted, granted, granted, refused]],
  ["fills by no clock that goes back", [granted, granted, granted, { pass: -60_000 }, refused, { pass: 500 }, granted]],
];

const size = { burst: 3, perSecond: 2, kept: 2 };

describe("a bucket", () => {
  it.each(rows)("%s", (_title, steps) => {
    let now = 1_000_000;
    const buckets = bucketsOf({ now: () => now }, size);
    for (const [index, step] of steps.entries()) {
      if ("take" in step) expect(buckets.take("one"), `step ${index}`).toBe(step.take);
      else if ("pass" in step) now += step.pass;
      else buckets.putBack("one", step.putBack);
    }
  });

  it("is its key's alone, and the one used longest ago is forgotten first", () => {
    const buckets = bucketsOf({ now: () => 0 }, size);
    const take = (key: string) => buckets.take(key);
    expect([1, 2, 3, 4].map(() => take("one"))).toEqual([true, true, true, false]);
    expect(take("two")).toBe(true);
    expect(take("one")).toBe(false);
    // A third takes the place of the second, which was used longest ago.
    expect([1, 2, 3, 4].map(() => take("three"))).toEqual([true, true, true, false]);
    expect(take("one")).toBe(false);
    expect([1, 2, 3, 4].map(() => take("two"))).toEqual([true, true, true, false]);
  });
});

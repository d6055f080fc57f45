import { expect, it } from "vitest";
import { takingEvenTime } from "./even-time.ts";

const spin = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

it.each([
  ["an answer", 0, async () => "answer"],
  ["an answer that takes longer than a step", 7, async () => "answer"],
  ["a refusal", 1, async () => Promise.reject(new Error("answer"))],
])("%s comes when whole steps have passed, with what it says", async (_title, milliseconds, answer) => {
  const startedAt = performance.now();
  const said = await takingEvenTime(async (given: string) => {
    spin(milliseconds);
    return `${given} ${await answer()}`;
  })("the").catch((error: Error) => `the ${error.message}`);
  expect(said).toBe("the answer");
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(milliseconds < 5 ? 5 : 10);
});

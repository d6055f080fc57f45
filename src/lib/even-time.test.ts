import { expect, it } from "vitest";
import { refusingInEvenTime, takingEvenTime } from "./even-time.ts";

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

it.each([
  ["that tells something waits for whole steps", 5, true],
  ["that tells nothing comes at once", 0, false],
])("a refusal %s", async (_title, least, isTelling) => {
  const startedAt = performance.now();
  const refusal = new Error("no");
  const work = () =>
    refusingInEvenTime(
      async () => Promise.reject(refusal),
      () => isTelling,
    );
  await expect(work()).rejects.toBe(refusal);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(least);
});

it("an answer is not kept waiting where only refusals are", async () => {
  const turns: string[] = [];
  const answered = refusingInEvenTime(
    async () => "yes",
    () => true,
  ).then(() => turns.push("answer"));
  const timer = new Promise((resolve) => setTimeout(resolve, 1)).then(() => turns.push("timer"));
  await Promise.all([answered, timer]);
  expect(turns).toEqual(["answer", "timer"]);
});

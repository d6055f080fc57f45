/** Answers whose time must not tell what was done for them. */
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";

/** Work takes a whole number of these. Measured: what it hides takes one, where nothing waits. */
const stepMilliseconds = 5;

/** Timers are late by up to this much, and how late depends on when they were set; what is left is waited for in turns. */
const timerSlackMilliseconds = 2;

/**
 * The same function, whose answers and refusals come a whole number of steps after its call. What little two ways
 * through it differ by is then not seen.
 */
export const takingEvenTime =
  <Given extends readonly unknown[], Result>(run: (...given: Given) => Promise<Result>) =>
  async (...given: Given): Promise<Result> => {
    const startedAt = performance.now();
    try {
      return await run(...given);
    } finally {
      await nextStepAfter(startedAt);
    }
  };

/** Runs `work`; a refusal that `isTelling` comes a whole number of steps after its beginning, all else at once. */
export async function refusingInEvenTime<Result>(
  work: () => Promise<Result>,
  isTelling: (error: unknown) => boolean,
): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await work();
  } catch (error) {
    if (isTelling(error)) await nextStepAfter(startedAt);
    throw error;
  }
}

async function nextStepAfter(startedAt: number): Promise<void> {
  const steps = Math.ceil((performance.now() - startedAt) / stepMilliseconds);
  const until = startedAt + steps * stepMilliseconds;
  const left = until - performance.now() - timerSlackMilliseconds;
  if (left > 1) await pause(left);
  while (performance.now() < until) await nextTurn();
}

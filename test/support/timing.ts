/** Whether two things take different times: measured in turns of random order, judged by ranks, which outliers do not move. */

/** How long one run takes, in milliseconds. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/**
 * The z of the Mann-Whitney test over `pairs` runs of each: within 4 of 0, chance explains it.
 * Source: Mann and Whitney 1947; the normal approximation.
 */
export async function differenceInTime(
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  pairs: number,
): Promise<number> {
  const runs: { readonly isOne: boolean; readonly milliseconds: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (const isOne of Math.random() < 0.5 ? [true, false] : [false, true])
      runs.push({ isOne, milliseconds: await timeOf(isOne ? one : other) });
  }
  const ranked = runs.toSorted((a, b) => a.milliseconds - b.milliseconds);
  const sum = ranked.reduce((total, { isOne }, index) => (isOne ? total + index + 1 : total), 0);
  const u = sum - (pairs * (pairs + 1)) / 2;
  return (u - (pairs * pairs) / 2) / Math.sqrt((pairs * pairs * (2 * pairs + 1)) / 12);
}

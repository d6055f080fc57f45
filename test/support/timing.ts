/**
 * Whether two kinds of requests can be told apart by how long they take. They are sent in turn, in random order, so that
 * what slows one slows the other; ranks are compared, so that a few slow answers do not matter.
 * Source: Mann and Whitney, 1947.
 */

/** How far apart two samples are: their difference in ranks, in standard deviations of chance. Ties share their ranks. */
export function rankTest(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((a, b) => a.value - b.value);
  let [rankSum, tieSum] = [0, 0];
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end++;
    const rank = (start + 1 + end) / 2;
    const size = end - start;
    tieSum += size ** 3 - size;
    rankSum += rank * all.slice(start, end).filter(({ isOne }) => isOne).length;
    start = end;
  }
  const [m, n] = [one.length, other.length];
  const total = m + n;
  const expected = (m * (total + 1)) / 2;
  const variance = ((m * n) / 12) * (total + 1 - tieSum / (total * (total - 1)));
  return variance === 0 ? 0 : (rankSum - expected) / Math.sqrt(variance);
}

/** One of two kinds of requests: prepares the request of this index, untimed, and gives what sends it. */
export type Kind = (index: number) => Promise<() => Promise<unknown>> | (() => Promise<unknown>);

/** What a comparison found. */
export interface Comparison {
  readonly z: number;
  /** Milliseconds. */
  readonly medians: readonly [number, number];
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Sends so many of each kind, in random order, and compares how long they took. `first` is the index to begin with. */
export async function compare(kinds: readonly [Kind, Kind], pairs: number, first = 0): Promise<Comparison> {
  const times: [number[], number[]] = [[], []];
  for (let index = first; index < first + pairs; index++) {
    for (const which of Math.random() < 0.5 ? ([0, 1] as const) : ([1, 0] as const)) {
      const send = await kinds[which](index);
      const begun = performance.now();
      await send();
      times[which].push(performance.now() - begun);
    }
  }
  return { z: rankTest(...times), medians: [median(times[0]), median(times[1])] };
}

/** Chance alone goes beyond this once in sixteen thousand; two times in a row it does not. */
export const limit = 4;

/** Whether the kinds can be told apart: twice in a row they were too far apart. */
export async function areTold(kinds: readonly [Kind, Kind], pairs: number): Promise<readonly [boolean, Comparison]> {
  const once = await compare(kinds, pairs);
  if (Math.abs(once.z) < limit) return [false, once];
  const twice = await compare(kinds, pairs, pairs);
  return [Math.abs(twice.z) >= limit, twice];
}

/** How far apart two things are that need no preparation. */
export const differenceInTime = async (
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
  pairs: number,
): Promise<number> => (await compare([() => one, () => other], pairs)).z;

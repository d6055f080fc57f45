/** Lets those who share a key go one after the other; those with different keys go side by side. */
export type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

/** More wait for one key than can be right. */
export class TooManyWaitingError extends Error {
  override readonly name = "TooManyWaitingError";
}

/** Turns of which at most `limit` wait for one key. */
export function takeTurns(limit: number): Turns {
  const lines = new Map<string, { last: Promise<unknown>; waiting: number }>();
  return async (key, work) => {
    const line = lines.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (line.waiting >= limit) throw new TooManyWaitingError();
    line.waiting++;
    lines.set(key, line);
    const turn = line.last.then(work);
    // Who comes next waits for the end of this turn, not for its success.
    line.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      line.waiting--;
      if (line.waiting === 0) lines.delete(key);
    }
  };
}

/** Keeps values by key, up to a limit; the one that was used longest ago makes room. */
export interface Cache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
}

/** A cache of at most `limit` values. A `Map` remembers insertion order, so using a value moves it to the end. */
export function boundedCache<Value>(limit: number): Cache<Value> {
  const kept = new Map<string, Value>();
  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined) return undefined;
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      const oldest = kept.size > limit ? kept.keys().next() : undefined;
      if (oldest && !oldest.done) kept.delete(oldest.value);
    },
    delete(key) {
      kept.delete(key);
    },
  };
}

/** What the tests of a file, or of a `describe`, share: opened before the first of them and closed after the last. */
import { afterAll, beforeAll } from "vitest";

/** Shares what `open` gives. The object that comes back is empty until the tests begin: nothing may be taken from it before. */
export function share<Thing extends object>(
  open: () => Promise<Thing>,
  close: (thing: Thing) => Promise<void> | void = () => undefined,
): Thing {
  const thing = {} as Thing;
  beforeAll(async () => void Object.assign(thing, await open()));
  afterAll(() => close(thing));
  return thing;
}

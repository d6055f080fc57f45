/** Says on standard error how far a long command has come. */
import { stderr } from "node:process";

/** Whoever waits for longer than this wants to know for what. */
const patienceMilliseconds = 1000;

/** Gives what is told the count again and again, and says it about once a second, not before the first has passed. */
export function progressOf(what: string, things = "rows"): (progress: { readonly rows: number }) => void {
  let saidAt = Date.now();
  return ({ rows }) => {
    if (Date.now() - saidAt < patienceMilliseconds) return;
    saidAt = Date.now();
    stderr.write(`${what} ${rows.toLocaleString("en")} ${things} …\n`);
  };
}

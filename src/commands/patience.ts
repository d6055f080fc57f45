/** Says what is being waited for, once it takes longer than a person expects. */
import { stderr } from "node:process";

const patienceMilliseconds = 1000;

/** Does the work, and says `what` on standard error when it is not done within a second. */
export async function withPatience<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const waiting = setTimeout(() => stderr.write(`${what} …\n`), patienceMilliseconds);
  try {
    return await work();
  } finally {
    clearTimeout(waiting);
  }
}

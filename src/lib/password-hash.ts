/** Password hashes: argon2id, a bounded number at a time, because each takes a core and 19 MiB for some 12 ms. */
import { hash } from "@node-rs/argon2";
import { verifyForeign } from "./foreign-hash.ts";

/** Makes and checks password hashes. */
export interface PasswordHasher {
  /** Refuses before anything is done for a check that would have to be refused. @throws HashQueueFullError */
  checkRoom(): void;
  /** A hash in the PHC string format. @throws HashQueueFullError */
  hash(password: string): Promise<string>;
  /**
   * Whether `password` made `hash`. Without a hash it does the same work and answers false, so that time tells nothing.
   * @throws HashQueueFullError
   */
  verify(hash: string | undefined, password: string): Promise<boolean>;
  /** How many hashes are being made, and how many wait. */
  load(): { readonly running: number; readonly waiting: number };
}

/** More wait than the machine can do in good time. The caller should come back later. */
export class HashQueueFullError extends Error {
  override readonly name = "HashQueueFullError";
}

/** Source: OWASP password storage cheat sheet: 19 MiB, 2 passes, 1 lane. The library's algorithm is argon2id. */
const parameters = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** Whether a hash was made with the parameters of now: others are replaced at the first right password. */
export const isPresent = (stored: string): boolean =>
  stored.startsWith(`$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`);

/** The hash that an unknown user's password is compared with: nobody knows a password for it. */
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$cG9vbGhvdXNlLW5vYm9keQ$Vb2o9yR6cYkVZ1mI1m0T2pD0ZsQv9x3m0b8S3W1l0aE";

/** Hashes at most `limit` at once; at most `queue` more wait. */
export function passwordHasher({ limit, queue }: { readonly limit: number; readonly queue: number }): PasswordHasher {
  const waiting: (() => void)[] = [];
  let running = 0;
  const checkRoom = (): void => {
    if (running >= limit && waiting.length >= queue) throw new HashQueueFullError();
  };
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= limit) {
      checkRoom();
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
  return {
    checkRoom,
    hash: (password) => inTurn(() => hash(password, parameters)),
    verify: async (stored, password) => {
      const matches = await inTurn(() => verifyForeign(stored ?? nobody, password));
      return stored !== undefined && matches;
    },
    load: () => ({ running, waiting: waiting.length }),
  };
}

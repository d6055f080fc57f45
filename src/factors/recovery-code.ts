/**
 * Recovery codes: what signs a user in once when its authenticator is lost. They are ours and not Cognito's: the pages
 * and the command line know them, the API does not. Each is random enough that its hash alone may be kept.
 */
import { createHash } from "node:crypto";
import type { App } from "../app.ts";
import { clearAttempts, countAgainst } from "../codes/limits.ts";
import { ApiError } from "../contract/errors.ts";
import { toBase32 } from "../lib/totp.ts";
import { type Holder, replaceRecoveryCodes, spendRecoveryCode } from "./store.ts";

/** As many as most services give, each of 80 bits: 16 characters of base32. */
const codesAtOnce = 10;
const codeBytes = 10;

/** Typed with or without its hyphens, in either case. */
const plain = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();

/** Without the pool: the codes of a pool that moves move with it. */
/** Without the pool: the codes of a pool that moves move with it. */
const hashOf = ({ sub }: Holder, code: string): string =>
  createHash("sha256")
    .update(`${sub} ${plain(code)}`)
    .digest("base64url");

/** Gives a user new codes; earlier ones are void. They are told here and nowhere again. */
export async function issueRecoveryCodes(app: Pick<App, "db" | "clock" | "random">, holder: Holder): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, () => toBase32(app.random.bytes(codeBytes)));
  const hashes = codes.map((code) => hashOf(holder, code));
  await replaceRecoveryCodes(app.db, holder, hashes, app.clock.now());
  return codes.map((code) => code.toLowerCase().match(/.{4}/g)?.join("-") ?? code);
}

/**
 * Checks a code and gives what spends it: of any number of sign-ins with one code, one succeeds. Wrong ones count with
 * those of the authenticator that the code stands for.
 * @throws CodeMismatchException, LimitExceededException
 */
export async function checkRecoveryCode(
  app: App,
  holder: Holder,
  code: string,
): Promise<(app: Pick<App, "db">) => Promise<void>> {
  await countAgainst(app, holder, "SoftwareToken");
  const hash = hashOf(holder, code);
  return async ({ db }) => {
    if (!(await spendRecoveryCode(db, holder, hash)))
      throw new ApiError("CodeMismatchException", "Invalid recovery code");
    await clearAttempts(db, holder, "SoftwareToken");
  };
}

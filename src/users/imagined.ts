/**
 * Names that nobody has, where that is not to be told. The same is counted, written and refused for them as for a user,
 * so that neither answers nor their time tell them apart. Source: Cognito developer guide, managing user existence error
 * responses.
 */
import type { App } from "../app.ts";
import { type CodeOwner, type CodePurpose, checkCode, keepCode, newCode, wrongCode } from "../codes/code.ts";
import { countAgainst, type Limited } from "../codes/limits.ts";
import type { CodeDeliveryDetailsType } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import { isPhoneNumber } from "../lib/contact.ts";
import { describeDelivery, toEmail, toPhone } from "../messages/message.ts";
import { imaginedBytes, imaginedHolder } from "../pools/nobody.ts";
import type { Pool } from "../pools/pool.ts";

/** What is asked of a name that nobody has. */
export interface Imagining {
  readonly purpose: CodePurpose;
  readonly limit: Limited;
}

/** The owner of its codes and of its tries: always the same for a name, and no user's. */
async function imaginedOwner(
  app: Pick<App, "db" | "vault">,
  pool: Pool,
  username: string,
  purpose: CodePurpose,
): Promise<CodeOwner> {
  return { ...(await imaginedHolder(app, pool, username)), purpose };
}

/** Asks for a code for nobody, and tells where it would have gone. @throws LimitExceededException */
export async function imagineCode(
  app: App,
  pool: Pool,
  username: string,
  { purpose, limit }: Imagining,
): Promise<CodeDeliveryDetailsType> {
  const owner = await imaginedOwner(app, pool, username, purpose);
  await countAgainst(app, owner, limit);
  const delivery = await imaginedDelivery(app, pool, username);
  // It is kept, for the answer to a guess depends on whether there is one.
  await withTransaction(app, (inside) =>
    keepCode(inside, owner, newCode(app), { attribute: delivery.AttributeName ?? "", value: "" }),
  );
  return delivery;
}

/** Refuses nobody's code, as a wrong one or as none. @throws CodeMismatchException, ExpiredCodeException, LimitExceededException */
export async function refuseImagined(
  app: App,
  pool: Pool,
  username: string,
  { purpose, limit, code }: Imagining & { readonly code: string },
): Promise<never> {
  const owner = await imaginedOwner(app, pool, username, purpose);
  await countAgainst(app, owner, limit);
  await checkCode(app, owner, code);
  throw wrongCode();
}

/** Where a code would have gone: always the same for a name, and no different in look from that of a user. */
export async function imaginedDelivery(
  app: Pick<App, "db" | "vault">,
  pool: Pool,
  username: string,
): Promise<CodeDeliveryDetailsType> {
  if (isPhoneNumber(username)) return describeDelivery(toPhone(username));
  if (username.includes("@")) return describeDelivery(toEmail(username));
  const bytes = await imaginedBytes(app, pool, "delivery", username);
  if (pool.settings.AutoVerifiedAttributes?.includes("phone_number")) {
    return describeDelivery(toPhone(`+1555555${String(bytes.readUInt16BE(2) % 10_000).padStart(4, "0")}`));
  }
  const letter = (index: number): string => String.fromCharCode(0x61 + ((bytes[index] ?? 0) % 26));
  return describeDelivery(toEmail(`${letter(0)}@${letter(1)}`));
}

/**
 * Names that nobody has, where that is not to be told. The same is counted, written and refused for them as for a user,
 * so that neither answers nor their time tell them apart. Source: Cognito developer guide, managing user existence error
 * responses.
 */
import type { App } from "../app.ts";
import { recordUserAct } from "../audit/user-act.ts";
import { type CodePurpose, checkCode, keepCode, newCode, wrongCode } from "../codes/code.ts";
import { countAgainst, type Limited } from "../codes/limits.ts";
import type { CodeDeliveryDetailsType } from "../contract/types.gen.ts";
import { withTransaction } from "../database/transact.ts";
import type { EventContext } from "../events/context.ts";
import { imagineEvent } from "../events/event.ts";
import { isPhoneNumber } from "../lib/contact.ts";
import { describeDelivery, type MessageSource, queueImagined, toEmail, toPhone } from "../messages/message.ts";
import { type Holder, imaginedBytes } from "../pools/nobody.ts";
import type { Pool } from "../pools/pool.ts";

/** What is asked of a name that nobody has. */
export interface Imagining {
  /** Who stands for the name. It is made whether somebody has the name or not, so that both take as long. */
  readonly holder: Holder;
  readonly purpose: CodePurpose;
  readonly limit: Limited;
  readonly clientId: string;
  /** Where the call comes from; a confirmation, which is no event, does not say. */
  readonly context?: EventContext;
}

const sources = {
  "sign-up": "ResendCode",
  "forgot-password": "ForgotPassword",
  "verify-email": "VerifyUserAttribute",
  "verify-phone_number": "VerifyUserAttribute",
} as const satisfies Readonly<Record<CodePurpose, MessageSource>>;

/** What asking for a code is called, on record and among events. */
const asking = (purpose: CodePurpose) =>
  purpose === "forgot-password"
    ? ({ name: "PasswordResetAsked", type: "ForgotPassword", response: "InProgress" } as const)
    : ({ name: "ConfirmationCodeAsked", type: "ResendCode", response: "Pass" } as const);

/** Asks for a code for nobody, and tells where it would have gone. @throws LimitExceededException */
export async function imagineCode(
  app: App,
  pool: Pool,
  username: string,
  { holder, purpose, limit, clientId, context }: Imagining,
): Promise<CodeDeliveryDetailsType> {
  const owner = { ...holder, purpose };
  await countAgainst(app, owner, limit);
  const delivery = await imaginedDelivery(app, pool, username);
  const { AttributeName: attribute = "", DeliveryMedium: medium = "EMAIL" } = delivery;
  const code = newCode(app);
  // It is kept, for the answer to a guess depends on whether there is one.
  await withTransaction(app, async (inside) => {
    await keepCode(inside, owner, code, { attribute, value: "" });
    await queueImagined(inside, pool, { source: sources[purpose], medium, code });
    const { name, ...event } = asking(purpose);
    await recordUserAct(inside, { name, pool, clientId, outcome: "refused", address: context?.address });
    await imagineEvent(inside, holder, { ...event, pool, clientId, context });
  });
  return delivery;
}

/** Refuses nobody's code, as a wrong one or as none. @throws CodeMismatchException, ExpiredCodeException, LimitExceededException */
export async function refuseImagined(
  app: App,
  pool: Pool,
  { holder, purpose, limit, clientId, context, code }: Imagining & { readonly code: string },
): Promise<never> {
  const owner = { ...holder, purpose };
  await countAgainst(app, owner, limit);
  try {
    await checkCode(app, owner, code);
    throw wrongCode();
  } finally {
    // A confirmation is on record as the operation that it is.
    if (purpose === "forgot-password") {
      await recordUserAct(app, {
        name: "PasswordReset",
        pool,
        clientId,
        outcome: "refused",
        address: context?.address,
      });
      await imagineEvent(app, holder, { pool, clientId, type: "ForgotPassword", response: "Fail", context });
    }
  }
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

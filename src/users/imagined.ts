import type { App } from "../app.ts";
import type { CodeDeliveryDetailsType } from "../contract/types.gen.ts";
import { isPhoneNumber } from "../lib/contact.ts";
import { describeDelivery, toEmail, toPhone } from "../messages/message.ts";
import type { Pool } from "../pools/pool.ts";

/**
 * Where a code would have gone for a name that nobody has: always the same for a name, and no different in look from
 * that of a user. Source: Cognito developer guide, managing user existence error responses.
 */
export async function imaginedDelivery(
  app: Pick<App, "db" | "vault">,
  pool: Pool,
  username: string,
): Promise<CodeDeliveryDetailsType> {
  if (isPhoneNumber(username)) return describeDelivery(toPhone(username));
  if (username.includes("@")) return describeDelivery(toEmail(username));
  const keys = await app.vault.poolKeys(app.db, pool.id);
  const bytes = keys.mac("fake", JSON.stringify(["delivery", username]));
  const letter = (index: number): string => String.fromCharCode(0x61 + ((bytes[index] ?? 0) % 26));
  const isPhonePool = pool.settings.AutoVerifiedAttributes?.includes("phone_number") ?? false;
  if (isPhonePool)
    return describeDelivery(toPhone(`+1555555${String(bytes.readUInt16BE(2) % 10_000).padStart(4, "0")}`));
  return describeDelivery(toEmail(`${letter(0)}@${letter(1)}`));
}

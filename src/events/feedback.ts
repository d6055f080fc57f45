/** What people say of an event: that it was them, or that it was not. */
import type { App } from "../app.ts";
import { ApiError } from "../contract/errors.ts";
import type { FeedbackValueType } from "../contract/types.gen.ts";
import { equalsInConstantTime } from "../lib/constant-time.ts";
import { isCustomDomain } from "../pools/domain.ts";
import { listDomains } from "../pools/store.ts";
import type { AuthEvent, EventFeedback } from "./event.ts";
import { keepFeedback } from "./store.ts";

type Named = Pick<AuthEvent, "poolId" | "sub" | "id">;

/** The token by which the user of an event may say what it was, without signing in. It fits this event alone. */
export async function feedbackToken(app: Pick<App, "vault" | "db">, { poolId, sub, id }: Named): Promise<string> {
  const keys = await app.vault.poolKeys(app.db, poolId);
  return keys.mac("otp", JSON.stringify(["feedback", sub, id])).toString("base64url");
}

/**
 * Where the user of an event says what it was. Empty where the pool has no domain that could show the page.
 * Source: Cognito developer guide, adaptive authentication notifications: links of one click each.
 */
export async function feedbackAddress(
  app: Pick<App, "vault" | "db" | "settings">,
  event: Named,
  value: FeedbackValueType,
): Promise<string> {
  const domains = await listDomains(app.db, event.poolId);
  const domain = domains.find(({ name }) => !isCustomDomain(name)) ?? domains[0];
  if (!domain) return "";
  const token = await feedbackToken(app, event);
  return `${app.settings.publicUrl}/${domain.name}/eventFeedback?user=${event.sub}&event=${event.id}&token=${token}&value=${value}`;
}

/** Whether a token is the one of an event. */
export const isFeedbackToken = async (app: Pick<App, "vault" | "db">, event: Named, token: string): Promise<boolean> =>
  equalsInConstantTime(token, await feedbackToken(app, event));

/** Keeps what was said of an event. @throws ResourceNotFoundException where the user has no such event; text unconfirmed */
export async function giveFeedback(
  app: Pick<App, "db" | "clock">,
  event: Named,
  value: FeedbackValueType,
  provider: EventFeedback["provider"],
): Promise<void> {
  const feedback: EventFeedback = { value, provider, givenAt: app.clock.now() };
  if (await keepFeedback(app.db, event, event.id, feedback)) return;
  throw new ApiError("ResourceNotFoundException", "Event does not exist.");
}

import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { issueCode } from "../codes/code.ts";
import { type Delivery, queueMessage, verificationContent } from "../messages/message.ts";
import { isCustomDomain } from "../pools/domain.ts";
import type { Pool } from "../pools/pool.ts";
import { listDomains } from "../pools/store.ts";
import type { User } from "./user.ts";

/** Makes a sign-up code and queues the message that brings it, in the caller's transaction. */
export async function sendSignUpCode(
  app: App,
  pool: Pool,
  client: Client,
  { user, delivery }: { readonly user: User; readonly delivery: Delivery },
): Promise<void> {
  const owner = { poolId: pool.id, sub: user.sub, purpose: "sign-up" } as const;
  const code = await issueCode(app, owner, delivery.attribute);
  const domains = await listDomains(app.db, pool.id);
  const prefix = domains.find(({ name }) => !isCustomDomain(name)) ?? domains[0];
  const link = (): string | undefined => {
    if (!prefix) return undefined;
    const query = new URLSearchParams({ client_id: client.id, user_name: user.username, confirmation_code: code });
    return `${app.settings.publicUrl}/${prefix.name}/confirmUser?${query}`;
  };
  await queueMessage(app, pool, delivery, verificationContent(pool, delivery.medium, code, link));
}

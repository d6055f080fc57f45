import type { App } from "../app.ts";
import type { Client } from "../clients/client.ts";
import { keepCode, newCode } from "../codes/code.ts";
import { type Composed, compose, type Delivery, queueMessage } from "../messages/message.ts";
import { isCustomDomain } from "../pools/domain.ts";
import type { Pool } from "../pools/pool.ts";
import { listDomains } from "../pools/store.ts";
import type { User } from "./user.ts";

/** A code that was made, with the message that brings it. */
export interface PreparedCode {
  readonly code: string;
  readonly composed: Composed;
}

/** What brings a sign-up code, and on whose behalf. */
export interface SignUpMessage {
  readonly source: "SignUp" | "ResendCode";
  readonly client: Client;
  readonly delivery: Delivery;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Makes a sign-up code and writes its message. It waits for a trigger, so no transaction may be open. */
export async function prepareSignUpCode(
  app: App,
  pool: Pool,
  user: User,
  { source, client, delivery, clientMetadata }: SignUpMessage,
): Promise<PreparedCode> {
  const code = newCode(app);
  const link = await confirmationLink(app, pool, { user, client, delivery, code });
  const composed = await compose(app, pool, {
    source,
    clientId: client.id,
    user,
    delivery,
    code,
    link,
    clientMetadata,
  });
  return { code, composed };
}

/** Keeps a prepared sign-up code and queues its message, in the caller's transaction. */
export async function sendSignUpCode(
  app: App,
  pool: Pool,
  user: User,
  { code, composed }: PreparedCode,
): Promise<void> {
  const owner = { poolId: pool.id, sub: user.sub, purpose: "sign-up" } as const;
  const { attribute, recipient } = composed.delivery;
  await keepCode(app, owner, code, { attribute, value: recipient });
  await queueMessage(app, pool, composed);
}

/** The address that confirms a user by a click, where the pool sends links by mail and has a domain to lead to. */
async function confirmationLink(
  app: App,
  pool: Pool,
  {
    user,
    client,
    delivery,
    code,
  }: Pick<SignUpMessage, "client" | "delivery"> & { readonly user: User; readonly code: string },
): Promise<string | undefined> {
  const sendsLinks = pool.settings.VerificationMessageTemplate?.DefaultEmailOption === "CONFIRM_WITH_LINK";
  if (delivery.medium !== "EMAIL" || !sendsLinks) return undefined;
  const domains = await listDomains(app.db, pool.id);
  const domain = domains.find(({ name }) => !isCustomDomain(name)) ?? domains[0];
  if (!domain) return undefined;
  const query = new URLSearchParams({ client_id: client.id, user_name: user.username, confirmation_code: code });
  return `${app.settings.publicUrl}/${domain.name}/confirmUser?${query}`;
}

import type { App } from "../app.ts";
import type { Message } from "./message.ts";
import { newestMessages } from "./store.ts";

/** What one page of the inbox shows. */
const shownMessages = 100;

/**
 * The newest messages with their texts, newest first, to one recipient if one is named. Dev mode only: in production
 * nobody reads other people's mail.
 */
export async function readInbox(app: App, recipient?: string): Promise<Message[]> {
  if (app.settings.mode !== "dev") return [];
  const stored = await newestMessages(app.db, shownMessages, recipient || undefined);
  return Promise.all(
    stored.map(async ({ sealed, tries: _tries, ...message }) => {
      const keys = await app.vault.poolKeys(app.db, message.poolId);
      const place = { table: "messages", column: "sealed_content", row: message.id };
      const [subject = "", body = "", code = ""]: string[] = JSON.parse(keys.open("otp", place, sealed));
      return { ...message, subject, body, code };
    }),
  );
}

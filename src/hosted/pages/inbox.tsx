import type { Message } from "../../messages/message.ts";
import type { Frame } from "../frame.ts";
import { inboxScriptPath } from "../scripts.ts";
import { Layout } from "./layout.tsx";

/** The messages of a dev house, newest first, each with its code ready to copy. A script keeps the list up to date. */
export const InboxPage = ({ frame, messages }: { readonly frame: Frame; readonly messages: readonly Message[] }) => (
  <Layout frame={frame} title={frame.texts.inboxTitle} isWide isOnce scripts={[inboxScriptPath]}>
    <h1>{frame.texts.inboxTitle}</h1>
    <p class="textDescription-customizable">{messages.length > 0 ? frame.texts.inboxText : frame.texts.inboxEmpty}</p>
    <div id="messages" data-copy={frame.texts.copy} data-copied={frame.texts.copied} aria-live="polite">
      {messages.map((message) => (
        <article class="message" data-id={message.id}>
          <div class="row">
            <strong>{message.recipient}</strong>
            <time class="meta" datetime={new Date(message.createdAt).toISOString()}>
              {new Date(message.createdAt).toISOString().slice(0, 19).replace("T", " ")}
            </time>
          </div>
          <p class="meta">
            {message.medium === "SMS" ? "SMS" : message.subject} · {message.poolId}
          </p>
          <p>{message.body}</p>
          <div class="row">
            {/^https?:/.test(message.code) ? (
              <a class="code" href={message.code}>
                {message.code}
              </a>
            ) : (
              <span class="code">{message.code}</span>
            )}
          </div>
        </article>
      ))}
    </div>
  </Layout>
);

import type { Message } from "../../messages/message.ts";
import { english } from "../texts.ts";
import { Layout } from "./layout.tsx";

const refreshSeconds = 5;

/** The messages of a dev house, newest first, each with its code ready to copy. */
export const InboxPage = ({ messages }: { readonly messages: readonly Message[] }) => (
  <Layout title={english.inboxTitle} isDevelopment isWide refreshSeconds={refreshSeconds}>
    <h1>{english.inboxTitle}</h1>
    <p class="textDescription-customizable">{messages.length > 0 ? english.inboxText : english.inboxEmpty}</p>
    {messages.map((message) => (
      <article class="message">
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
        <span class="code">{message.code}</span>
      </article>
    ))}
  </Layout>
);

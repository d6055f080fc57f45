/** The two ways out of the house: mail by SMTP, SMS by a hook. Libraries are loaded when the first message goes out. */
import { createHmac } from "node:crypto";
import { second } from "../lib/clock.ts";
import type { Medium } from "./message.ts";
import { type Content, withoutTags } from "./texts.ts";

/** A way to people: SMTP for mail, a hook for SMS. */
export interface Transport {
  /** Hands a message over. `id` is the same at every try. @throws when nobody took it. */
  send(message: Outgoing): Promise<void>;
}

/** What a transport is given. */
export interface Outgoing extends Content {
  readonly id: string;
  readonly poolId: string;
  readonly recipient: string;
  /** Sender and address for answers that the pool's owner set; undefined for the house's own. */
  readonly from?: string | undefined;
  readonly replyTo?: string | undefined;
}

export type Transports = Readonly<Partial<Record<Medium, Transport>>>;

const timeLimit = 10 * second;

/** The library would wait for minutes. */
const mailLimits = { connectionTimeout: timeLimit, greetingTimeout: timeLimit, socketTimeout: timeLimit };

/** Mail through an SMTP server: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
export function smtpTransport(address: string, sender: string): Transport {
  return {
    send: async ({ id, recipient, subject, body, from, replyTo }) => {
      const { createTransport } = await import("nodemailer");
      const mailer = createTransport({ url: address, ...mailLimits }, { from: sender });
      try {
        await mailer.sendMail({
          from: from ?? sender,
          to: recipient,
          replyTo,
          subject,
          html: body,
          text: withoutTags(body),
          // The same at every try, so that a receiver can tell a repetition.
          messageId: `<${id}@poolhouse>`,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } finally {
        mailer.close();
      }
    },
  };
}

/**
 * SMS through an HTTP endpoint of the operator: a POST of `{"id", "poolId", "to", "text"}`, signed in the header
 * `x-poolhouse-signature` by HMAC-SHA256 of the body with the secret, as hexadecimal. Any 2xx takes the message.
 */
export function smsHook(address: string, secret: string): Transport {
  return {
    send: async ({ id, poolId, recipient, body }: Outgoing) => {
      const text = JSON.stringify({ id, poolId, to: recipient, text: body });
      const answer = await fetch(address, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "idempotency-key": id,
          "x-poolhouse-signature": createHmac("sha256", secret).update(text).digest("hex"),
        },
        body: text,
        redirect: "error",
        signal: AbortSignal.timeout(timeLimit),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`The SMS hook answered ${answer.status}.`);
    },
  };
}

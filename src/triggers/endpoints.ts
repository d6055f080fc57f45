/** Triggers that are HTTP endpoints. */
import { createHmac } from "node:crypto";
import { toSeconds } from "../lib/clock.ts";
import { answered, errorMessageOf } from "./answer-text.ts";
import { type Outcome, reasonOf, timedOut, uncallable, unreachable } from "./outcome.ts";

/** No answer of a function is longer. Source: AWS Lambda quotas, invocation payload. */
const longestAnswerBytes = 6 * 1024 * 1024;

/** Proves to an endpoint that an event is ours: by a secret that both know, and by when it was sent. */
export interface Signing {
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Where there is a secret, `x-poolhouse-signature` is the HMAC-SHA256 of the time of sending, a dot and the body, as
 * hexadecimal; the time, in seconds, stands in `x-poolhouse-timestamp`, so that an old event cannot be sent again.
 */
function signatureOf({ secret, now }: Signing, body: string): Readonly<Record<string, string>> {
  if (secret === "") return {};
  const timestamp = String(toSeconds(now()));
  const signature = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  return { "x-poolhouse-timestamp": timestamp, "x-poolhouse-signature": signature };
}

/** What an endpoint is called with. */
export interface EndpointCall {
  readonly address: string;
  readonly event: object;
  readonly timeLimit: number;
  readonly signing: Signing;
}

/** Posts the event and takes the answer's body for the function's. A refusal's body may say why as `errorMessage`. */
export async function invokeEndpoint({ address, event, timeLimit, signing }: EndpointCall): Promise<Outcome> {
  const body = JSON.stringify(event);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", ...signatureOf(signing, body) },
      body,
      redirect: "error",
      signal: AbortSignal.timeout(timeLimit),
    });
    const text = await readText(response);
    if (text === undefined) return { kind: "not-json" };
    if (response.ok) return answered(text);
    const words = errorMessageOf(text);
    if (words !== undefined) return { kind: "threw", message: words };
    const why = `It answered ${response.status}.`;
    return response.status >= 500 ? unreachable(why) : uncallable("InvalidRequestContentException", why);
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError" ? timedOut : unreachable(reasonOf(error));
  }
}

/** The text of an answer that is not too long. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > longestAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

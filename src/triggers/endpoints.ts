/** Triggers that are reached over a network. */
import { createHmac } from "node:crypto";
import { toSeconds } from "../lib/clock.ts";
import type { Outcome } from "./invoke.ts";

/** No answer of a function is longer. Source: AWS Lambda quotas, invocation payload. */
const longestAnswerBytes = 6 * 1024 * 1024;

const unreachable = (code: string): Outcome => ({ kind: "failed", code, isWorthRetrying: true });

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
    return response.status >= 500
      ? unreachable("ServiceException")
      : { kind: "failed", code: "InvalidRequestContentException", isWorthRetrying: false };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    return unreachable(isLate ? "TimeoutException" : "ServiceException");
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

function answered(text: string): Outcome {
  try {
    return { kind: "answered", event: JSON.parse(text) };
  } catch {
    // The caller has a sentence for what is no JSON.
    return { kind: "not-json" };
  }
}

function errorMessageOf(text: string): string | undefined {
  const outcome = answered(text);
  const event: unknown = outcome.kind === "answered" ? outcome.event : undefined;
  if (typeof event !== "object" || event === null || !("errorMessage" in event)) return undefined;
  return String(event.errorMessage);
}

/** Invokes a function of an endpoint that speaks Lambda's protocol, by the SDK, which is loaded when first needed. */
export async function invokeLambda(address: string, arn: string, event: object, timeLimit: number): Promise<Outcome> {
  const { LambdaClient } = await import("@aws-sdk/client-lambda");
  const { InvokeCommand } = await import("@aws-sdk/client-lambda");
  const region = arn.split(":")[3] ?? "us-east-1";
  // A `#name` after the address calls the function by that name instead of its ARN.
  const [endpoint = "", name = arn] = address.split("#");
  const client = new LambdaClient({ endpoint, region, maxAttempts: 1, credentials: localCredentials });
  try {
    const command = new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) });
    const { Payload, FunctionError } = await client.send(command, { abortSignal: AbortSignal.timeout(timeLimit) });
    const text = Payload?.transformToString() ?? "";
    if (FunctionError === undefined) return answered(text);
    return { kind: "threw", message: errorMessageOf(text) ?? FunctionError };
  } catch (error) {
    const code = error instanceof Error ? error.name : "ServiceException";
    const isLate = code === "AbortError" || code === "TimeoutError";
    const isOurs = /Exception$/.test(code) && code !== "ServiceException";
    return isOurs
      ? { kind: "failed", code, isWorthRetrying: false }
      : unreachable(isLate ? "TimeoutException" : "ServiceException");
  } finally {
    client.destroy();
  }
}

/** Endpoints on one's own machine take any credentials. Those of the environment are not sent to them. */
const localCredentials = { accessKeyId: "poolhouse", secretAccessKey: "poolhouse" };

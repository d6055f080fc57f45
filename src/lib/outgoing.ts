/**
 * Requests to places that somebody else has named: the metadata, keys and endpoints of identity providers. A name is
 * resolved once, every address of it is checked, and the connection goes to one that was checked, so that a name which
 * changes its mind leads nowhere. Redirects are not followed, and what an answer may cost is bounded.
 * Source: OWASP server-side request forgery prevention cheat sheet.
 */
import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { hostOf, isLinkLocalAddress, isPrivateHost, isPublicAddress } from "./network.ts";

/** Where requests may go. */
export interface OutgoingRules {
  /** Whether this machine and its own networks may be reached, also in the clear. Link-local addresses never may. */
  readonly mayStayInside: boolean;
  /** The addresses of a name, where tests give them. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** How long everything together may take; five seconds. */
  readonly timeoutMilliseconds?: number;
}

export interface OutgoingRequest {
  readonly address: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back, whatever its status. */
export interface OutgoingAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why nothing came back. Its message names no address and repeats nothing of an answer. */
export class OutgoingError extends Error {
  override readonly name = "OutgoingError";
  readonly reason: "not allowed" | "timeout" | "not reached" | "too much";

  constructor(reason: OutgoingError["reason"], cause?: unknown) {
    super(`A request to another server failed: ${reason}.`, { cause });
    this.reason = reason;
  }
}

const usualTimeoutMilliseconds = 5_000;
const answerLimitBytes = 1024 * 1024;
const addressLimitCharacters = 8 * 1024;

/** Asks another server. @throws OutgoingError */
export async function ask(rules: OutgoingRules, request: OutgoingRequest): Promise<OutgoingAnswer> {
  const url = URL.canParse(request.address) ? new URL(request.address) : undefined;
  if (!url || request.address.length > addressLimitCharacters || !isAllowedUrl(rules, url)) {
    throw new OutgoingError("not allowed");
  }
  const signal = AbortSignal.timeout(rules.timeoutMilliseconds ?? usualTimeoutMilliseconds);
  try {
    const addresses = await Promise.race([addressesOf(rules, hostOf(url)), expiry(signal)]);
    if (addresses.length === 0 || !addresses.every((address) => isAllowedAddress(rules, address))) {
      throw new OutgoingError("not allowed");
    }
    return await send(url, addresses, request, signal);
  } catch (error) {
    if (error instanceof OutgoingError) throw error;
    throw new OutgoingError(signal.aborted ? "timeout" : "not reached", error);
  }
}

function isAllowedUrl({ mayStayInside }: OutgoingRules, url: URL): boolean {
  if (url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && mayStayInside && isPrivateHost(hostOf(url)));
}

const isAllowedAddress = ({ mayStayInside }: OutgoingRules, address: string): boolean =>
  isPublicAddress(address) || (mayStayInside && isIP(address) !== 0 && !isLinkLocalAddress(address));

async function addressesOf({ resolve }: OutgoingRules, host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  if (resolve) return resolve(host);
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Looking up a name cannot be called off, only no longer waited for. */
const expiry = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

/** Gives a connection the addresses that were checked, whatever the name means by now. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_host, { all }, callback) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = found;
    if (all) callback(null, found);
    else if (first) callback(null, first.address, first.family);
  };

function send(
  url: URL,
  addresses: readonly string[],
  { method = "GET", headers = {}, body }: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  const open = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = open(
      url,
      {
        method,
        // What is not compressed cannot be a bomb.
        headers: { ...headers, "accept-encoding": "identity" },
        lookup: pinned(addresses),
        agent: false,
        signal,
      },
      (incoming) => resolve(readAnswer(incoming)),
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<OutgoingAnswer> {
  const { statusCode: status = 0, headers } = incoming;
  const encoding = headers["content-encoding"] ?? "identity";
  if ((status >= 300 && status < 400) || encoding !== "identity") {
    incoming.destroy();
    throw new OutgoingError("not allowed");
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > answerLimitBytes) throw new OutgoingError("too much");
    parts.push(bytes);
  }
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(parts).toString("utf8"),
  };
}

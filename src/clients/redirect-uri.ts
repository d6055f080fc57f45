import { ApiError } from "../contract/errors.ts";

const loopbackHosts: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Schemes that a browser runs or reads from the machine: a code must never be sent there. */
const dangerousSchemes: ReadonlySet<string> = new Set([
  "javascript:",
  "data:",
  "vbscript:",
  "file:",
  "blob:",
  "about:",
]);

const invalid = (message: string): ApiError => new ApiError("InvalidParameterException", message);

/**
 * What may be registered as a callback or sign-out address: https, http for the machine itself only, or an
 * application's own scheme. Source: Cognito API reference, CallbackURLs; RFC 8252 section 7.
 */
export function checkRedirectUri(uri: string): void {
  if (!URL.canParse(uri)) throw invalid(`${uri} is not a valid URL.`);
  const { protocol, hostname, username, password } = new URL(uri);
  if (uri.includes("#")) throw invalid(`${uri} cannot use fragment`);
  if (dangerousSchemes.has(protocol) || uri.includes("*") || username || password)
    throw invalid(`${uri} is not a valid URL.`);
  if (protocol === "http:" && !isLoopback(uri, hostname)) throw invalid(`${uri} cannot use the HTTP protocol.`);
}

/** The host as it is spelled: 127.1 and 2130706433 mean the machine too, but are spelled to deceive. */
const isLoopback = (uri: string, hostname: string): boolean =>
  loopbackHosts.has(hostname) && uri.toLowerCase().startsWith(`http://${hostname}`);

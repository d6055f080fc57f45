/** Parameters of a request. A parameter that is sent twice has no value that both sides would agree on. */
import { readBytes } from "../api/body.ts";

/** The value of a parameter; empty ones count as absent. Source: RFC 6749 section 3.1. */
export const valueIn = (parameters: URLSearchParams, name: string): string | undefined =>
  parameters.get(name) || undefined;

/** The first of these parameters that is sent more than once. */
export const repeated = (parameters: URLSearchParams, names: readonly string[]): string | undefined =>
  names.find((name) => parameters.getAll(name).length > 1);

/** A form of the token endpoint is small. */
const formLimitBytes = 64 * 1024;

/** The form of a request, or undefined when it is none or longer than it may be. */
export async function readForm(request: Request, limitBytes = formLimitBytes): Promise<URLSearchParams | undefined> {
  const [type, ...parameters] = (request.headers.get("content-type") ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  const isUtf8 = parameters.every(
    (parameter) => !parameter.startsWith("charset=") || /^charset="?utf-8"?$/.test(parameter),
  );
  if (type !== "application/x-www-form-urlencoded" || !isUtf8) return undefined;
  const body = await readBytes(request, limitBytes);
  if (!body) return undefined;
  const text = Buffer.from(body).toString();
  // No column of PostgreSQL holds U+0000, and nobody types it.
  return text.includes("\0") || text.includes("%00") ? undefined : new URLSearchParams(text);
}

/** Reads the body of a call within limits that are checked before anything interprets it. */
import { ApiError } from "../contract/errors.ts";
import type { OperationName } from "../contract/types.gen.ts";
import { gather } from "../lib/bounded.ts";

/** No operation but branding needs more. */
const bodyLimitBytes = 256 * 1024;

/** Operations that carry images. Source: Cognito API reference: two megabytes, and 131,072 each of CSS and image. */
const largerLimits: ReadonlyMap<string | undefined, number> = new Map<OperationName, number>([
  ["CreateManagedLoginBranding", 2 * 1024 * 1024],
  ["UpdateManagedLoginBranding", 2 * 1024 * 1024],
  ["SetUICustomization", 400 * 1024],
]);

/** How long the body of a call may be, by the operation that its `X-Amz-Target` names. */
export const bodyLimitOf = (target: string | undefined): number =>
  largerLimits.get(target?.split(".", 2)[1]) ?? bodyLimitBytes;

/** Deeper than any request of the contract; `JSON.parse` itself would follow millions of levels. */
const depthLimit = 32;

/**
 * The bytes of a body, or undefined for one that is longer than it may be. Where the head says how long it is, the
 * listener's parser holds it to that, and it is taken whole: as a stream of pieces it would cost as much as the rest of
 * the request.
 */
export async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array | undefined> {
  const length = request.headers.get("content-length");
  if (length === null) return gather(request.body ?? [], limitBytes);
  if (Number(length) > limitBytes) return undefined;
  const body = new Uint8Array(await request.arrayBuffer());
  return body.byteLength > limitBytes ? undefined : body;
}

/** The bytes of a call's body. @throws RequestEntityTooLargeException (413) at the first byte over the limit. */
export async function readBody(request: Request, limitBytes: number): Promise<Uint8Array> {
  if (request.headers.has("content-encoding")) throw new ApiError("SerializationException");
  const body = await readBytes(request, limitBytes);
  if (!body) throw tooLarge();
  return body;
}

const tooLarge = (): ApiError => new ApiError("RequestEntityTooLargeException", "Request entity too large", 413);

const quote = 0x22;
const backslash = 0x5c;
const openings = new Set([0x5b, 0x7b]);
const closings = new Set([0x5d, 0x7d]);

/** Refuses JSON that nests deeper than any request does, before a parser follows it. @throws SerializationException */
export function checkDepth(body: Uint8Array): void {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < body.length; index++) {
    const byte = body[index] ?? 0;
    if (isText) {
      if (byte === backslash) index++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (openings.has(byte)) {
      if (++depth > depthLimit) throw new ApiError("SerializationException");
    } else if (closings.has(byte)) depth--;
  }
}

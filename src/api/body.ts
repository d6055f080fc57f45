/** Reads the body of a call within limits that are checked before anything interprets it. */
import { ApiError } from "../contract/errors.ts";

/** No operation but branding needs more; those have a limit of their own in the contract. */
const bodyLimitBytes = 256 * 1024;

/** Deeper than any request of the contract; `JSON.parse` itself would follow millions of levels. */
const depthLimit = 32;

/** The bytes of the body. @throws RequestEntityTooLargeException (413) at the first byte over the limit. */
export async function readBody(request: Request): Promise<Uint8Array> {
  if (request.headers.has("content-encoding")) throw new ApiError("SerializationException");
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bodyLimitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
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

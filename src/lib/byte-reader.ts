/** Reads a stream of bytes in the pieces that its format has, holding no more of it than one piece. */

/** A stream that is read from its beginning to its end, once. */
export interface ByteReader {
  /** The next bytes, `size` of them or fewer at the end, which stay where they are. */
  peek(size: number): Promise<Buffer>;
  /** The next bytes, `size` of them or fewer at the end. */
  take(size: number): Promise<Buffer>;
}

/** Opens a reader on what a file, a pipe or another step gives. */
export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const pieces = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let isAtEnd = false;
  const fill = async (size: number): Promise<void> => {
    const fresh: Uint8Array[] = [held];
    let bytes = held.length;
    while (bytes < size && !isAtEnd) {
      const next = await pieces.next();
      if (next.done) isAtEnd = true;
      else {
        fresh.push(next.value);
        bytes += next.value.length;
      }
    }
    if (fresh.length > 1) held = Buffer.concat(fresh);
  };
  const peek = async (size: number): Promise<Buffer> => {
    if (held.length < size) await fill(size);
    return held.subarray(0, size);
  };
  return {
    peek,
    take: async (size) => {
      const taken = await peek(size);
      held = held.subarray(taken.length);
      return taken;
    },
  };
}

const lineFeed = 0x0a;
const pieceBytes = 64 * 1024;

/**
 * The lines of a reader, without their ends; a last line without an end counts too.
 * @throws RangeError for a line of more than `limitBytes`, TypeError for bytes that are no UTF-8
 */
export async function* linesOf(reader: ByteReader, limitBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let begun: Buffer[] = [];
  let begunBytes = 0;
  for (;;) {
    const piece = await reader.take(pieceBytes);
    if (piece.length === 0) break;
    let from = 0;
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, from)) {
      yield decoder.decode(Buffer.concat([...begun, piece.subarray(from, end)]));
      begun = [];
      begunBytes = 0;
      from = end + 1;
    }
    begun.push(piece.subarray(from));
    begunBytes += piece.length - from;
    if (begunBytes > limitBytes) throw new RangeError(`A line has more than ${limitBytes} bytes.`);
  }
  if (begunBytes > 0) yield decoder.decode(Buffer.concat(begun));
}

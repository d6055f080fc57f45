/** Gathers what comes in pieces, up to a limit: how much comes is decided by who sends it. */

/** All bytes together, or undefined as soon as there are more than `limitBytes`. */
export async function gather(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array | undefined> {
  const gathered: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (size > limitBytes) return undefined;
    gathered.push(piece);
  }
  return gathered.length === 1 && gathered[0] ? gathered[0] : Buffer.concat(gathered);
}

const PIECE_BYTES = 1024 * 1024

/** A prime, so that a lost or repeated piece shifts the pattern. */
const PERIOD = 251

/** `count` bytes of which byte i is i modulo 251, in pieces of at most 1 MiB. */
export async function* patternBytes(count: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < count; start += PIECE_BYTES) {
    const piece = new Uint8Array(Math.min(PIECE_BYTES, count - start))
    for (let index = 0; index < piece.length; index += 1) piece[index] = (start + index) % PERIOD
    yield piece
  }
}

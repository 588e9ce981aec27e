const mark = Buffer.from('"type"')

/** Whether any of these frames, in either format, can possibly declare a type; most do not, and need not be decoded for it. */
export function mayDeclare(frames: readonly Uint8Array[]): boolean {
  return frames.some((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(mark))
}

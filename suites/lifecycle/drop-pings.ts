/** The client's part of an HTTP/2 connection begins with these 24 bytes (RFC 9113, 3.4). */
const PREFACE_BYTES = 24
const FRAME_HEADER_BYTES = 9
const PING = 6
const ACK = 1

/** Passes what a client sends on to `write`, frame by frame, PINGs left out; `seen` is told of each of them. */
export function dropPings(
  write: (bytes: Uint8Array) => void,
  seen: (ping: Uint8Array) => void = () => {},
): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0)
  let prefaced = false
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    if (!prefaced) {
      if (rest.length < PREFACE_BYTES) return
      write(rest.subarray(0, PREFACE_BYTES))
      rest = rest.subarray(PREFACE_BYTES)
      prefaced = true
    }
    while (rest.length >= FRAME_HEADER_BYTES) {
      const size = FRAME_HEADER_BYTES + rest.readUIntBE(0, 3)
      if (rest.length < size) return
      const ping = rest[3] === PING && ((rest[4] ?? 0) & ACK) === 0
      if (ping) seen(rest.subarray(0, size))
      else write(rest.subarray(0, size))
      rest = rest.subarray(size)
    }
  }
}

/** The size of go-plugin's line buffers in bytes: `defaultPluginLogBufferSize` on stderr, `bufio.MaxScanTokenSize` on stdout. */
export const LINE_BUFFER_BYTES = 64 * 1024

const LF = 0x0a
const CR = 0x0d

/**
 * What one step of line splitting yields.
 *
 * - `line`: a whole line without its line end.
 * - `chunk`: a piece of a stderr line that did not fit the buffer; the piece that ends it is a chunk too (LIFE-129).
 * - `too-long`: stdout reached a line that does not fit; the host reads nothing more (LIFE-121, LIFE-123).
 *
 * `bytes` is the length in bytes before decoding.
 */
export type LinePiece =
  | { readonly kind: 'line'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'chunk'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'too-long'; readonly bytes: number }

/** Turns the bytes of one stream into lines as they arrive; keeps at most one buffer of memory. */
export interface LineSplitter {
  push(bytes: Uint8Array): readonly LinePiece[]
  /** Yields what stands after the last line feed, once the stream has ended. */
  end(): readonly LinePiece[]
}

/**
 * Splits a plugin's output into lines the way go-plugin does.
 *
 * stderr is read by `bufio.Reader.ReadLine`, stdout by `bufio.Scanner` (go-plugin client.go, `logStderr` and `Start`).
 * In both a line fits only if it and its line end fill 64 KiB or less, so 65 535 bytes pass and 65 536 do not.
 */
export function createLineSplitter(stream: 'stderr' | 'stdout'): LineSplitter {
  const buffer = new Uint8Array(LINE_BUFFER_BYTES)
  let used = 0
  let continues = false
  let stopped = false

  function piece(length: number): LinePiece {
    return { kind: continues ? 'chunk' : 'line', text: decode(buffer.subarray(0, length)), bytes: length }
  }

  function completeLine(): LinePiece {
    const line = piece(buffer[used - 2] === CR && used > 1 ? used - 2 : used - 1)
    used = 0
    continues = false
    return line
  }

  function overflow(): LinePiece {
    if (stream === 'stdout') {
      stopped = true
      return { kind: 'too-long', bytes: used }
    }
    // ReadLine holds a final CR back: it may belong to a CR LF that the buffer has cut in two.
    const heldBack = buffer[used - 1] === CR ? 1 : 0
    continues = true
    const chunk = piece(used - heldBack)
    buffer[0] = CR
    used = heldBack
    return chunk
  }

  return {
    push(bytes) {
      const pieces: LinePiece[] = []
      for (let offset = 0; offset < bytes.length && !stopped;) {
        const room = bytes.subarray(offset, offset + LINE_BUFFER_BYTES - used)
        const lineFeed = room.indexOf(LF)
        const taken = lineFeed === -1 ? room : room.subarray(0, lineFeed + 1)
        buffer.set(taken, used)
        used += taken.length
        offset += taken.length
        if (lineFeed !== -1) pieces.push(completeLine())
        else if (used === LINE_BUFFER_BYTES) pieces.push(overflow())
      }
      return pieces
    },
    end() {
      if (stopped || used === 0) return []
      // Without a line feed ReadLine keeps a final CR; the Scanner drops it.
      const last = piece(stream === 'stdout' && buffer[used - 1] === CR ? used - 1 : used)
      used = 0
      return [last]
    },
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

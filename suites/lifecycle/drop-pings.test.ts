import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { dropPings } from './drop-pings.ts'

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

function frame(type: number, flags: number, payload: number): Buffer {
  const bytes = Buffer.alloc(9 + payload, type + 1)
  bytes.writeUIntBE(payload, 0, 3)
  bytes[3] = type
  bytes[4] = flags
  return bytes
}

test('everything but PINGs passes, however the bytes are cut', () => {
  const kept = [frame(4, 0, 12), frame(6, 1, 8), frame(0, 1, 300)]
  const sent = Buffer.concat([preface, kept[0] ?? preface, frame(6, 0, 8), ...kept.slice(1)])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: sent.length }), { maxLength: 12 }), (cuts) => {
      const passed: Uint8Array[] = []
      const pings: Uint8Array[] = []
      const forward = dropPings(
        (bytes) => passed.push(Buffer.from(bytes)),
        (ping) => pings.push(Buffer.from(ping)),
      )
      const places = [0, ...cuts.sort((a, b) => a - b), sent.length]
      for (const [index, end] of places.entries()) forward(sent.subarray(places[index - 1] ?? 0, end))
      expect(Buffer.concat(passed)).toEqual(Buffer.concat([preface, ...kept]))
      expect(pings).toEqual([frame(6, 0, 8)])
    }),
  )
})

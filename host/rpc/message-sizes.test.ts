import { freemem } from 'node:os'

import { describe, expect, test } from 'vitest'

import { grpcScript } from '../launch/grpc-script.ts'
import { startScript } from '../launch/script-plugin.ts'

const MIB = 1024 * 1024

/** Far beyond the 4 MiB and 16 MiB at which libraries stop, and what a machine of 4 GiB bears twice: once in each process. */
const LARGE_BYTES = 300 * MIB

/** Both take a second or two; time is not what is tested. */
const PATIENCE_MS = 150_000

/** Answers resource calls with as many bytes as the first header says, in one message, and says how many it was sent. */
const script = grpcScript(`
  if (!path.includes('CallResource')) return grpc.refuse(stream, 12)
  let received = 0
  const first = []
  stream.on('data', (bytes) => {
    if (received === 0) first.push(Buffer.from(bytes.subarray(0, 200)))
    received += bytes.length
  })
  stream.on('end', () => {
    process.stderr.write('received ' + received + '\\n')
    const wanted = Number(/bytes=(\\d+)/.exec(Buffer.concat(first).toString('latin1'))?.[1] ?? 0)
    const varint = []
    for (let rest = wanted; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) { varint.push(rest); break }
      varint.push(rest % 128 + 128)
    }
    // CallResourceResponse{code: 200, body}
    const head = Buffer.from([0x08, 0xc8, 0x01, 0x1a, ...varint])
    const prefix = Buffer.alloc(5)
    prefix.writeUInt32BE(head.length + wanted, 1)
    grpc.begin(stream)
    stream.write(Buffer.concat([prefix, head]))
    const piece = Buffer.alloc(1024 * 1024, 'y')
    let left = wanted
    const next = () => {
      if (left <= 0) return grpc.end(stream)
      const part = left < piece.length ? piece.subarray(0, left) : piece
      left -= part.length
      stream.write(part, next)
    }
    next()
  })`)

describe('the host has no limit of its own on messages (LIFE-076)', { timeout: PATIENCE_MS }, () => {
  test('and sends 64 MiB', async () => {
    await using start = await startScript(script)
    const plugin = start.up()
    const body = new Uint8Array(64 * MIB)
    const result = await plugin.resource
      .callResource({ path: 'bytes=0', body }, { budgetMs: PATIENCE_MS })
      .all()
    expect(result.kind).toBe('answered')
    await expect.poll(() => plugin.output.log.length, { timeout: 10_000 }).toBe(1)
    const [, received] = /received (\d+)/.exec(plugin.output.log[0]?.raw ?? '') ?? []
    expect(Number(received)).toBeGreaterThan(64 * MIB)
  })

  // The message, its frames and its body are there at the same time.
  test.skipIf(freemem() < 5 * LARGE_BYTES)('and takes 300 MiB in one message', async () => {
    await using start = await startScript(script)
    // The other events would keep the message.
    const plugin = start.up()
    const result = await plugin.resource
      .callResource({ path: `bytes=${LARGE_BYTES}` }, { budgetMs: PATIENCE_MS })
      .all()
    if (result.kind !== 'answered') throw new TypeError(JSON.stringify(result))
    const [message] = result.message
    expect(message?.code).toBe(200)
    expect(message?.body.length).toBe(LARGE_BYTES)
    expect(message?.body.at(-1)).toBe('y'.charCodeAt(0))
  })

  test('and asks for no compression', async () => {
    const asks = grpcScript(
      "process.stderr.write(`encoding ${asked['grpc-encoding'] ?? 'none'}\\n`); grpc.refuse(stream, 12)",
    )
    await using start = await startScript(asks)
    const plugin = start.up()
    await plugin.resource.callResource({ body: new Uint8Array(100_000) }).all()
    // Broker, stdio and the call.
    await expect.poll(() => plugin.output.log.length, { timeout: 10_000 }).toBe(3)
    expect(new Set(plugin.output.log.map(({ raw }) => raw))).toEqual(new Set(['encoding none']))
  })
})

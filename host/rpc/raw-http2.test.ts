import { once } from 'node:events'
import { createServer as createHttp2Server } from 'node:http2'
import { createServer } from 'node:net'
import type { Server } from 'node:net'

import { describe, expect, test } from 'vitest'

import type { Address } from '../handshake/handshake.ts'
import { RawHttp2 } from './raw-http2.ts'

async function serving<Result>(server: Server, use: (address: Address) => Promise<Result>): Promise<Result> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  try {
    return await use({ kind: 'tcp', host: '127.0.0.1', port })
  } finally {
    server.close()
  }
}

describe('a bare connection', () => {
  test('gets SETTINGS and the answer to a PING from an HTTP/2 server', async () => {
    await serving(createHttp2Server(), async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect(await http2.settings(5_000)).toBeUndefined()
      expect(await http2.ping(5_000)).toBeUndefined()
    })
  })

  test('says that a server stays silent', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {}))
    await serving(silent, async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect(await http2.settings(50)).toBe('no SETTINGS within 50 ms')
    })
  })

  test('says that a server hangs up', async () => {
    const rude = createServer((socket) => void socket.destroy())
    await serving(rude, async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect(await http2.settings(5_000)).toMatch(/closed|ECONNRESET/)
      expect(await http2.ping(5_000)).toBe('the connection was closed')
    })
  })

  test('sends a gRPC message to the authority `unused` and reads headers and trailers', async () => {
    const server = createHttp2Server()
    server.on('stream', (stream, headers) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        stream.respond(
          { 'x-seen': `${headers[':authority']} ${Buffer.concat(parts).toString('hex')}` },
          { waitForTrailers: true },
        )
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
        stream.end()
      })
    })
    await serving(server, async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect(await http2.call('/a.B/C', Uint8Array.of(7), { ms: 5_000 })).toMatchObject({
        kind: 'ended',
        headers: { 'x-seen': 'unused 000000000107', 'grpc-status': '0' },
      })
    })
  })

  test.each([
    [0, 'goodbye'],
    [11, 'broken'],
  ])('tells how a server that closes with GOAWAY %i has closed', async (code, how) => {
    const server = createHttp2Server()
    server.on('session', (session) => session.goaway(code))
    await serving(server, async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect(await http2.closed).toBe(how)
    })
  })

  test('tells that a connection broke off', async () => {
    const rude = createServer((socket) => void socket.destroy())
    await serving(rude, async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect(await http2.closed).toBe('broken')
    })
  })

  test('tells a reset call from one that stays open', async () => {
    const server = createHttp2Server()
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {})
      if (headers[':path'] === '/a.B/Reset') stream.close(2)
    })
    await serving(server, async (address) => {
      await using http2 = new RawHttp2(address, undefined)
      expect((await http2.call('/a.B/Reset', new Uint8Array(), { ms: 5_000 })).kind).toBe('reset')
      expect((await http2.call('/a.B/Open', new Uint8Array(), { ms: 50 })).kind).toBe('open')
    })
  })
})

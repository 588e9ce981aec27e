import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createSecureServer } from 'node:http2'
import type { SecureServerOptions } from 'node:http2'
import type { Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

import { describe, expect, test } from 'vitest'

import { inspectTls } from '../tls/inspect-tls.ts'
import { createCertifiedKey } from '../tls/certified-key.ts'
import type { CertifiedKey } from '../tls/certified-key.ts'
import type { Address } from '../handshake/handshake.ts'
import { openChannel, whenReady } from './channel.ts'
import { dial } from './dial.ts'
import { RawHttp2 } from './raw-http2.ts'

const host = createCertifiedKey()
const plugin = createCertifiedKey()
const BUDGET_MS = 10_000

function certified({ key, pem }: CertifiedKey): SecureServerOptions {
  return { key: key.export({ type: 'pkcs8', format: 'pem' }), cert: pem, ca: host.pem, requestCert: true }
}

function trusting(announced: CertifiedKey, own = host) {
  return { own, announced: new X509Certificate(announced.certificate) }
}

async function serving<Result>(server: Server, use: (address: Address) => Promise<Result>): Promise<Result> {
  server.on('tlsClientError', () => {})
  server.on('session', (session: { on(name: 'error', listener: () => void): void }) =>
    session.on('error', () => {}),
  )
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

describe('a bare secured connection', () => {
  test('gets SETTINGS from a server that presents the announced certificate, and says localhost (LIFE-071)', async () => {
    const server = createSecureServer(certified(plugin))
    server.on('stream', (stream, headers) => {
      const seen = `${headers[':scheme']} ${headers[':authority']}`
      stream.respond({ ':status': 200, 'x-seen': seen }, { endStream: true })
    })
    await serving(server, async (address) => {
      await using http2 = new RawHttp2(address, trusting(plugin))
      expect(await http2.settings(BUDGET_MS)).toBeUndefined()
      expect(await http2.call('/a.B/C', new Uint8Array(), { ms: BUDGET_MS })).toMatchObject({
        kind: 'ended',
        headers: { 'x-seen': 'https localhost' },
      })
    })
  })

  test('is cut off when the server presents another certificate (LIFE-094)', async () => {
    await serving(createSecureServer(certified(createCertifiedKey())), async (address) => {
      await using http2 = new RawHttp2(address, trusting(plugin))
      expect(await http2.settings(BUDGET_MS)).toMatch(/expected the announced certificate|closed/)
      expect((await http2.call('/a.B/C', new Uint8Array(), { ms: BUDGET_MS })).kind).toBe('reset')
    })
  })
})

describe('a secured channel', () => {
  test('becomes ready with the announced certificate and a client that the server trusts', async () => {
    await serving(createSecureServer(certified(plugin)), async (address) => {
      const client = openChannel(address, trusting(plugin))
      await whenReady(client, BUDGET_MS)
      client.close()
    })
  })

  test.each([
    ['presents another certificate (LIFE-094)', createSecureServer(certified(createCertifiedKey()))],
    ['negotiates no ALPN protocol (LIFE-096)', createTlsServer(certified(plugin))],
    [
      'speaks nothing above TLS 1.1 (LIFE-095)',
      createSecureServer({
        ...certified(plugin),
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    ],
    ['trusts another client', createSecureServer({ ...certified(plugin), ca: plugin.pem })],
  ])('never becomes ready when the server %s', async (_, server) => {
    await serving(server, async (address) => {
      const client = openChannel(address, trusting(plugin))
      await expect(whenReady(client, 300)).rejects.toThrow('not ready')
      client.close()
    })
  })
})

describe('a look at a TLS server', () => {
  test('sees its certificate and protocol, and that the client is let in', async () => {
    await serving(createSecureServer(certified(plugin)), async (address) => {
      const view = await inspectTls(dial(address), host, BUDGET_MS)
      expect(view).toMatchObject({ alpn: 'h2', end: { kind: 'spoke' } })
      expect(view.presented?.raw.equals(plugin.certificate)).toBe(true)
    })
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('sees in %s that a stranger is refused', async (version) => {
    const options = { ...certified(plugin), minVersion: version, maxVersion: version }
    await serving(createSecureServer(options), async (address) => {
      for (const stranger of [undefined, createCertifiedKey()]) {
        const { end } = await inspectTls(dial(address), stranger, BUDGET_MS)
        expect(end.kind).not.toBe('spoke')
        expect(end.kind).not.toBe('silent')
      }
    })
  })

  test('sees that nobody listens', async () => {
    const gone = await serving(createSecureServer(certified(plugin)), async (address) => address)
    expect((await inspectTls(dial(gone), host, BUDGET_MS)).end).toMatchObject({ kind: 'broken' })
  })
})

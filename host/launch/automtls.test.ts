import { X509Certificate } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import type { HostEvent } from '../events.ts'
import { createCertifiedKey } from '../tls/certified-key.ts'
import { launch } from './launch.ts'
import { startScript, server, shell } from './script-plugin.ts'

const reference = 'dist/reference-plugin'

async function environmentOf(
  options: Parameters<typeof launch>[1],
): Promise<Readonly<Record<string, string>>> {
  const events: HostEvent[] = []
  await using plugin = await launch(reference, { ...options, onEvent: (event) => events.push(event) })
  expect((await plugin.diagnostics.checkHealth({})).kind).toBe('answered')
  const spawned = events.find((event) => event.kind === 'spawned')
  return spawned?.env ?? {}
}

describe('a start without AutoMTLS', () => {
  test('gives no PLUGIN_CLIENT_CERT and talks plaintext, as Grafana (LIFE-090)', async () => {
    await using plugin = await launch(reference)
    expect(plugin.tls).toBeUndefined()
    expect(plugin.handshake?.fields).toHaveLength(5)
    expect(await environmentOf({})).not.toHaveProperty('PLUGIN_CLIENT_CERT')
  })
})

describe('a start under AutoMTLS', () => {
  test('gives a certificate of its own at each start and secures every connection (LIFE-092, LIFE-095)', async () => {
    await using plugin = await launch(reference, { autoMtls: true })
    expect(plugin.tls?.announced.raw.equals(plugin.handshake?.certificate ?? new Uint8Array())).toBe(true)
    await using second = await plugin.connect()
    expect((await second.health.check({ service: 'plugin' })).kind).toBe('answered')
    await plugin.reconnect()
    expect((await plugin.health.check({ service: 'plugin' })).kind).toBe('answered')
    const [one, other] = [await environmentOf({ autoMtls: true }), await environmentOf({ autoMtls: true })]
    expect(new X509Certificate(one['PLUGIN_CLIENT_CERT'] ?? '').subjectAltName).toBe('DNS:localhost')
    expect(one['PLUGIN_CLIENT_CERT']).not.toBe(other['PLUGIN_CLIENT_CERT'])
  })

  const line = "'1|2|tcp|127.0.0.1:' + port + '|grpc'"
  const listen = "0, '127.0.0.1'"

  test('refuses a plugin that announces no certificate, if it is required', async () => {
    await using started = await startScript(server(listen, line), { autoMtls: 'require' })
    expect(started.fault()).toMatchObject({
      class: 'tls',
      grafanaLog: '',
      tls: {
        problem: 'not-offered',
        host: expect.stringMatching(/^ECDSA P-521, CN localhost, DNS:localhost/),
      },
    })
  })

  test('talks plaintext to a plugin that announces no certificate, if it is only offered', async () => {
    await using started = await startScript(server(listen, line), { autoMtls: 'offer' })
    expect(started.up().tls).toBeUndefined()
  })

  test('names both certificates of a plugin that announces one and serves plaintext', async () => {
    const announced = Buffer.from(createCertifiedKey({ keyType: 'P-256' }).certificate).toString('base64')
    const script = server(listen, `${line} + '|${announced.replace(/=+$/, '')}'`)
    await using started = await startScript(script, { autoMtls: 'offer' })
    expect(started.fault()).toMatchObject({ class: 'tls', tls: { problem: 'no-tls' } })
    expect(started.fault().tls?.plugin).toBeUndefined()
  })

  test('says of a certificate that can not be read what go-plugin says (LIFE-093)', async () => {
    const script = shell(`echo '1|2|tcp|127.0.0.1:1|grpc|${'A'.repeat(59)}='`)
    await using started = await startScript(script, { autoMtls: 'offer' })
    expect(started.fault()).toMatchObject({
      class: 'cert',
      found: expect.stringContaining('illegal base64 data at input byte 59'),
      fix: expect.stringContaining('without = at the end'),
      tls: { problem: 'unreadable' },
    })
  })
})

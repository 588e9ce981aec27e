import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { promisify } from 'node:util'

import { beforeAll, describe, expect, test } from 'vitest'

import { pluginContext } from '../../host/context/plugin-context.ts'
import { hostProfiles, newestProfile } from '../../host/context/profile.ts'
import { launch } from '../../host/launch/launch.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { judge } from '../../suites/judge.ts'

const command = promisify(execFile)

/** Building the official SDK from an empty cache takes about a minute on two cores. */
const BUILD_MS = 10 * 60_000

const go = await command('go', ['version']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
)
if (go === undefined) {
  // On a user's machine this is a skip with a reason; where subjects are required it is a failure.
  if (process.env['REQUIRE_SUBJECTS'] !== undefined)
    throw new Error('The Go subject is required and `go` is not installed.')
  process.stderr.write('Skipping the Go subject: `go` is not installed.\n')
}

describe.skipIf(go === undefined)('a data source on the official Go SDK', () => {
  beforeAll(async () => {
    await command('./build.sh', { cwd: 'subjects/go' })
  }, BUILD_MS)

  test.each([
    ...hostProfiles.map((profile) => [profile.name, { profile }] as const),
    ['12.4 in runner mode', { operator: { runnerMode: true } }],
    [
      '12.4 that forwards its environment, with settings of its own',
      { operator: { forwardHostEnv: true, pluginSettings: { 'some.key': 'value' } } },
    ],
  ] as const)(
    'breaks no MUST rule as Grafana %s',
    async (_, options) => {
      const report = await judge('subjects/go/dist', options)
      const broken = report.rules.filter((rule) => rule.verdict.kind === 'broken')
      expect(broken.filter((rule) => rule.level === 'must')).toEqual([])
      expect(report.rules.filter((rule) => rule.verdict.kind === 'harness-fault')).toEqual([])
      expect(report.exitCode).toBe(0)
      expect(report.counts.upheld).toBeGreaterThan(report.rules.length / 2)
    },
    120_000,
  )

  test('keeps its socket where it is told to, with the group it is told, without a temporary folder (LIFE-083, LIFE-084)', async () => {
    const report = await judge('subjects/go/dist', {
      filter: { only: ['lifecycle/socket-folder', 'handshake/impossible-socket-folder'], skip: [] },
    })
    expect(report.rules.map(({ id, verdict }) => [id, verdict.kind])).toEqual([
      ['handshake/failure-is-explained', 'upheld'],
      ['lifecycle/socket-lies-in-the-named-folder', 'upheld'],
      ['lifecycle/socket-belongs-to-the-named-group', 'upheld'],
      ['lifecycle/needs-no-temporary-folder', 'upheld'],
    ])
  })

  test('leads to the server that its variable names when it is a locator (LIFE-181, LIFE-183)', async () => {
    await using server = await launch('subjects/go/dist')
    // A standalone server listens on TCP, and a unix socket has no address that a variable could name.
    await using port = await forwarded(server)
    await using locator = await launch('subjects/go/dist', {
      env: { GF_PLUGIN_GRPC_ADDRESS_CONFORMANCE_GO_DATASOURCE: `127.0.0.1:${port.number}` },
    })
    expect(locator.address).toEqual({ kind: 'tcp', host: '127.0.0.1', port: port.number })
    const subject = { id: 'conformance-go-datasource', version: '1.0.0', type: 'datasource' }
    const health = await locator.diagnostics.checkHealth({
      pluginContext: pluginContext(newestProfile, subject),
    })
    expect(health.kind).toBe('answered')
  })

  test('breaks no MUST rule under AutoMTLS, and takes the certificate that this host writes (LIFE-092, LIFE-095)', async () => {
    const report = await judge('subjects/go/dist', { autoMtls: true })
    const broken = report.rules.filter((rule) => rule.verdict.kind === 'broken')
    expect(broken.filter((rule) => rule.level === 'must')).toEqual([])
    expect(report.rules.filter((rule) => rule.verdict.kind === 'harness-fault')).toEqual([])
    const secured = report.rules.filter((rule) => rule.id.startsWith('tls/'))
    expect(secured.filter((rule) => rule.verdict.kind !== 'upheld')).toEqual([])
    expect(report.counts.upheld).toBeGreaterThan(report.rules.length / 2)
    expect(report.exitCode).toBe(0)
  }, 120_000)

  test('offers AutoMTLS to a run that does not ask for it everywhere (LIFE-093, LIFE-094, LIFE-096)', async () => {
    const report = await judge('subjects/go/dist', { filter: { only: ['tls/*'], skip: [] } })
    expect(report.rules.filter((rule) => rule.verdict.kind !== 'upheld')).toEqual([])
  }, 120_000)
})

/** A port on loopback that leads to the plugin's socket. */
async function forwarded(plugin: Plugin): Promise<AsyncDisposable & { readonly number: number }> {
  const { address } = plugin
  const relay = createServer((from) => {
    const to = address.kind === 'unix' ? connect(address.path) : connect(address.port, address.host)
    from.on('error', () => to.destroy())
    to.on('error', () => from.destroy())
    from.pipe(to).pipe(from)
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const bound = relay.address()
  return {
    number: typeof bound === 'object' && bound !== null ? bound.port : 0,
    async [Symbol.asyncDispose]() {
      relay.close()
    },
  }
}

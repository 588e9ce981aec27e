import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { Metadata, status } from '@grpc/grpc-js'
import { afterEach, beforeEach, expect, test } from 'vitest'

import { Diagnostics, Resource, Stream } from '../proto/gen/grafana/backend_pb.js'
import { Health } from '../proto/gen/grpc/health_pb.js'
import { GRPCController } from '../proto/gen/hashicorp/grpc_controller_pb.js'
import { GRPCStdio } from '../proto/gen/hashicorp/grpc_stdio_pb.js'
import { startInProcess } from './in-process.ts'
import { reference } from './reference.ts'
import { MINIMAL_ENV, firstLine, startReference, targetOf } from './testing/start-reference.ts'
import { PluginClient } from './testing/plugin-client.ts'

let directory = ''

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ref-'))
})

afterEach(async () => {
  await rm(directory, { recursive: true })
})

test.each([{}, { grafana_plugin_type: 'Datasource' }, { grafana_plugin_type: '' }])(
  'it refuses to serve without the exact cookie: %j',
  async (env) => {
    await using plugin = startInProcess(reference, { env })
    expect(await plugin.exited).toEqual({ code: 1, signal: null })
    expect(await text(plugin.stdout)).toBe('')
    expect(await text(plugin.stderr)).toMatch(/^This binary is a plugin\./)
  },
)

test.each([
  [{}, /^1\|2\|tcp\|127\.0\.0\.1:[1-9]\d+\|grpc$/],
  [{ PLUGIN_PROTOCOL_VERSIONS: '2,9' }, /^1\|2\|tcp\|127\.0\.0\.1:\d+\|grpc$/],
  [{ PLUGIN_PROTOCOL_VERSIONS: '9' }, /^1\|2\|/],
  [{ PLUGIN_PROTOCOL_VERSIONS: '' }, /^1\|2\|/],
  [{ PLUGIN_MULTIPLEX_GRPC: 'true' }, /^1\|2\|tcp\|127\.0\.0\.1:\d+\|grpc\|\|false$/],
  [{ PLUGIN_MULTIPLEX_GRPC: '', PLUGIN_UNIX_SOCKET_DIR: '' }, /^1\|2\|tcp\|127\.0\.0\.1:\d+\|grpc$/],
])('with %j it announces itself like %s', async (env, line) => {
  await using plugin = startInProcess(reference, { env: { ...MINIMAL_ENV, ...env } })
  expect(await firstLine(plugin.stdout)).toMatch(line)
})

test('it accepts connections as soon as the line is out', async () => {
  await using plugin = startInProcess(reference, { env: MINIMAL_ENV })
  const [host, port] = targetOf(await firstLine(plugin.stdout)).split(':')
  const socket = connect(Number(port), host)
  await once(socket, 'connect')
  socket.destroy()
})

test('a unix socket lies in the directory that the host names, and goes with the plugin', async () => {
  const started = await startReference(reference, { ...MINIMAL_ENV, PLUGIN_UNIX_SOCKET_DIR: directory })
  await using _ = started
  const path = started.target.replace(/^unix:/, '')
  expect(path.startsWith(`${directory}/plugin`)).toBe(true)
  expect((await started.client.unary(Health.method.check, { service: 'plugin' })).status).toBe(1)
  started.plugin.kill('SIGTERM')
  expect(await started.plugin.exited).toEqual({ code: 0, signal: null })
  expect(existsSync(path)).toBe(false)
})

test('a socket group gets the socket, with mode 0660', async () => {
  const group = String(process.getgid?.() ?? 0)
  await using _started = await startReference(reference, {
    ...MINIMAL_ENV,
    PLUGIN_UNIX_SOCKET_DIR: directory,
    PLUGIN_UNIX_SOCKET_GROUP: group,
  })
  const [name = ''] = await readdir(directory)
  const { mode, gid } = await stat(join(directory, name))
  expect(mode & 0o777).toBe(0o660)
  expect(String(gid)).toBe(group)
})

test.each(['missing', 'file', 'x'.repeat(120)])(
  'a socket directory that is no use (%s) is explained on stderr',
  async (name) => {
    await writeFile(join(directory, 'file'), '')
    const env = { ...MINIMAL_ENV, PLUGIN_UNIX_SOCKET_DIR: join(directory, name) }
    await using plugin = startInProcess(reference, { env })
    expect((await plugin.exited).code).toBe(1)
    expect(await text(plugin.stdout)).toBe('')
    expect(await text(plugin.stderr)).toContain('plugin init error')
  },
)

test('five copies serve side by side at five addresses', async () => {
  await using a = await startReference()
  await using b = await startReference()
  await using c = await startReference()
  await using d = await startReference()
  await using e = await startReference()
  expect(new Set([a, b, c, d, e].map(({ target }) => target)).size).toBe(5)
})

test('a killed copy leaves nothing that listens', async () => {
  await using started = await startReference()
  started.plugin.kill('SIGKILL')
  expect(await started.plugin.exited).toEqual({ code: null, signal: 'SIGKILL' })
  const [host, port] = started.target.split(':')
  const [error] = await once(connect(Number(port), host), 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
})

test('a copy that is killed before it listens never does', async () => {
  const plugin = startInProcess(reference, { env: MINIMAL_ENV })
  plugin.kill('SIGKILL')
  expect(await text(plugin.stdout)).toBe('')
})

test('SIGINT is the business of the host', async () => {
  await using started = await startReference()
  started.plugin.kill('SIGINT')
  expect((await started.client.unary(Health.method.check, { service: 'plugin' })).status).toBe(1)
})

test('the end of stdin means nothing', async () => {
  await using started = await startReference()
  started.plugin.stdin.end()
  expect((await started.client.unary(Health.method.check, { service: 'plugin' })).status).toBe(1)
})

test('Shutdown is answered and ends the plugin although streams are open', async () => {
  await using started = await startReference()
  const { client, plugin } = started
  const stdio = client.stream(GRPCStdio.method.streamStdio, {})
  const stdioEnd = stdio.on('error', () => {}).on('data', () => {})
  const tick = client.stream(Stream.method.runStream, { path: 'tick/20' })
  const tickEnd = once(tick, 'error')
  await once(tick, 'data')
  tick.resume()
  const scripted = client.stream(Stream.method.runStream, { path: 'conformance/x' })
  const scriptedEnd = once(scripted.resume(), 'error')
  const held = client.all(Resource.method.callResource, { path: 'conformance/hold' })
  held.catch(() => {})

  const before = performance.now()
  await client.unary(GRPCController.method.shutdown, {})
  expect(await plugin.exited).toEqual({ code: 0, signal: null })
  expect(performance.now() - before).toBeLessThan(1000)
  const [error] = await tickEnd
  expect(error).toMatchObject({ code: status.UNAVAILABLE })
  expect((await scriptedEnd)[0]).toMatchObject({ code: status.UNAVAILABLE })
  expect(stdioEnd.destroyed).toBe(true)
})

test('a lost connection is nothing, and a new one works', async () => {
  await using started = await startReference()
  const stdio = started.client.stream(GRPCStdio.method.streamStdio, {})
  stdio.on('error', () => {})
  expect((await started.client.unary(Health.method.check, { service: 'plugin' })).status).toBe(1)
  started.client[Symbol.dispose]()
  using again = new PluginClient(started.target)
  expect((await again.unary(Health.method.check, { service: 'plugin' })).status).toBe(1)
})

test('many open streams leave room for many calls', async () => {
  await using started = await startReference()
  const { client } = started
  const streams = Array.from({ length: 50 }, (_, index) =>
    client.stream(Stream.method.runStream, { path: `conformance/${index}` }).on('error', () => {}),
  )
  await Promise.all(streams.map((stream) => once(stream, 'data')))
  const calls = Array.from({ length: 100 }, () => client.unary(Diagnostics.method.collectMetrics, {}))
  expect(await Promise.all(calls)).toHaveLength(100)
  for (const stream of streams) stream.cancel()
})

test('unknown metadata is ignored', async () => {
  await using started = await startReference()
  const metadata = new Metadata()
  for (let index = 0; index < 20; index += 1) metadata.set(`x-unknown-${index}`, 'value')
  metadata.set('x-unknown-bin', Buffer.from([0, 255]))
  const answer = await started.client.unary(Health.method.check, { service: 'plugin' }, { metadata })
  expect(answer.status).toBe(1)
})

test('gRPC health knows the plugin and nothing else', async () => {
  await using started = await startReference()
  const { client } = started
  expect((await client.unary(Health.method.check, { service: '' })).status).toBe(1)
  await expect(client.unary(Health.method.check, { service: 'other' })).rejects.toMatchObject({
    code: status.NOT_FOUND,
  })
})

test('a service that is not offered is UNIMPLEMENTED, and the connection stays', async () => {
  const { services } = reference
  await using started = await startReference({
    ...reference,
    services: { ...services, stdio: false, stream: false, chunked: false },
  })
  const { client } = started
  await expect(client.all(GRPCStdio.method.streamStdio, {})).rejects.toMatchObject({
    code: status.UNIMPLEMENTED,
  })
  await expect(client.unary(Stream.method.publishStream, {})).rejects.toMatchObject({
    code: status.UNIMPLEMENTED,
  })
  expect((await client.unary(Health.method.check, { service: 'plugin' })).status).toBe(1)
})

test('it logs one JSON object for each event, with strings where Grafana wants strings', async () => {
  const plugin = startInProcess(reference, { env: MINIMAL_ENV })
  const log = text(plugin.stderr)
  using client = new PluginClient(targetOf(await firstLine(plugin.stdout)))
  await client.unary(Diagnostics.method.checkHealth, {})
  plugin.kill('SIGTERM')
  const lines = (await log).trimEnd().split('\n')
  expect(lines.length).toBeGreaterThanOrEqual(3)
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      '@level': expect.stringMatching(/^(debug|info)$/),
      '@message': expect.stringMatching(/^(Serving plugin|Plugin Request Started|Plugin Request Completed)$/),
      '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      '@module': 'reference',
    })
  }
})

import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { Data, Diagnostics, Resource } from '../proto/gen/grafana/backend_pb.js'
import { GRPCController } from '../proto/gen/hashicorp/grpc_controller_pb.js'
import { PluginClient } from './testing/plugin-client.ts'
import { MINIMAL_ENV, firstLine, targetOf } from './testing/start-reference.ts'

const PLATFORM = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`
const EXECUTABLE = fileURLToPath(
  new URL(`../dist/reference-plugin/gpx_conformance_reference_${PLATFORM}`, import.meta.url),
)

let directory = ''
let children: ChildProcess[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ref-'))
})

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  await rm(directory, { recursive: true })
})

/** Starts the built plugin as Grafana does since 12.4: hardly any environment, a directory of no meaning (LIFE-008, LIFE-023). */
function launch(env: Record<string, string | undefined> = MINIMAL_ENV) {
  const child = spawn(EXECUTABLE, [], { cwd: directory, env, stdio: ['pipe', 'pipe', 'pipe'] })
  children.push(child)
  return child
}

async function exitOf(child: ChildProcess): Promise<unknown[]> {
  return child.exitCode === null && child.signalCode === null
    ? ((await once(child, 'exit')) as unknown[])
    : [child.exitCode, child.signalCode]
}

async function healthy(line: string): Promise<void> {
  using client = new PluginClient(targetOf(line))
  await client.unary(Diagnostics.method.collectMetrics, {})
}

test('it starts without a PATH, announces itself and serves', async () => {
  const child = launch()
  child.stderr.resume()
  const line = await firstLine(child.stdout)
  expect(line).toMatch(/^1\|2\|tcp\|127\.0\.0\.1:\d+\|grpc$/)
  await healthy(line)
})

test('without the cookie it explains itself and exits with status 1', async () => {
  const child = launch({})
  const [out, err, exit] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])
  expect(exit).toEqual([1, null])
  expect(out).toBe('')
  expect(err).toMatch(/^This binary is a plugin\./)
})

test('it survives SIGINT and the end of stdin, and obeys SIGTERM', async () => {
  const child = launch()
  child.stderr.resume()
  const line = await firstLine(child.stdout)
  child.stdin.end()
  child.kill('SIGINT')
  await healthy(line)
  child.kill('SIGTERM')
  expect(await exitOf(child)).toEqual([0, null])
})

test('Shutdown during a long query ends it with status 0 and without its socket', async () => {
  const child = launch({ ...MINIMAL_ENV, PLUGIN_UNIX_SOCKET_DIR: directory })
  child.stderr.resume()
  const target = targetOf(await firstLine(child.stdout))
  using client = new PluginClient(target)
  const json = Buffer.from('{"conformance":{"delayMs":60000}}')
  const query = client.unary(Data.method.queryData, { queries: [{ refId: 'A', json }] })
  query.catch(() => {})
  const before = performance.now()
  await client.unary(GRPCController.method.shutdown, {})
  expect(await exitOf(child)).toEqual([0, null])
  expect(performance.now() - before).toBeLessThan(1000)
  expect(existsSync(target.replace(/^unix:/, ''))).toBe(false)
})

test('killed at any moment, it starts again and leaves no pipe open', async () => {
  for (let round = 0; round < 3; round += 1) {
    const child = launch()
    child.stderr.resume()
    await healthy(await firstLine(child.stdout))
    const closed = once(child, 'close')
    child.kill('SIGKILL')
    await closed
  }
})

test('it does not outlive a host that has closed its stderr', async () => {
  const child = launch()
  const line = await firstLine(child.stdout)
  child.stderr.destroy()
  child.stdout.destroy()
  await healthy(line).catch(() => {})
  expect(await exitOf(child)).toEqual([1, null])
})

test('an error outside of all calls is one line of JSON and an exit', async () => {
  const script = `
    import { reference } from ${JSON.stringify(new URL('../dist/reference-plugin/reference.js', import.meta.url).href)}
    import { runAsProcess } from ${JSON.stringify(new URL('../dist/reference-plugin/run-as-process.js', import.meta.url).href)}
    const afterHandshake = () => { setImmediate(() => { throw new Error('stray') }) }
    await runAsProcess({ ...reference, process: { ...reference.process, afterHandshake } })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: MINIMAL_ENV })
  children.push(child)
  const [err, exit] = await Promise.all([text(child.stderr), exitOf(child)])
  expect(exit).toEqual([1, null])
  const last = err.trimEnd().split('\n').at(-1) ?? ''
  expect(JSON.parse(last)).toMatchObject({ '@level': 'error', '@message': 'plugin crashed', error: 'stray' })
})

test('variables that are unknown or empty change nothing', async () => {
  const noise = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`GF_UNKNOWN_${index}`, 'x']))
  const empty = Object.fromEntries(
    ['GF_VERSION', 'GF_PLUGIN_VERSION', 'GF_INSTANCE_OTLP_ADDRESS', 'PLUGIN_MIN_PORT', 'PLUGIN_MAX_PORT'].map(
      (name) => [name, ''],
    ),
  )
  const child = launch({ ...MINIMAL_ENV, ...noise, ...empty, PLUGIN_PROTOCOL_VERSIONS: '2,x' })
  child.stderr.resume()
  const line = await firstLine(child.stdout)
  using client = new PluginClient(targetOf(line))
  const answer = await client.all(Resource.method.callResource, { path: 'items', method: 'GET' })
  expect(answer[0]?.code).toBe(200)
})

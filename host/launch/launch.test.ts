import { expect, test } from 'vitest'

import type { HostEvent } from '../events.ts'
import { ConformanceError } from '../conformance-error.ts'
import { bareContext, pluginContext } from '../context/plugin-context.ts'
import { newestProfile } from '../context/profile.ts'
import { dataQuery } from '../context/query-request.ts'
import { formatAddress } from '../handshake/handshake.ts'
import { noCallSpans } from '../trace/call-spans.ts'
import { launch } from './launch.ts'
import { resolveSubject } from './resolve-subject.ts'
import { temporaryFolder } from './temporary-folder.ts'

const reference = 'dist/reference-plugin'
const subject = { id: 'conformance-reference-datasource', version: '1.0.0', type: 'datasource' }

test('launch gives clients for all eleven pluginv2 methods, health, controller, stdio and broker', async () => {
  await using plugin = await launch(reference)
  const context = pluginContext(newestProfile, subject)
  const datasource = { type: subject.id, uid: 'conformance' }
  const queries = [dataQuery({ refId: 'A', datasource })]
  const kind = { group: 'grafana-plugin-sdk-go', version: 'v0alpha1', kind: 'DataSourceInstanceSettings' }
  const ended = [
    (await plugin.data.queryData({ pluginContext: context, queries })).kind,
    (await plugin.data.queryChunkedData({ pluginContext: context, queries }).all()).kind,
    (
      await plugin.resource
        .callResource({ pluginContext: context, path: 'items', url: 'items', method: 'GET' })
        .all()
    ).kind,
    (await plugin.diagnostics.checkHealth({ pluginContext: context })).kind,
    (await plugin.diagnostics.collectMetrics({ pluginContext: bareContext(subject) })).kind,
    (await plugin.stream.subscribeStream({ pluginContext: context, path: 'tick' })).kind,
    (await plugin.stream.publishStream({ pluginContext: context, path: 'tick' })).kind,
    (await plugin.admission.validateAdmission({ pluginContext: context, kind })).kind,
    (await plugin.admission.mutateAdmission({ pluginContext: context, kind })).kind,
    (await plugin.health.check({ service: 'plugin' })).kind,
  ]
  expect(ended).toEqual(Array.from({ length: 10 }, () => 'answered'))
  expect((await plugin.conversion.convertObjects({ pluginContext: context })).kind).toMatch(/answered|failed/)
  await using stream = plugin.stream.runStream({ pluginContext: context, path: 'tick' })
  expect((await stream.next(5_000)).kind).toBe('packet')
  const report = await plugin.stop()
  expect(report).toMatchObject({
    exit: { code: 0, signal: null },
    killed: false,
    pipesClosed: true,
    leftBehind: [],
  })
})

test('an event tells every message, log line and process event', async () => {
  const events: HostEvent[] = []
  await using plugin = await launch(reference, { onEvent: (event) => events.push(event) })
  await plugin.diagnostics.checkHealth({ pluginContext: pluginContext(newestProfile, subject) })
  await plugin.stop()
  const kinds = new Set(events.map((event) => event.kind))
  for (const kind of [
    'spawned',
    'stdout',
    'handshake',
    'log',
    'call',
    'message',
    'status',
    'stopping',
    'exit',
  ])
    expect(kinds).toContain(kind)
})

test('calls carry a traceparent of their own unless tracing is switched off', async () => {
  const sent = async (options: Parameters<typeof launch>[1]): Promise<readonly string[]> => {
    const metadata: string[] = []
    await using plugin = await launch(reference, {
      ...options,
      onEvent(event) {
        if (event.kind === 'call')
          metadata.push(...event.metadata.filter(([key]) => key === 'traceparent').map(([, value]) => value))
      },
    })
    const context = pluginContext(newestProfile, subject)
    await plugin.diagnostics.checkHealth({ pluginContext: context })
    await plugin.diagnostics.checkHealth({ pluginContext: context })
    return metadata
  }
  const on = await sent({})
  expect(on).toHaveLength(2)
  expect(new Set(on).size).toBe(2)
  for (const value of on) expect(value).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  expect(await sent({ spans: noCallSpans })).toEqual([])
})

test('a plugin that runs already is attached to by its address, and survives the host', async () => {
  await using running = await launch(reference)
  const attach = formatAddress(running.address)
  const attached = await launch(await resolveSubject(undefined, { cwd: process.cwd(), attach }))
  const context = pluginContext(newestProfile, subject)
  expect((await attached.diagnostics.checkHealth({ pluginContext: context })).kind).toBe('answered')
  await attached.stop()
  expect((await running.diagnostics.checkHealth({ pluginContext: context })).kind).toBe('answered')
})

test('a plugin that does not come up rejects with the whole fault as cause', async () => {
  const script = '#!/bin/sh\necho hello\n'
  await using folder = await temporaryFolder({ gpx: { content: script, mode: 0o755 } })
  const failure = await launch(`${folder.path}/gpx`).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ConformanceError)
  expect(failure).toMatchObject({
    code: 'plugin-start-failed',
    cause: { class: 'garbage', firstLine: 'hello' },
  })
})

import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'

import { CheckHealthResponse_HealthStatus, Diagnostics } from '../../proto/gen/grafana/backend_pb.js'
import { startReference } from '../testing/start-reference.ts'
import type { Started } from '../testing/start-reference.ts'

const { OK, ERROR, UNKNOWN } = CheckHealthResponse_HealthStatus

function check({ client }: Started, jsonData: string, user?: object) {
  return client.unary(Diagnostics.method.checkHealth, {
    pluginContext: {
      ...(user === undefined ? {} : { user }),
      dataSourceInstanceSettings: { uid: 'u', jsonData: Buffer.from(jsonData) },
    },
  })
}

test.each(['', 'null', '{}', '{"url":null}', '{"conformance":null}', '{"url":"https://example.org/x"}'])(
  'settings %j are healthy',
  async (jsonData) => {
    await using started = await startReference()
    expect(await check(started, jsonData)).toMatchObject({
      status: OK,
      message: 'The data source is working.',
    })
  },
)

test.each(['[]', '5', '{', '"x"', '{"url":"no url"}', '{"url":7}', '{"url":"file:///etc/passwd"}'])(
  'settings %j are an error in words',
  async (jsonData) => {
    await using started = await startReference()
    const answer = await check(started, jsonData)
    expect(answer).toMatchObject({ status: ERROR, message: expect.stringMatching(/^The setting/) })
    expect(JSON.parse(Buffer.from(answer.jsonDetails).toString())).toEqual({ verboseMessage: answer.message })
  },
)

test('a request without settings is an error in words', async () => {
  await using started = await startReference()
  expect(await started.client.unary(Diagnostics.method.checkHealth, {})).toMatchObject({ status: ERROR })
})

test.each(['Admin', 'None', '', 'SomethingNew'])('the role %j makes no difference', async (role) => {
  await using started = await startReference()
  expect(await check(started, '{}', { role })).toMatchObject({ status: OK })
})

test('a script decides status, message and details', async () => {
  await using started = await startReference()
  const script = (conformance: unknown) => check(started, JSON.stringify({ conformance }))
  const details = { verboseMessage: 'v' }
  const answer = await script({ health: { status: 'ERROR', message: 'm', details } })
  expect(answer).toMatchObject({ status: ERROR, message: 'm' })
  expect(Buffer.from(answer.jsonDetails).toString()).toBe('{"verboseMessage":"v"}')
  expect(await script({ health: { status: 'UNKNOWN' } })).toMatchObject({ status: UNKNOWN, message: '' })
  expect(await script({ health: { status: 'FINE' } })).toMatchObject({ status: ERROR })
  expect(await script({ delayMs: 1 })).toMatchObject({ status: OK })
  expect(await script(5)).toMatchObject({ status: ERROR })
  await expect(script({ fail: 'panic' })).rejects.toMatchObject({ code: status.INTERNAL })
})

test('metrics are strict text that counts up', async () => {
  await using started = await startReference()
  const scrape = async () => {
    const { metrics } = await started.client.unary(Diagnostics.method.collectMetrics, {
      pluginContext: { pluginId: 'p' },
    })
    return Buffer.from(metrics?.prometheus ?? []).toString()
  }
  await check(started, '{}')
  const text = await scrape()
  expect(text).toMatch(/\n$/)
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [\d.e+]+)$/,
    )
  }
  expect(new Set(text.match(/^# TYPE \S+/gm)).size).toBe(4)
  expect(healthChecks(text)).toBe(1)
  await check(started, '{}')
  expect(healthChecks(await scrape())).toBe(2)
})

function healthChecks(text: string): number {
  return Number(/CheckHealth",outcome="ok"\} (\d+)/.exec(text)?.[1])
}

import { Metadata, status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'

import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import { readJsonFrame } from '../../host/frames/read-json.ts'
import { Data, DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { DataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { reference } from '../reference.ts'
import { startReference } from '../testing/start-reference.ts'
import { scenarios } from './scenarios.ts'

const HOUR = { fromEpochMS: 1_700_000_000_000n, toEpochMS: 1_700_003_600_000n }

function query(refId: string, model: unknown, rest: object = {}) {
  const json = Buffer.from(typeof model === 'string' ? model : JSON.stringify(model))
  return { refId, json, timeRange: HOUR, maxDataPoints: 60n, intervalMS: 1000n, ...rest }
}

function decode(response: DataResponse | undefined) {
  if (response === undefined) return []
  const read = response.format === DataFrameFormat.JSON ? readJsonFrame : readArrowFrame
  return response.frames.map((bytes) => {
    const { frame, findings } = read(bytes)
    expect(findings).toEqual([])
    return frame
  })
}

test.each([...scenarios.keys()])('%s gives the same frames in both formats', async (scenario) => {
  await using started = await startReference()
  const queries = [query('A', { scenario })]
  const arrow = await started.client.unary(Data.method.queryData, { queries })
  const json = await started.client.unary(Data.method.queryData, { queries, format: DataFrameFormat.JSON })
  expect(arrow.responses['A']).toMatchObject({ status: 200, error: '', format: DataFrameFormat.ARROW })
  expect(json.responses['A']).toMatchObject({ status: 200, error: '', format: DataFrameFormat.JSON })
  const frames = decode(arrow.responses['A'])
  expect(decode(json.responses['A'])).toEqual(frames)
  for (const frame of frames) {
    expect(frame).toMatchObject({
      refId: 'A',
      meta: { ...scenarios.get(scenario)?.meta, executedQueryString: `scenario ${scenario}` },
    })
  }
})

test('every refId is answered under exactly its name', async () => {
  await using started = await startReference()
  const refIds = ['A', 'B', 'Ünïcode/1', '', '__proto__', '7', 'x'.repeat(200)]
  const { responses } = await started.client.unary(Data.method.queryData, {
    queries: refIds.map((refId) => query(refId, {})),
  })
  // The client's own decoder can't keep `__proto__`, so it is looked for in the bytes below.
  const seen = new Set(Object.keys(responses))
  expect(refIds.filter((refId) => !seen.has(refId))).toEqual(seen.has('__proto__') ? [] : ['__proto__'])
})

test('a refId called __proto__ is in the bytes of the answer', async () => {
  const sent: Uint8Array[] = []
  await using started = await startReference({
    ...reference,
    transport: {
      ...reference.transport,
      send(bytes) {
        sent.push(bytes)
        return bytes
      },
    },
  })
  await started.client.unary(Data.method.queryData, { queries: [query('__proto__', {}), query('A', {})] })
  expect(Buffer.concat(sent).includes('__proto__')).toBe(true)
})

test.each([
  '{',
  'null',
  '[]',
  '\0',
  '{"scenario":"nothing like it"}',
  '{"scenario":5}',
  '{"scenario":"fail"}',
])('a query that fails (%s) leaves the others alone', async (bad) => {
  await using started = await startReference()
  const { responses } = await started.client.unary(Data.method.queryData, {
    queries: [query('bad', bad), query('good', {})],
  })
  expect(responses['good']).toMatchObject({ status: 200, error: '' })
  expect(responses['bad']?.error).not.toBe('')
  expect(responses['bad']?.errorSource).toBe('downstream')
  expect(responses['bad']?.status).toBeGreaterThanOrEqual(400)
})

test('a handler that throws fails its query only', async () => {
  await using started = await startReference()
  const { responses } = await started.client.unary(Data.method.queryData, {
    queries: [query('bad', { conformance: { fail: 'panic' } }), query('good', {})],
  })
  expect(responses['bad']).toMatchObject({ status: 500, errorSource: 'plugin' })
  expect(responses['good']).toMatchObject({ status: 200 })
})

test('unknown keys and null values change nothing', async () => {
  await using started = await startReference()
  const plain = await started.client.unary(Data.method.queryData, { queries: [query('A', {})] })
  const odd = {
    scenario: null,
    conformance: null,
    queryCachingTTL: null,
    futureField: { a: [1] },
    hide: true,
  }
  expect(await started.client.unary(Data.method.queryData, { queries: [query('A', odd)] })).toEqual(plain)
})

test('no queries get no responses', async () => {
  await using started = await startReference()
  expect((await started.client.unary(Data.method.queryData, {})).responses).toEqual({})
})

const EDGE = [-(2n ** 63n), -9_223_372_036_855n, -1n, 0n, 1n, 2n ** 53n, 9_223_372_036_855n, 2n ** 63n - 1n]

test.each(EDGE.flatMap((from) => EDGE.map((to) => [from, to] as const)))(
  'the range from %d to %d is answered with frames that can be read',
  async (fromEpochMS, toEpochMS) => {
    await using started = await startReference()
    const queries = [0n, -1n, 43_200n].map((edge, index) =>
      query(
        `Q${index}`,
        {},
        { timeRange: { fromEpochMS, toEpochMS }, maxDataPoints: edge, intervalMS: edge },
      ),
    )
    const { responses } = await started.client.unary(Data.method.queryData, { queries })
    for (const response of Object.values(responses)) {
      expect(response).toMatchObject({ status: 200, error: '' })
      expect(decode(response)).toHaveLength(1)
    }
  },
)

test('a missing context and time range are survived', async () => {
  await using started = await startReference()
  const { responses } = await started.client.unary(Data.method.queryData, {
    queries: [{ refId: 'A', json: Buffer.from('{}') }],
  })
  expect(responses['A']).toMatchObject({ status: 200 })
})

test('slow queries run side by side and do not mix', async () => {
  await using started = await startReference()
  const before = performance.now()
  const calls = Array.from({ length: 32 }, async (_, index) => {
    const frames = [{ fields: [{ name: `f${index}`, type: 'string', values: [`v${index}`] }] }]
    const queries = [query('A', { conformance: { delayMs: 200, frames } })]
    const { responses } = await started.client.unary(Data.method.queryData, { queries })
    expect(decode(responses['A'])).toMatchObject([{ fields: [{ name: `f${index}`, values: [`v${index}`] }] }])
  })
  await Promise.all(calls)
  expect(performance.now() - before).toBeLessThan(3000)
})

test('an encoder that is replaced is used by queryData', async () => {
  await using started = await startReference({
    ...reference,
    data: { ...reference.data, encodeFrame: () => Buffer.from('not a frame') },
  })
  const { responses } = await started.client.unary(Data.method.queryData, { queries: [query('A', {})] })
  expect(Buffer.from(responses['A']?.frames[0] ?? []).toString()).toBe('not a frame')
})

test('chunks add up to the answer of queryData, error included', async () => {
  await using started = await startReference()
  const values = Array.from({ length: 250 }, (_, index) => index)
  const frames = [{ fields: [{ name: 'n', type: 'int64', values }] }]
  const queries = [query('A', { conformance: { frames } }), query('B', { scenario: 'fail' }), query('C', {})]
  for (const format of [DataFrameFormat.ARROW, DataFrameFormat.JSON]) {
    const chunks = await started.client.all(Data.method.queryChunkedData, { queries, format })
    expect(chunks.every((chunk) => chunk.format === format)).toBe(true)
    const pieces = chunks.filter(({ refId }) => refId === 'A')
    expect(pieces.map(({ frameId, status: code }) => [frameId, code])).toEqual([
      ['0', 200],
      ['0', 200],
      ['0', 200],
    ])
    const rows = pieces.flatMap(({ frame }) =>
      format === DataFrameFormat.ARROW
        ? (readArrowFrame(frame).frame?.fields[0]?.values ?? [])
        : (JSON.parse(Buffer.from(frame).toString()) as { data: { values: number[][] } }).data.values[0]?.map(
            BigInt,
          ),
    )
    expect(rows).toEqual(values.map(BigInt))
    expect(chunks.filter(({ refId }) => refId === 'B').at(-1)).toMatchObject({
      error: 'The backend refused the query.',
      status: 502,
      errorSource: 'downstream',
      frameId: '',
    })
    expect(chunks.some(({ refId }) => refId === 'C')).toBe(true)
  }
})

test('JSON pieces after the first have data only and no line breaks', async () => {
  await using started = await startReference()
  const tricky = {
    name: '","data":{"\\',
    type: 'json',
    values: Array.from({ length: 101 }, () => ({ a: '\n}{"\\' })),
  }
  const queries = [query('A', { conformance: { frames: [{ fields: [tricky] }] } })]
  const chunks = await started.client.all(Data.method.queryChunkedData, {
    queries,
    format: DataFrameFormat.JSON,
  })
  const texts = chunks.map(({ frame }) => Buffer.from(frame).toString())
  expect(texts.map((text) => Object.keys(JSON.parse(text) as object))).toEqual([['schema', 'data'], ['data']])
  expect(texts.join('')).not.toMatch(/[\r\n]/)
})

test('the first chunk comes before the last query is answered', async () => {
  await using started = await startReference()
  const queries = [query('A', {}), query('B', { conformance: { delayMs: 60_000 } })]
  const stream = started.client.stream(Data.method.queryChunkedData, { queries })
  stream.on('error', () => {})
  const [first] = (await stream.take(1).toArray()) as { refId: string }[]
  expect(first?.refId).toBe('A')
})

test('a query that is cancelled ends with nothing but its call', async () => {
  await using started = await startReference()
  const stream = started.client.stream(Data.method.queryChunkedData, {
    queries: [query('A', { conformance: { delayMs: 60_000 } })],
  })
  const ended = new Promise((resolve) => {
    stream.on('error', resolve)
  })
  stream.resume().cancel()
  expect(await ended).toMatchObject({ code: status.CANCELLED })
  const { responses } = await started.client.unary(
    Data.method.queryData,
    { queries: [query('A', {})] },
    { metadata: new Metadata() },
  )
  expect(responses['A']).toMatchObject({ status: 200 })
})

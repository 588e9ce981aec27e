import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'

import { createCallSpans, noCallSpans } from './call-spans.ts'
import type { CallSpans } from './call-spans.ts'

const METHOD = '/pluginv2.Data/QueryData'
const SUCCESS = { code: 0, details: '' }

/** W3C trace context, version 00: ids in lower-case hexadecimal that are not all zero. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-(0[01])$/

function parentOf(spans: CallSpans): RegExpExecArray {
  const [[name, value] = ['', '']] = spans.start(METHOD).metadata
  expect(name).toBe('traceparent')
  const parsed = TRACEPARENT.exec(value)
  if (parsed === null) throw new Error(`no W3C traceparent: ${value}`)
  return parsed
}

test('every call has a valid traceparent with ids of its own', () => {
  const spans = createCallSpans()
  const parents = Array.from({ length: 1_000 }, () => parentOf(spans))
  expect(new Set(parents.map(([, trace]) => trace)).size).toBe(1_000)
  expect(new Set(parents.map(([, , span]) => span)).size).toBe(1_000)
})

test('calls are sampled unless told otherwise', () => {
  expect(parentOf(createCallSpans())[3]).toBe('01')
  expect(parentOf(createCallSpans({ sampled: true }))[3]).toBe('01')
})

test('an unsampled call still has ids, flag 00, and no span', () => {
  const exporter = new InMemorySpanExporter()
  const spans = createCallSpans({ sampled: false, processors: [new SimpleSpanProcessor(exporter)] })
  expect(parentOf(spans)[3]).toBe('00')
  spans.start(METHOD).end(SUCCESS)
  expect(exporter.getFinishedSpans()).toEqual([])
})

test("the span is a client's, named after service and method, with the ids that were sent", () => {
  const exporter = new InMemorySpanExporter()
  const call = createCallSpans({ processors: [new SimpleSpanProcessor(exporter)] }).start(METHOD)
  expect(exporter.getFinishedSpans()).toEqual([])
  call.end(SUCCESS)
  const [span] = exporter.getFinishedSpans()
  expect(span).toMatchObject({
    name: 'pluginv2.Data/QueryData',
    kind: SpanKind.CLIENT,
    attributes: { 'rpc.grpc.status_code': 0 },
    status: { code: SpanStatusCode.UNSET },
  })
  expect(span?.parentSpanContext).toBeUndefined()
  const { traceId, spanId } = span?.spanContext() ?? {}
  expect(call.metadata).toEqual([['traceparent', `00-${traceId}-${spanId}-01`]])
})

test('a call that fails ends in a span with an error', () => {
  const exporter = new InMemorySpanExporter()
  const spans = createCallSpans({ processors: [new SimpleSpanProcessor(exporter)] })
  spans.start(METHOD).end({ code: 2, details: 'boom' })
  expect(exporter.getFinishedSpans()[0]).toMatchObject({
    attributes: { 'rpc.grpc.status_code': 2 },
    status: { code: SpanStatusCode.ERROR, message: 'boom' },
  })
})

test('without tracing nothing is sent', () => {
  const call = noCallSpans.start(METHOD)
  expect(call.metadata).toEqual([])
  call.end(SUCCESS)
})

import type { DescMethod } from '@bufbuild/protobuf'
import { Metadata, status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'

import {
  AdmissionControl,
  Data,
  Diagnostics,
  Resource,
  ResourceConversion,
  Stream,
} from '../proto/gen/grafana/backend_pb.js'
import { reference } from './reference.ts'
import { startReference } from './testing/start-reference.ts'

const GARBAGE = new Uint8Array([0xff, 0xff, 0xff, 0xff])

const UNARY: readonly DescMethod[] = [
  Data.method.queryData,
  Diagnostics.method.checkHealth,
  Diagnostics.method.collectMetrics,
  Stream.method.subscribeStream,
  Stream.method.publishStream,
  AdmissionControl.method.validateAdmission,
  AdmissionControl.method.mutateAdmission,
  ResourceConversion.method.convertObjects,
]

const STREAMING: readonly DescMethod[] = [
  Data.method.queryChunkedData,
  Resource.method.callResource,
  Stream.method.runStream,
]

test.each(UNARY)('bytes that are no $input.typeName fail that call only', async (method) => {
  await using started = await startReference()
  const call = started.client.unary(method, {}, { raw: GARBAGE })
  await expect(call).rejects.toMatchObject({ code: status.INTERNAL })
  await started.client.unary(Diagnostics.method.collectMetrics, {})
})

test.each(STREAMING)('bytes that are no $input.typeName fail that stream only', async (method) => {
  await using started = await startReference()
  const call = started.client.all(method, {}, { raw: GARBAGE })
  await expect(call).rejects.toMatchObject({ code: status.INTERNAL })
  await started.client.unary(Diagnostics.method.collectMetrics, {})
})

test('unknown fields are skipped', async () => {
  await using started = await startReference()
  // Field 900, length-delimited, three bytes.
  const raw = new Uint8Array([0xa2, 0x38, 3, 1, 2, 3])
  expect(await started.client.unary(Data.method.queryData, {}, { raw })).toMatchObject({ responses: {} })
})

test('a request of almost 16 MiB is taken and a larger one refused on an intact connection', async () => {
  await using started = await startReference()
  const { client } = started
  const send = (bytes: number) =>
    client.all(Resource.method.callResource, { path: 'conformance/status/200', body: new Uint8Array(bytes) })
  expect((await send(16 * 1024 * 1024 - 200))[0]?.code).toBe(200)
  await expect(send(17 * 1024 * 1024)).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED })
  expect((await send(1))[0]?.code).toBe(200)
})

test('an answer of 32 MiB arrives', async () => {
  await using started = await startReference()
  const query = { refId: 'A', json: Buffer.from('{"conformance":{"bytes":33554432}}') }
  const response = await started.client.unary(Data.method.queryData, { queries: [query] })
  expect(response.responses['A']?.frames[0]?.length).toBeGreaterThan(33_554_432)
})

test('what a handler throws becomes the status of that call, short and on one line', async () => {
  await using started = await startReference({
    ...reference,
    diagnostics: {
      ...reference.diagnostics,
      async checkHealth() {
        throw new Error(`first line\n\ud800${'ü'.repeat(10_000)}`)
      },
    },
  })
  const error: unknown = await started.client
    .unary(Diagnostics.method.checkHealth, {})
    .catch((e: unknown) => e)
  expect(error).toMatchObject({
    code: status.INTERNAL,
    details: expect.stringMatching(/^the plugin failed: first line .ü{300,400}$/u),
  })
  await started.client.unary(Diagnostics.method.collectMetrics, {})
})

test('a deadline ends the call in time and stops its handler', async () => {
  const signals: AbortSignal[] = []
  await using started = await startReference({
    ...reference,
    data: {
      ...reference.data,
      queryData(request, call) {
        signals.push(call.signal)
        return reference.data.queryData(request, call)
      },
    },
  })
  const query = { refId: 'A', json: Buffer.from('{"conformance":{"delayMs":60000}}') }
  const call = started.client.unary(
    Data.method.queryData,
    { queries: [query] },
    { options: { deadline: Date.now() + 200 } },
  )
  await expect(call).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED })
  await expect.poll(() => signals[0]?.aborted).toBe(true)
})

test('a cancelled stream stops its handler', async () => {
  let stopped = false
  await using started = await startReference({
    ...reference,
    stream: {
      ...reference.stream,
      async *runStream(request, call) {
        try {
          yield* reference.stream.runStream(request, call)
        } finally {
          stopped = true
        }
      },
    },
  })
  const stream = started.client.stream(Stream.method.runStream, { path: 'tick/10' })
  stream.on('error', () => {})
  stream.once('data', () => stream.cancel())
  await expect.poll(() => stopped).toBe(true)
})

test('a call may be refused by its metadata', async () => {
  await using started = await startReference({
    ...reference,
    transport: {
      ...reference.transport,
      refusal: ({ metadata, authority }) =>
        metadata.get('x-evil').length > 0 && authority.startsWith('127.0.0.1')
          ? { code: status.PERMISSION_DENIED, details: 'no' }
          : null,
    },
  })
  const metadata = new Metadata()
  metadata.set('x-evil', '1')
  const { client } = started
  await expect(client.unary(Diagnostics.method.collectMetrics, {}, { metadata })).rejects.toMatchObject({
    code: status.PERMISSION_DENIED,
  })
  await client.unary(Diagnostics.method.collectMetrics, {})
})

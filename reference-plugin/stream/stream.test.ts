import { once } from 'node:events'

import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'

import { readJsonFrame } from '../../host/frames/read-json.ts'
import {
  PublishStreamResponse_Status as Publish,
  SubscribeStreamResponse_Status as Subscribe,
  Stream,
} from '../../proto/gen/grafana/backend_pb.js'
import type { StreamPacket } from '../../proto/gen/grafana/backend_pb.js'
import { startReference } from '../testing/start-reference.ts'
import type { Started } from '../testing/start-reference.ts'

const script = (conformance: unknown) => Buffer.from(JSON.stringify({ conformance }))
const parse = ({ data }: StreamPacket): unknown => JSON.parse(Buffer.from(data).toString())

async function packets({ client }: Started, request: { path: string; data?: Uint8Array }, count: number) {
  const stream = client.stream(Stream.method.runStream, request)
  stream.on('error', () => {})
  return (await stream.take(count).toArray()) as StreamPacket[]
}

test.each(['', 'nothing', 'tick/', 'tick/x', 'tock', 'conformance', 'conformance/', '../tick'])(
  'the path %j is unknown',
  async (path) => {
    await using started = await startReference()
    const answer = await started.client.unary(Stream.method.subscribeStream, { path })
    expect(answer.status).toBe(Subscribe.NOT_FOUND)
    await expect(started.client.all(Stream.method.runStream, { path })).rejects.toMatchObject({
      code: status.NOT_FOUND,
    })
  },
)

test('a subscriber of tick gets the schema, then a packet with schema, then data only', async () => {
  await using started = await startReference()
  const answer = await started.client.unary(Stream.method.subscribeStream, { path: 'tick' })
  expect(answer.status).toBe(Subscribe.OK)
  expect(readJsonFrame(answer.data)).toMatchObject({
    findings: [],
    frame: { fields: [{ name: 'time' }, { name: 'value' }] },
  })

  const received = await packets(started, { path: 'tick/10' }, 3)
  expect(received.map((packet) => Object.keys(parse(packet) as object))).toEqual([
    ['schema', 'data'],
    ['data'],
    ['data'],
  ])
  for (const packet of received)
    expect(parse(packet)).toMatchObject({ data: { values: [{ length: 1 }, { length: 1 }] } })
})

test.each(['', 'null', '{}', 'xyz', '{"conformance":5}'])(
  'subscription data %j is no trouble',
  async (text) => {
    await using started = await startReference()
    const request = { path: 'conformance/x', data: Buffer.from(text) }
    const answer = await started.client.unary(Stream.method.subscribeStream, request)
    expect(answer.status).toBe(Subscribe.OK)
    expect(await packets(started, request, 1)).toHaveLength(1)
  },
)

test('a script decides packets and end', async () => {
  await using started = await startReference()
  const { client } = started
  const said = [5, null, { a: 'ü' }, []]
  const data = script({ packets: said, intervalMs: 1, end: 'ok' })
  const request = { path: 'conformance/x', data }
  expect((await client.unary(Stream.method.subscribeStream, request)).data.length).toBe(0)
  expect((await client.all(Stream.method.runStream, request)).map(parse)).toEqual(said)

  const failing = client.stream(Stream.method.runStream, {
    path: 'conformance/x',
    data: script({ frames: 0, end: 'error' }),
  })
  const [error] = await once(failing.resume(), 'error')
  expect(error).toMatchObject({ code: status.INTERNAL })
})

test('without initial data every packet repeats the schema', async () => {
  await using started = await startReference()
  const data = script({ frames: 2, intervalMs: 1, initial: 'none' })
  const request = { path: 'conformance/x', data }
  expect((await started.client.unary(Stream.method.subscribeStream, request)).data.length).toBe(0)
  for (const packet of await packets(started, request, 2)) expect(parse(packet)).toHaveProperty('schema')
})

test('the same path runs again at once, twenty times', async () => {
  await using started = await startReference()
  for (let round = 0; round < 20; round += 1) {
    expect(await packets(started, { path: 'tick/10' }, 1)).toHaveLength(1)
  }
})

test('only one channel can be published to', async () => {
  await using started = await startReference()
  const publish = (path: string, text: string) =>
    started.client.unary(Stream.method.publishStream, { path, data: Buffer.from(text) })
  const answer = await publish('conformance/publish', ' {"a": 1}')
  expect(answer.status).toBe(Publish.OK)
  expect(Buffer.from(answer.data).toString()).toBe(' {"a": 1}')
  expect((await publish('conformance/publish', '{')).status).toBe(Publish.PERMISSION_DENIED)
  expect((await publish('tick', '{}')).status).toBe(Publish.PERMISSION_DENIED)
})

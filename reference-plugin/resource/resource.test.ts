import { createHash } from 'node:crypto'

import { Metadata, status } from '@grpc/grpc-js'
import type { MessageInitShape } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import { Resource } from '../../proto/gen/grafana/backend_pb.js'
import type { CallResourceRequestSchema } from '../../proto/gen/grafana/backend_pb.js'
import { startReference } from '../testing/start-reference.ts'
import type { Started } from '../testing/start-reference.ts'

async function ask(
  { client }: Started,
  request: MessageInitShape<typeof CallResourceRequestSchema>,
  tenant?: string,
) {
  const metadata = new Metadata()
  if (tenant !== undefined) metadata.set('tenantid', tenant)
  const messages = await client.all(Resource.method.callResource, { method: 'GET', ...request }, { metadata })
  const body = Buffer.concat(messages.map((message) => message.body))
  const json = (): unknown => JSON.parse(body.toString())
  return { messages, code: messages[0]?.code, headers: messages[0]?.headers ?? {}, body, json }
}

test('the path routes and the url has the query string', async () => {
  await using started = await startReference()
  for (const url of ['items?limit=2', './items?limit=2', '/api/plugins/x/resources/items?limit=2']) {
    const { code, headers, json } = await ask(started, { path: 'items', url })
    expect(code).toBe(200)
    expect(headers['Content-Type']?.values).toEqual(['application/json'])
    expect(json()).toEqual({
      items: [
        { id: 1, name: 'item 1' },
        { id: 2, name: 'item 2' },
      ],
    })
  }
})

test.each([
  [{ path: 'items', url: 'items?limit=many' }, 400],
  [{ path: 'items', method: 'POST' }, 405],
  [{ path: '' }, 404],
  [{ path: 'nothing' }, 404],
  [{ path: 'k:v/x', url: './k:v/x' }, 404],
  [{ path: '../../../etc/passwd' }, 404],
  [{ path: 'a//b%2f..\0' }, 404],
  [{ path: 'conformance/nothing' }, 404],
  [{ path: 'conformance/' }, 404],
  [{ path: 'conformance/status/99' }, 400],
  [{ path: 'conformance/status/x' }, 400],
  [{ path: 'conformance/bytes/-1' }, 400],
])('an HTTP error is a message, not a gRPC error: %j', async (request, expected) => {
  await using started = await startReference()
  const { code, json } = await ask(started, request)
  expect(code).toBe(expected)
  expect(json()).toMatchObject({ message: expect.stringMatching(/./) })
})

test('the contract can be recognised', async () => {
  await using started = await startReference()
  expect((await ask(started, { path: 'conformance/contract' })).json()).toEqual({ conformance: 1 })
})

test.each(['echo', 'conformance/echo'])('%s shows the request as it arrived', async (path) => {
  await using started = await startReference()
  const body = new Uint8Array([0, 255, 10])
  const headers = { 'X-Test': { values: ['one', 'two'] } }
  const { json } = await ask(started, { path, url: `${path}?a=b`, method: 'PATCH', headers, body })
  expect(json()).toEqual({
    method: 'PATCH',
    path,
    url: `${path}?a=b`,
    headers: { 'X-Test': ['one', 'two'] },
    body: 'AP8K',
    sha256: createHash('sha256').update(body).digest('hex'),
    length: 3,
  })
})

test.each([200, 204, 301, 304, 404, 500, 599])(
  'status %i comes in the first of at least one message',
  async (code) => {
    await using started = await startReference()
    const answer = await ask(started, { path: `conformance/status/${code}` })
    expect(answer.code).toBe(code)
    expect(answer.body.toString()).toBe(code === 204 || code === 304 ? '' : `{"status":${code}}`)
  },
)

test('ten mebibytes arrive in pieces, in order and complete', async () => {
  await using started = await startReference()
  const { messages, body } = await ask(started, { path: 'conformance/bytes/10485761' })
  expect(messages).toHaveLength(11)
  expect(body.length).toBe(10_485_761)
  expect(body.every((byte, index) => byte === index % 251)).toBe(true)
})

test('no bytes are one message', async () => {
  await using started = await startReference()
  expect((await ask(started, { path: 'conformance/bytes/0' })).messages).toHaveLength(1)
})

test('chunks come one by one', async () => {
  await using started = await startReference()
  const arrivals: number[] = []
  const stream = started.client.stream(Resource.method.callResource, { path: 'conformance/chunks/3/100' })
  for await (const _ of stream) arrivals.push(performance.now())
  expect(arrivals).toHaveLength(3)
  expect((arrivals[2] ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(150)
})

test('hold begins at once and ends when it is cancelled', async () => {
  await using started = await startReference()
  const stream = started.client.stream(Resource.method.callResource, { path: 'conformance/hold' })
  const error = new Promise((resolve) => {
    stream.on('error', resolve)
  })
  stream.once('data', (message: { body: Uint8Array }) => {
    expect(Buffer.from(message.body).toString()).toBe('holding\n')
    stream.cancel()
  })
  expect(await error).toMatchObject({ code: status.CANCELLED })
})

test('a panic is an error of its call only', async () => {
  await using started = await startReference()
  await expect(ask(started, { path: 'conformance/panic' })).rejects.toMatchObject({ code: status.INTERNAL })
  expect((await ask(started, { path: 'items' })).code).toBe(200)
})

const SOURCE = {
  id: 1n,
  uid: 'u1',
  name: 'one',
  jsonData: Buffer.from('{"a":1}'),
  lastUpdatedMS: -6795364578871n,
  decryptedSecureJsonData: { token: 'CANARY', password: 'CANARY' },
}

test('the context is shown without a secret', async () => {
  await using started = await startReference()
  const { body, json } = await ask(started, {
    path: 'conformance/context',
    pluginContext: {
      orgId: 1n,
      pluginId: 'p',
      dataSourceInstanceSettings: SOURCE,
      grafanaConfig: { GF_APP_URL: 'http://x', GF_PLUGIN_APP_CLIENT_SECRET: 'CANARY' },
    },
  })
  expect(body.includes('CANARY')).toBe(false)
  expect(json()).toMatchObject({
    orgId: '1',
    pluginId: 'p',
    user: null,
    appInstanceSettings: null,
    dataSourceInstanceSettings: {
      id: '1',
      uid: 'u1',
      lastUpdatedMS: '-6795364578871',
      jsonData: 'eyJhIjoxfQ==',
      secretKeys: ['password', 'token'],
    },
    grafanaConfig: { GF_APP_URL: 'http://x' },
    grafanaConfigSecretKeys: ['GF_PLUGIN_APP_CLIENT_SECRET'],
  })
})

test('an instance lives as long as its settings, its configuration and its tenant', async () => {
  await using started = await startReference()
  const look = async (source: object, config: Record<string, string> = {}, tenant?: string) => {
    const pluginContext = {
      orgId: 1n,
      dataSourceInstanceSettings: { ...SOURCE, ...source },
      grafanaConfig: config,
    }
    const { json } = await ask(started, { path: 'conformance/instance', pluginContext }, tenant)
    return json() as { instance: number; jsonData: unknown; secretKeys: string[] }
  }
  const first = await look({})
  expect(first).toMatchObject({
    uid: 'u1',
    name: 'one',
    jsonData: { a: 1 },
    secretKeys: ['password', 'token'],
  })
  expect(await look({})).toEqual(first)

  const newer = await look({ lastUpdatedMS: 5n, jsonData: Buffer.from('{"a":2}') })
  expect(newer.jsonData).toEqual({ a: 2 })
  expect(newer.instance).not.toBe(first.instance)

  const configured = await look({ lastUpdatedMS: 5n }, { x: '1', y: '2' })
  expect(configured.instance).not.toBe(newer.instance)
  expect((await look({ lastUpdatedMS: 5n }, { y: '2', x: '1' })).instance).toBe(configured.instance)

  const tenant = await look({ jsonData: Buffer.from('{"a":3}') }, {}, 'other')
  expect(tenant.jsonData).toEqual({ a: 3 })
  const neighbour = await look({ id: 2n, uid: 'u2', jsonData: Buffer.from('null') })
  expect(neighbour.jsonData).toEqual({})
  expect(new Set([first, newer, configured, tenant, neighbour].map(({ instance }) => instance)).size).toBe(5)
})

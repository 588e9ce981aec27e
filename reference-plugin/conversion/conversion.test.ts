import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'

import { ResourceConversion } from '../../proto/gen/grafana/backend_pb.js'
import { startReference } from '../testing/start-reference.ts'
import type { Started } from '../testing/start-reference.ts'

const TYPE = 'application/json'

async function convert({ client }: Started, ...objects: unknown[]) {
  const raw = objects.map((object) => ({ raw: Buffer.from(JSON.stringify(object)), contentType: TYPE }))
  const answer = await client.unary(ResourceConversion.method.convertObjects, { uid: 'u', objects: raw })
  expect(answer.uid).toBe('u')
  expect(answer.objects.every(({ contentType }) => contentType === TYPE)).toBe(true)
  return answer.objects.map((object): unknown => JSON.parse(Buffer.from(object.raw).toString()))
}

test('queries come out flat, in order and in today’s form', async () => {
  await using started = await startReference()
  const converted = await convert(
    started,
    {
      from: 'a',
      to: 'b',
      queries: [
        { refId: 'A', kind: 'table' },
        { refId: 'B', scenario: 'logs' },
      ],
    },
    { queries: [{ refId: 'C' }] },
  )
  expect(converted).toEqual([
    { refId: 'A', scenario: 'table' },
    { refId: 'B', scenario: 'logs' },
    { refId: 'C' },
  ])
  expect(await convert(started, ...converted)).toEqual(converted)
  expect(await convert(started, { queries: converted })).toEqual(converted)
})

test('nothing to convert is nothing converted', async () => {
  await using started = await startReference()
  expect(await convert(started)).toEqual([])
  expect(await convert(started, { queries: [] })).toEqual([])
})

test.each([
  { raw: Buffer.from('{}'), contentType: 'application/x-unknown' },
  { raw: Buffer.from('{'), contentType: TYPE },
  { raw: Buffer.from('[]'), contentType: TYPE },
  { raw: Buffer.from('{"queries":5}'), contentType: TYPE },
  { raw: Buffer.from('{"queries":[5]}'), contentType: TYPE },
])('what can not be converted fails the call: %#', async (object) => {
  await using started = await startReference()
  const call = started.client.unary(ResourceConversion.method.convertObjects, { objects: [object] })
  await expect(call).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
})

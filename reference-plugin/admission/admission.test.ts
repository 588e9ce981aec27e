import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import { AdmissionControl, DataSourceInstanceSettingsSchema } from '../../proto/gen/grafana/backend_pb.js'
import { startReference } from '../testing/start-reference.ts'

const KIND = { group: 'grafana-plugin-sdk-go', version: 'v0alpha1', kind: 'DataSourceInstanceSettings' }

function settings(jsonData: string, url = 'http://x') {
  const message = create(DataSourceInstanceSettingsSchema, { uid: 'u', url, jsonData: Buffer.from(jsonData) })
  return toBinary(DataSourceInstanceSettingsSchema, message)
}

test('usable settings are allowed, and come back complete', async () => {
  await using started = await startReference()
  const { client } = started
  for (const jsonData of ['', '{}', '{"a":1}']) {
    const request = { kind: KIND, objectBytes: settings(jsonData) }
    expect((await client.unary(AdmissionControl.method.validateAdmission, request)).allowed).toBe(true)
    const mutated = await client.unary(AdmissionControl.method.mutateAdmission, request)
    expect(mutated.allowed).toBe(true)
    expect(Buffer.compare(mutated.objectBytes, request.objectBytes)).toBe(0)
  }
})

test('mutation trims the url once and for all', async () => {
  await using started = await startReference()
  const mutate = async (objectBytes: Uint8Array) =>
    (await started.client.unary(AdmissionControl.method.mutateAdmission, { kind: KIND, objectBytes }))
      .objectBytes
  const once = await mutate(settings('{}', ' http://x '))
  expect(fromBinary(DataSourceInstanceSettingsSchema, once).url).toBe('http://x')
  expect(await mutate(once)).toEqual(once)
})

test.each([
  { kind: KIND, objectBytes: settings('[]') },
  { kind: KIND, objectBytes: new Uint8Array([0xff]) },
  { kind: { ...KIND, kind: 'Other' }, objectBytes: Buffer.from('{}') },
  { kind: { ...KIND, group: 'other' }, objectBytes: settings('{}') },
  {},
])('what can not be used is denied in words: %#', async (request) => {
  await using started = await startReference()
  for (const method of [
    AdmissionControl.method.validateAdmission,
    AdmissionControl.method.mutateAdmission,
  ] as const) {
    const answer = await started.client.unary<typeof method.input, typeof method.output>(method, request)
    expect(answer).toMatchObject({
      allowed: false,
      result: { status: 'Failure', message: expect.stringMatching(/^The /), reason: 'BadRequest', code: 400 },
    })
  }
})

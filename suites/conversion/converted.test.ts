import { create } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import { ConversionResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { ConversionResponse } from '../../proto/gen/grafana/backend_pb.js'
import { readConverted } from './converted.ts'

function answer(raw: string, contentType = 'application/json'): ConversionResponse {
  const objects = [{ raw: new TextEncoder().encode(raw), contentType }]
  return create(ConversionResponseSchema, { objects })
}

test('an object of JSON is a query', () => {
  expect(readConverted(answer('{"refId":"A"}'))).toEqual({ kind: 'queries', queries: [{ refId: 'A' }] })
})

test.each([
  ['another content type', answer('{}', 'application/json; charset=utf-8')],
  ['a list', answer('[{}]')],
  ['text', answer('hello')],
  ['no bytes', answer('')],
  ['the whole request', answer('{"queries":[]}')],
])('%s is none', (_, response) => {
  expect(readConverted(response).kind).toBe('fault')
})

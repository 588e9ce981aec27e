import { create, toBinary } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'

import { DataSourceInstanceSettingsSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DataSourceInstanceSettings } from '../../proto/gen/grafana/backend_pb.js'
import { readSettings, sameSettings } from './same-settings.ts'

function settings(jsonData: string, url = 'http://a'): DataSourceInstanceSettings {
  return create(DataSourceInstanceSettingsSchema, { url, jsonData: new TextEncoder().encode(jsonData) })
}

test('the spelling of jsonData does not matter', () => {
  expect(sameSettings(settings('{"a":1,"b":2}'), settings('{ "b": 2, "a": 1 }'))).toBe(true)
})

test.each([
  ['another value', settings('{"a":2}')],
  ['another url', settings('{"a":1}', 'http://b')],
  ['no jsonData', settings('')],
])('%s matters', (_, other) => {
  expect(sameSettings(settings('{"a":1}'), other)).toBe(false)
})

test('settings that were written are read, no bytes and JSON are none', () => {
  const bytes = toBinary(DataSourceInstanceSettingsSchema, settings('{}'))
  expect(readSettings(bytes)?.url).toBe('http://a')
  expect(readSettings(new Uint8Array())).toBeUndefined()
  expect(readSettings(new TextEncoder().encode('{"url":"http://a"}'))).toBeUndefined()
})

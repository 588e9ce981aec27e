import { expect, test } from 'vitest'

import { parseChannelId } from './channel-id.ts'

test('a channel has scope, namespace and a path that may have slashes', () => {
  expect(parseChannelId('ds/abc/tick/100')).toEqual({ scope: 'ds', namespace: 'abc', path: 'tick/100' })
})

test.each([
  ['ds/abc', 'fewer than three parts'],
  ['tick', 'fewer than three parts'],
  ['ds/abc/', 'fewer than three parts'],
  ['ds//tick', 'a scope or namespace with other characters'],
  ['ds/a b/tick', 'a scope or namespace with other characters'],
  ['ds/abc/ti?ck', 'a path with other characters'],
  [`ds/abc/${'x'.repeat(160)}`, '167 characters'],
])('%s is no channel', (text, fault) => {
  expect(parseChannelId(text)).toEqual({ fault })
})

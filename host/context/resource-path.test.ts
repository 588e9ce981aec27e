import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { resourcePath } from './resource-path.ts'

it.each([
  ['a%20b/c', 'x=1&x=2', 'a b/c', 'a%20b/c?x=1&x=2'],
  ['k:v/x', '', 'k:v/x', './k:v/x'],
  ['a/k:v', '', 'a/k:v', 'a/k:v'],
  ['', 'q', '', '?q'],
  ['a!b', '', 'a!b', 'a%21b'],
])('makes %j and %j the path %j and the url %j (RES-102)', (written, query, path, url) => {
  expect(resourcePath(written, query)).toEqual({ path, url })
})

it('encodes any path so that it decodes to what the plugin gets', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (path) => {
      // The slash keeps a slash of the path's own from being dropped.
      const { path: decoded, url } = resourcePath(`${encodeURIComponent(path)}/`, '')
      expect(decoded).toBe(path)
      expect(decodeURIComponent(url.replace(/^\.\/(?=[^/]*:)/, ''))).toBe(path)
    }),
  )
})

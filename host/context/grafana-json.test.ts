import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { grafanaJson } from './grafana-json.ts'

it('escapes what Go escapes and sorts keys by their bytes (DATA-103)', () => {
  expect(
    grafanaJson({ uni: 'é<>&\u2028', big: 9007199254740993n, exp: 1e21, a: [null, { z: 1, b: undefined }] }),
  ).toBe('{"a":[null,{"z":1}],"big":9007199254740993,"exp":1e+21,"uni":"é\\u003c\\u003e\\u0026\\u2028"}')
  // UTF-16 order would put the second key first.
  expect(grafanaJson({ '\u{1F600}': 1, '\uFF01': 2 })).toBe('{"\uFF01":2,"\u{1F600}":1}')
})

it('writes half a surrogate pair as the replacement character', () => {
  expect(grafanaJson('a\uD800b')).toBe('"a\uFFFDb"')
})

it('writes any JSON value so that it reads back the same', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const written = grafanaJson(JSON.parse(text))
      expect(written).not.toMatch(/[<>&\u2028\u2029]/)
      // JSON itself writes -0 as 0, and fc.json may contain half pairs.
      const wellFormed = JSON.stringify(JSON.parse(text)).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, '\uFFFD')
      expect(JSON.parse(written)).toEqual(JSON.parse(wellFormed))
    }),
  )
})

import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { parseJson, stringifyJson } from './json-text.ts'

it('means the same as JSON.parse', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
      const value: unknown = JSON.parse(text)
      const again: unknown = JSON.parse(stringifyJson(parseJson(JSON.stringify(value, null, indent))))
      expect(again).toEqual(value)
    }),
  )
})

it('keeps the spelling of numbers, the order of keys and repeated keys', () => {
  const text = '{"b":2.0,"a":9223372036854775807,"b":1e3,"c":-0}'
  expect(stringifyJson(parseJson(text))).toBe(text)
})

it('refuses what JSON.parse refuses', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      let valid = true
      try {
        JSON.parse(text)
      } catch {
        valid = false
      }
      if (valid) parseJson(text)
      else expect(() => parseJson(text)).toThrow(SyntaxError)
    }),
  )
})

it('survives the deepest nesting that a host reads', () => {
  const text = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  expect(stringifyJson(parseJson(text))).toBe(text)
})

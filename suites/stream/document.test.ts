import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { readDocument, showBytes } from './document.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test.each(['5', 'null', '"text"', ' {"a":1} ', '[]'])('%s is a document', (text) => {
  expect(readDocument(bytes(text)).kind).toBe('json')
})

test.each(['{"a":1}{"a":2}', '[1,]', 'NaN', '\u{FEFF}{}', 'hello'])('%s is none', (text) => {
  expect(readDocument(bytes(text)).kind).toBe('broken')
})

test('no bytes are not a broken document but none', () => {
  expect(readDocument(new Uint8Array())).toEqual({ kind: 'empty' })
})

test('bytes that are no UTF-8 pass inside a string, as they do in Go', () => {
  expect(readDocument(Uint8Array.of(0x22, 0xff, 0x22)).kind).toBe('json')
})

test('whatever JSON can say is a document', () => {
  fc.assert(fc.property(fc.json(), (text) => readDocument(bytes(text)).kind === 'json'))
})

test('any bytes can be read and shown in one short line', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (any) => {
      readDocument(any)
      expect(showBytes(any)).not.toContain('\n')
      expect(showBytes(any).length).toBeLessThan(300)
    }),
  )
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { keysWithoutText, knownKeys, readDetails } from './details.ts'

const read = (text: string) => readDetails(Buffer.from(text))

describe('jsonDetails', () => {
  test('may be nothing or null', () => {
    expect(read('')).toEqual({ kind: 'absent' })
    expect(read('null')).toEqual({ kind: 'absent' })
  })

  test('may be any JSON object, with white space around it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (members) => {
        expect(read(` ${JSON.stringify(members)}\n`).kind).toBe('object')
      }),
    )
  })

  test.each([
    ['[1]', 'a list: [1]'],
    ['"fine"', 'a string: "fine"'],
    ['1', 'a number: 1'],
    ['true', 'a boolean: true'],
    [' ', 'no JSON:  '],
    ['{"a":NaN}', 'no JSON: {"a":NaN}'],
    ['\ufeff{}', 'no JSON: \ufeff{}'],
  ])('can not be %j', (text, actual) => {
    expect(read(text)).toEqual({ kind: 'unusable', actual })
  })

  test('that are long are shown short', () => {
    expect(read(`[${'1,'.repeat(100)}1]`)).toMatchObject({ actual: expect.stringMatching(/^.{1,80}…$/) })
  })
})

test('known keys have to be texts, others may be anything', () => {
  const members = { message: 'fine', verboseMessage: 1, nodes: [1] }
  expect(knownKeys(members)).toEqual(['message', 'verboseMessage'])
  expect(keysWithoutText(members)).toEqual(['verboseMessage'])
})

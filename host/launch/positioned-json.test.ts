import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { plainValue, positionAt, readJson } from './positioned-json.ts'

function wholeValue(text: string): unknown {
  const outcome = readJson(text)
  if (outcome.kind === 'syntax-error') throw new SyntaxError(outcome.expected)
  if (/[^ \t\r\n]/.test(text.slice(outcome.end))) throw new SyntaxError('trailing text')
  return plainValue(outcome.node)
}

function result(read: () => unknown): unknown {
  try {
    return { value: read() }
  } catch {
    return 'refused'
  }
}

describe('readJson', () => {
  it('reads what JSON.parse reads, and gives the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        expect(wholeValue(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('agrees with JSON.parse about every damaged text', () => {
    const words = ['true', 'null', '"a"', '\\u00e9', '\u0001', '//', 'é']
    const pieces = fc.constantFrom(...Array.from('{}[]",:\\/ \n\t-+.0123eEu'), ...words)
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        expect(result(() => wholeValue(text))).toEqual(result((): unknown => JSON.parse(text)))
      }),
      { numRuns: 3000 },
    )
  })

  it('agrees with JSON.parse when one character of a document is lost', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, index) => {
        const at = index % text.length
        const damaged = text.slice(0, at) + text.slice(at + 1)
        expect(result(() => wholeValue(damaged))).toEqual(result((): unknown => JSON.parse(damaged)))
      }),
    )
  })

  it('points at the character that is wrong', () => {
    expect(readJson('{"a": 1,}')).toEqual({
      kind: 'syntax-error',
      offset: 8,
      expected: 'a key in double quotes',
      found: '}',
    })
    expect(readJson('{"a": // why')).toMatchObject({ offset: 6, found: 'a comment' })
    expect(readJson('{"a": "b\n"}')).toMatchObject({ offset: 8, found: 'the end of the line' })
    expect(readJson('{')).toMatchObject({ offset: 1, found: 'the end of the file' })
  })

  it('refuses absurd nesting instead of exhausting the stack', () => {
    expect(readJson('['.repeat(100_000)).kind).toBe('syntax-error')
  })

  it('stops after the first value, as the decoder of Grafana does', () => {
    expect(readJson('{} rest')).toMatchObject({ kind: 'value', end: 2 })
  })
})

describe('positionAt', () => {
  it('counts lines and columns from one, whatever ends the lines', () => {
    expect(positionAt('ab', 0)).toEqual({ line: 1, column: 1 })
    expect(positionAt('a\nbc', 3)).toEqual({ line: 2, column: 2 })
    expect(positionAt('a\r\nb\r\nc', 6)).toEqual({ line: 3, column: 1 })
  })
})

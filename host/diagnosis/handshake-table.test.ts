import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseHandshake } from '../handshake/parse-handshake.ts'
import { handshakeTable } from './handshake-table.ts'

/** The verdicts, field by field. */
function verdicts(line: string): readonly (string | undefined)[] {
  return (handshakeTable(line)?.rows ?? []).slice(1).map((row) => row.at(-1))
}

describe('a handshake as a table', () => {
  test.each([
    ['1|2|tcp|127.0.0.1:5|grpc', ['ok', 'ok', 'ok', 'ok', 'ok']],
    ['1|2|unix|/tmp/p|grpc|', ['ok', 'ok', 'ok', 'ok', 'ok', 'ok']],
    ['1|1|TCP|5', ['ok', 'wrong', 'wrong', 'wrong', 'missing']],
    ['2|2|tcp|127.0.0.1:5|GRPC', ['wrong', 'ok', 'ok', 'ok', 'wrong']],
    [
      '1|2|tcp|127.0.0.1:5|grpc|short|true',
      ['ok', 'ok', 'ok', 'ok', 'ok', 'ignored', 'not asked for, ignored'],
    ],
    [`1|2|tcp|127.0.0.1:5|grpc|${'!'.repeat(60)}`, ['ok', 'ok', 'ok', 'ok', 'ok', 'wrong']],
  ])('judges each field of %s on its own', (line, expected) => {
    expect(verdicts(line)).toEqual(expected)
  })

  test('is made only of what has fields', () => {
    expect(handshakeTable('Starting my plugin')).toBeUndefined()
    expect(handshakeTable('a|b')).toBeUndefined()
  })

  test('shows what is missing and what is empty', () => {
    const rows = handshakeTable('1|2|unix|')?.rows ?? []
    expect(rows.map((row) => row[2])).toEqual(['value', '1', '2', 'unix', '(empty)', '(missing)'])
  })

  test('finds something wrong in whatever is refused, and nothing in whatever is accepted', () => {
    const field = fc.constantFrom('1', '2', 'tcp', 'unix', '127.0.0.1:5', '/tmp/p', 'grpc', '', 'x')
    fc.assert(
      fc.property(fc.array(field, { minLength: 3, maxLength: 7 }), (fields) => {
        const line = fields.join('|')
        const isBad = verdicts(line).some((verdict) => verdict === 'wrong' || verdict === 'missing')
        expect(isBad).toBe(parseHandshake(line).kind === 'refused')
      }),
    )
  })
})

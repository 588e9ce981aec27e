import { parseHandshake } from '../handshake/parse-handshake.ts'
import type { Exhibit } from './diagnosis.ts'

/** What each field of a handshake is, as people would say it (LIFE-043 to LIFE-049). */
const fields: ReadonlyArray<readonly [name: string, expected: string]> = [
  ['core version', '1'],
  ['app version', '2'],
  ['network', 'tcp or unix'],
  ['address', 'host:port, or the path of a socket'],
  ['protocol', 'grpc'],
  ['certificate', 'nothing'],
  ['multiplexing', 'nothing'],
]

/** Fields that a plugin may leave out. */
const OPTIONAL_FROM = 6

/**
 * A handshake line as a table: each field with its value, what is expected there, and a verdict.
 *
 * Each field is judged on its own, with right ones in the other places, so that one mistake hides no other.
 * A text without bars is no line to take apart.
 */
export function handshakeTable(line: string): Exhibit | undefined {
  const values = line.replace(/\r$/, '').split('|')
  if (values.length < 3) return undefined
  const rows = fields.flatMap(([name, expected], index) => {
    const value = values[index]
    const number = index + 1
    if (value === undefined && number >= OPTIONAL_FROM) return []
    return [[String(number), name, shown(value), expected, verdict(values, index)]]
  })
  return {
    title: 'handshake, field by field',
    rows: [['', 'field', 'value', 'expected', ''], ...rows],
  }
}

/** Longer values would break the table; certificates are. */
const SHOWN = 28

function shown(value: string | undefined): string {
  if (value === undefined) return '(missing)'
  if (value === '') return '(empty)'
  const quoted = /^[\x21-\x7e]+$/.test(value) ? value : JSON.stringify(value)
  return quoted.length > SHOWN ? `${quoted.slice(0, SHOWN - 1)}…` : quoted
}

const right = ['1', '2', 'tcp', '127.0.0.1:1', 'grpc', '', ''] as const

function verdict(values: readonly string[], index: number): string {
  const value = values[index]
  if (value === undefined) return 'missing'
  // Whether an address is one depends on the network before it.
  const network = values[2] === 'unix' ? 'unix' : 'tcp'
  const alone = right.map((good, at) => (at === 2 && index === 3 ? network : at === index ? value : good))
  if (index === 6 && value !== '') return 'not asked for, ignored'
  const result = parseHandshake(alone.slice(0, Math.max(5, index + 1)).join('|'))
  if (result.kind === 'accepted') return index === 5 && value !== '' ? 'ignored' : 'ok'
  return 'wrong'
}

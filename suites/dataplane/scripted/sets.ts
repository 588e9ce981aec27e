import type { Field, Frame } from '../../../host/frames/frame.ts'
import { column, times } from './columns.ts'

/** A frame that declares a contract type. */
function typed(name: string, type: string, fields: readonly Field[]): Frame {
  return { name, refId: '', meta: { type, typeVersion: [0, 1] }, fields }
}

const minutes = [0, 1, 2]
const hosts = ['a', 'b'] as const

/** Answers of every contract type, by refId; the items of each differ in their labels, as alerting wants it (ALERT-010). */
export const setAnswers: Readonly<Record<string, readonly Frame[]>> = {
  wide: [
    typed('wide series', 'timeseries-wide', [
      times('time', minutes),
      ...hosts.map((host) => column('cpu', 'float64', [1, 2.5, 3], { host })),
    ]),
    // What declares no type is remainder (PLANE-008).
    { name: 'remainder', refId: '', fields: [column('note', 'string', ['cut'])] },
  ],
  'wide-of-booleans': [
    typed('wide booleans', 'timeseries-wide', [
      times('time', minutes),
      column('up', 'bool', [true, false, true], { host: 'a' }),
    ]),
  ],
  multi: hosts.map((host, index) =>
    typed(`series of ${host}`, 'timeseries-multi', [
      times('time', index === 0 ? minutes : [0, 5]),
      column('cpu', 'int64', index === 0 ? [1n, 2n, 3n] : [4n, 5n], { host }),
    ]),
  ),
  long: [
    typed('long series', 'timeseries-long', [
      times('time', [0, 0, 1, 1]),
      column('host', 'string', ['a', 'b', 'a', 'b']),
      column('zone', 'string', ['x', 'x', 'x', 'x']),
      column('cpu', 'float64', [1, 2, 3, 4]),
    ]),
  ],
  'numeric-wide': [
    typed(
      'wide numbers',
      'numeric-wide',
      hosts.map((host) => column('cpu', 'float64', [1.5], { host })),
    ),
  ],
  'numeric-multi': hosts.map((host) =>
    typed(`number of ${host}`, 'numeric-multi', [column('cpu', 'float64', [2.5], { host })]),
  ),
  'numeric-long': [
    typed('long numbers', 'numeric-long', [
      column('host', 'string', ['a', 'b']),
      column('zone', 'string', ['x', 'x']),
      column('cpu', 'float64', [1, 2]),
    ]),
  ],
  'no-data': [typed('no data', 'timeseries-multi', [])],
  'no-values': [
    typed('no values', 'timeseries-multi', [times('time', []), column('cpu', 'float64', [], { host: 'a' })]),
  ],
}

import type { Field } from '../../host/frames/frame.ts'
import type { TimeGrid } from './time-grid.ts'

const HOSTS = ['a', 'b'] as const

/** The rows of a table, however long the range. */
const TABLE_ROWS = 10

/** A time field; never nullable, because readers of time series accept no other (PLANE-012). */
export function timeField(name: string, times: TimeGrid): Field {
  return { name, type: 'time', nullable: false, values: times }
}

/** One series for each host: equal names, told apart by their labels (PLANE-004). */
export function valueFields(times: TimeGrid): readonly Field[] {
  return HOSTS.map((host, index) => ({
    name: 'value',
    type: 'float64',
    nullable: false,
    labels: { host },
    values: times.map((at) => sample(at, index)),
  }))
}

/** The same series one below the other, told apart by a string column (PLANE-017). */
export function longFields(times: TimeGrid): readonly Field[] {
  const rows = times.flatMap((at) => HOSTS.map((host, index) => ({ at, host, value: sample(at, index) })))
  return [
    timeField(
      'time',
      rows.map(({ at }) => at),
    ),
    { name: 'host', type: 'string', nullable: false, values: rows.map(({ host }) => host) },
    { name: 'value', type: 'float64', nullable: false, values: rows.map(({ value }) => value) },
  ]
}

/** A few columns of different types, one of them with nulls. */
export function tableFields(times: TimeGrid): readonly Field[] {
  const rows = times.slice(0, TABLE_ROWS)
  return [
    timeField('seen', rows),
    { name: 'name', type: 'string', nullable: false, values: rows.map((_, row) => `item ${row}`) },
    { name: 'count', type: 'int64', nullable: false, values: rows.map((_, row) => BigInt(row * row)) },
    {
      name: 'ratio',
      type: 'float64',
      nullable: true,
      values: rows.map((_, row) => (row % 3 === 2 ? null : row / 8)),
    },
    { name: 'active', type: 'bool', nullable: false, values: rows.map((_, row) => row % 2 === 0) },
  ]
}

/** A value that depends on the instant and the series and on nothing else, between 0 and 60. */
function sample(at: bigint, series: number): number {
  const second = Number((at / 1_000_000_000n) % 60n)
  return (Math.abs(second) + series * 15) % 60
}

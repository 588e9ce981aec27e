import type { Field, Frame } from '../../../host/frames/frame.ts'

const MINUTE = 60_000_000_000n
const START = 1_700_000_000_000_000_000n

/** Two series of one name, told apart by labels, with everything that a field can be configured with. */
export const labelledSeries: Frame = {
  name: 'labelled series',
  refId: '',
  fields: [
    times(4),
    {
      name: 'load',
      type: 'float64',
      nullable: true,
      labels: { host: 'a', zone: 'é' },
      config: {
        displayNameFromDS: 'load of a',
        description: 'How busy it is',
        unit: 'percent',
        decimals: 2,
        min: 0,
        max: 100,
        interval: 60_000,
        filterable: true,
        color: { mode: 'fixed', fixedColor: 'red' },
        custom: { drawStyle: 'bars' },
        links: [{ title: 'More', url: 'https://example.com/a' }],
        thresholds: {
          mode: 'absolute',
          steps: [
            { value: null, color: 'green' },
            { value: 80, color: 'red' },
          ],
        },
        mappings: [
          { type: 'value', options: { '0': { text: 'idle', color: 'blue' } } },
          { type: 'range', options: { from: 1, to: 2, result: { text: 'low' } } },
          { type: 'special', options: { match: 'null', result: { text: 'none' } } },
        ],
      },
      values: [1.5, null, 3, 99.9],
    },
    { name: 'load', type: 'float64', nullable: false, labels: { host: 'b' }, values: [0, 1, 2, 3] },
  ],
}

/** A table with everything that a frame can say about itself. */
export const describedTable: Frame = {
  name: 'described table',
  refId: '',
  meta: {
    preferredVisualisationType: 'table',
    executedQueryString: 'SELECT "ä"',
    dataTopic: 'series',
    uniqueRowIdFields: [0],
    notices: [{ severity: 'warning', text: 'The table was cut.', link: 'https://example.com/cut' }],
    stats: [{ displayName: 'Rows read', unit: 'short', value: 12.5 }],
    custom: { cut: true },
  },
  fields: [
    { name: 'id', type: 'string', nullable: false, values: ['a', 'b'] },
    { name: 'count', type: 'int64', nullable: false, values: [1n, 2n] },
  ],
}

/** Log lines with the names that Explore looks for. */
export const logLines: Frame = {
  name: 'log lines',
  refId: '',
  meta: { preferredVisualisationType: 'logs' },
  fields: [
    { ...times(2), name: 'timestamp' },
    { name: 'body', type: 'string', nullable: false, values: ['started', 'höher'] },
    { name: 'labels', type: 'json', nullable: false, values: ['{"app":"a"}', '{}'] },
  ],
}

function times(count: number): Field {
  const values = Array.from({ length: count }, (_, row) => START + BigInt(row) * MINUTE)
  return { name: 'time', type: 'time', nullable: false, values }
}

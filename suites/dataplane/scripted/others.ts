import type { Frame } from '../../../host/frames/frame.ts'
import { column, times } from './columns.ts'

/** Answers of the types without a contract, by refId. */
export const otherAnswers: Readonly<Record<string, readonly Frame[]>> = {
  logs: [
    {
      name: 'lines',
      refId: '',
      meta: { type: 'log-lines', typeVersion: [0, 0], preferredVisualisationType: 'logs' },
      fields: [
        times('timestamp', [0, 1]),
        column('body', 'string', ['started', 'höher']),
        column('severity', 'string', ['info', 'WARNING']),
        column('id', 'string', ['line-1', 'line-2']),
        column('labels', 'json', ['{"app":"a","size":12.5}', '{}']),
        column('labelTypes', 'json', ['{"app":"Field"}', '{}']),
      ],
    },
  ],
  listing: [
    {
      name: 'listing',
      refId: '',
      meta: { type: 'directory-listing' },
      fields: [
        column('name', 'string', ['logs', 'a.csv']),
        column('mediaType', 'string', ['directory', 'text/csv']),
        column('size', 'int64', [0n, 12n]),
      ],
    },
  ],
  'heatmap-rows': [
    {
      name: 'heatmap rows',
      refId: '',
      meta: { type: 'heatmap-rows' },
      fields: [
        times('time', [0, 1]),
        column('a', 'float64', [1, 2], { le: '0.5' }),
        column('b', 'float64', [3, 4], { le: '+Inf' }),
      ],
    },
  ],
  'heatmap-cells': [
    {
      name: 'heatmap cells',
      refId: '',
      meta: { type: 'heatmap-cells' },
      fields: [
        times('xMax', [0, 0, 1, 1]),
        column('yMax', 'float64', [100, 200, 100, 200]),
        column('count', 'float64', [1, 2, 3, 4]),
      ],
    },
  ],
  table: [
    {
      name: 'typed table',
      refId: '',
      meta: { type: 'table', typeVersion: [0, 0] },
      fields: [
        column('name', 'string', ['a', 'a']),
        column('count', 'int64', [1n, 2n]),
        column('active', 'bool', [true, false]),
      ],
    },
  ],
}

import type { Field } from '../../host/frames/frame.ts'
import { longFields, tableFields, timeField, valueFields } from './fields.ts'
import { logFields } from './log-fields.ts'
import type { TimeGrid } from './time-grid.ts'

/** One shape of data that the plugin can produce. */
export interface Scenario {
  /** `meta` of every frame: its dataplane type, and a version that says whether the contract holds (PLANE-001, PLANE-002). */
  readonly meta: {
    readonly type: string
    readonly typeVersion: readonly [number, number]
    readonly preferredVisualisationType?: string
  }
  /** The fields of each frame; times are never empty. */
  frames(times: TimeGrid): readonly (readonly Field[])[]
}

/** The scenarios by the name that a query gives. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map<string, Scenario>([
  [
    'timeseries-wide',
    {
      meta: { type: 'timeseries-wide', typeVersion: [0, 1] },
      frames: (times) => [[timeField('time', times), ...valueFields(times)]],
    },
  ],
  [
    'timeseries-multi',
    {
      meta: { type: 'timeseries-multi', typeVersion: [0, 1] },
      frames: (times) => valueFields(times).map((value) => [timeField('time', times), value]),
    },
  ],
  [
    'timeseries-long',
    { meta: { type: 'timeseries-long', typeVersion: [0, 1] }, frames: (times) => [longFields(times)] },
  ],
  [
    'numeric-wide',
    {
      meta: { type: 'numeric-wide', typeVersion: [0, 1] },
      frames: (times) => [valueFields(times.slice(-1))],
    },
  ],
  ['table', { meta: { type: 'table', typeVersion: [0, 0] }, frames: (times) => [tableFields(times)] }],
  [
    'logs',
    {
      meta: { type: 'log-lines', typeVersion: [0, 0], preferredVisualisationType: 'logs' },
      frames: (times) => [logFields(times)],
    },
  ],
  // One frame without fields still says what it would have been (DATA-205, PLANE-006).
  ['no-data', { meta: { type: 'timeseries-wide', typeVersion: [0, 1] }, frames: () => [[]] }],
])

import type { Field } from '../../host/frames/frame.ts'
import { timeField } from './fields.ts'
import type { TimeGrid } from './time-grid.ts'

const SEVERITIES = ['info', 'warning', 'error', 'debug'] as const

/** Log lines with the field names that Grafana looks for, and ids that stay the same from request to request (PLANE-035 to PLANE-038). */
export function logFields(times: TimeGrid): readonly Field[] {
  const severity = times.map((at) => SEVERITIES[Number(at / 1_000_000n) & 3] ?? 'info')
  return [
    timeField('timestamp', times),
    {
      name: 'body',
      type: 'string',
      nullable: false,
      values: times.map((at, row) => `level=${severity[row]} at=${at} request finished`),
    },
    { name: 'severity', type: 'string', nullable: false, values: severity },
    { name: 'id', type: 'string', nullable: false, values: times.map((at) => `line-${at}`) },
    {
      name: 'labels',
      type: 'json',
      nullable: false,
      values: severity.map((level) => JSON.stringify({ app: 'reference', level })),
    },
  ]
}

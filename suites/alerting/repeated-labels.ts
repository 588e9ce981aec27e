import type { Frame } from '../../host/frames/frame.ts'
import { contractOf } from '../dataplane/contract.ts'
import { describeLabels, labelsKey } from '../dataplane/item-key.ts'
import { convert } from './convert/convert.ts'
import type { AlertFinding } from './judgement.ts'

/** Plugins whose untyped series Grafana itself labels with their names (grafana:pkg/expr/converter.go checkIfSeriesNeedToBeFixed). */
const relabelled = ['graphite', 'grafana-testdata-datasource', 'grafana-dynatrace-datasource', 'influxdb']

/**
 * Finds items that an alert rule can not tell apart (ALERT-010); undefined when the answer has fewer than two items.
 *
 * Names do not count, so this is stricter than the contract (PLANE-004).
 */
export function repeatedLabels(
  frames: readonly Frame[],
  pluginId: string,
): readonly AlertFinding[] | undefined {
  if (contractOf(frames).kind === 'off' && relabelled.includes(pluginId)) return undefined
  const conversion = convert(frames)
  if (conversion.kind !== 'items' || conversion.items.length < 2) return undefined
  const seen = new Set<string>()
  for (const { labels } of conversion.items) {
    const key = labelsKey(labels)
    if (seen.has(key)) {
      const shown = describeLabels(labels)
      const text = `frame cannot uniquely be identified by its labels: has duplicate results with labels {${shown}}`
      const found = `two of ${conversion.items.length} items with the labels {${shown}}: invalid format of evaluation results for the alert definition A: ${text}`
      return [{ expected: 'labels that no other item has', found }]
    }
    seen.add(key)
  }
  return []
}

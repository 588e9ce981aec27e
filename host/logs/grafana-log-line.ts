import { isJsonObject } from './go-json.ts'
import { goFloat } from './go-float.ts'
import { keyText, quoted } from './logfmt.ts'
import type { LogRecord } from './log-record.ts'

/**
 * Writes the line that Grafana would write to its own log for a record, in its default format logfmt.
 *
 * Grafana puts the fields in random order (LIFE-127); here they keep the order in which the plugin wrote them. `at` is when the line arrived,
 * now by default; with `null` the line has no time. A record that ends Grafana yields the panic with which the server dies (LIFE-124).
 */
export function grafanaLogLine(
  record: Pick<LogRecord, 'level' | 'message' | 'fields' | 'endsGrafana'>,
  pluginId: string,
  at: Date | null = new Date(),
): string {
  if (record.endsGrafana) return record.message
  const time = at === null ? '' : ` t=${at.toISOString()}`
  const head = `logger=${quoted(`plugin.${pluginId}`)}${time} level=${record.level} msg=${quoted(record.message)}`
  const fields = Object.entries(record.fields).map(([key, value]) => ` ${keyText(key)}=${fieldText(value)}`)
  return head + fields.join('')
}

function fieldText(value: unknown): string {
  return value === null ? 'null' : quoted(goText(value))
}

// Go's `%v` for the values that encoding/json creates: map keys sorted, blanks between elements, `<nil>` inside.
function goText(value: unknown): string {
  if (value === null) return '<nil>'
  if (typeof value === 'number') return goFloat(value)
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`
  if (typeof value === 'string') return value
  if (!isJsonObject(value)) return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `map[${keys.map((key) => `${key}:${goText(value[key])}`).join(' ')}]`
}

import type { LogRecord } from '../../host/logs/log-record.ts'
import { kindOf } from './share.ts'

/**
 * Finds stack traces that are spread over several lines (LIFE-130).
 *
 * Continuation lines are indented plain text. They count once the same process has logged a structured line afterwards:
 * the last words of a process that dies are written by its runtime, not by the plugin.
 */
export class Continuations {
  readonly #pending = new Map<string, string>()

  /** The first continuation line of a trace that the process has outlived, if this record shows that. */
  add(process: string, record: LogRecord): string | undefined {
    if (kindOf(record) === 'lost' && /^[ \t]+\S/.test(record.raw) && !this.#pending.has(process))
      this.#pending.set(process, record.raw)
    if (record.form !== 'hclog') return undefined
    const first = this.#pending.get(process)
    this.#pending.delete(process)
    return first
  }
}

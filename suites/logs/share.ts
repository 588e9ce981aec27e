import type { LogRecord } from '../../host/logs/log-record.ts'

/**
 * Below this many lost lines in every process nothing is said about shares: runtimes print notices of their own, which no
 * plugin can help (LIFE-122).
 */
const RUNTIME_NOTICES = 5

/** What the stderr lines of one run came to. */
export type Share =
  | { readonly kind: 'none' }
  | { readonly kind: 'enough' }
  | { readonly kind: 'too-little'; readonly structured: number; readonly lost: number }

/** Counts lines by process. */
export class StructuredShare {
  #structured = 0
  #lost = 0
  readonly #lostBy = new Map<string, number>()

  add(process: string, record: LogRecord): void {
    const kind = kindOf(record)
    if (kind === 'structured') this.#structured += 1
    if (kind !== 'lost') return
    this.#lost += 1
    this.#lostBy.set(process, (this.#lostBy.get(process) ?? 0) + 1)
  }

  /** The verdict on all lines so far. */
  get share(): Share {
    const most = Math.max(0, ...this.#lostBy.values())
    if (this.#lost > this.#structured && most >= RUNTIME_NOTICES)
      return { kind: 'too-little', structured: this.#structured, lost: this.#lost }
    return this.#structured > 0 ? { kind: 'enough' } : { kind: 'none' }
  }
}

/**
 * `lost` is a line whose level and message Grafana can't see. Lines that it understands otherwise count neither way:
 * `[WARN]` prefixes, Go panics, blank lines, and JSON whose fault has a rule of its own (LIFE-125, LIFE-126, LIFE-128).
 */
export function kindOf(record: LogRecord): 'structured' | 'lost' | 'neither' {
  if (record.findings.some((finding) => finding.spec === 'LIFE-122')) return 'lost'
  return record.form === 'hclog' ? 'structured' : 'neither'
}

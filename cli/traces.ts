import type { HostEvent } from '../host/events.ts'
import { createCanaries } from '../host/context/canaries.ts'
import { seededRandom } from '../suites/kernel/random.ts'
import type { Report } from '../suites/kernel/report.ts'
import type { RunEvent } from '../suites/kernel/run-events.ts'
import type { TextStyle } from '../suites/report/text.ts'
import { renderTrace } from '../suites/report/trace.ts'
import type { RunFlags } from './run-flags.ts'

/** Nobody reads more of one conversation, and a plugin may log for ever. */
const MOST_EVENTS = 20_000

/** Keeps the conversations of a run and prints those that somebody asked for. */
export class Traces {
  readonly #flags: RunFlags
  readonly #events = new Map<string, HostEvent[]>()

  constructor(flags: RunFlags) {
    this.#flags = flags
  }

  see(event: RunEvent): void {
    if (this.#flags.trace !== true || event.kind !== 'host') return
    const { tag, process } = event.event
    // What belongs to no case (start, log lines, exit) is the conversation of the process.
    const key = tag ?? `process ${process}`
    const events = this.#events.get(key) ?? []
    if (events.length === 0) this.#events.set(key, events)
    if (events.length < MOST_EVENTS) events.push(event.event)
  }

  /** Everything under `--only`, else the cases with a broken rule; secrets are redacted. */
  render(report: Report, style: TextStyle): string {
    if (this.#flags.trace !== true) return ''
    const canaries = createCanaries(seededRandom(this.#flags.seed, 'canaries'))
    const wanted = [...this.#events].filter(([tag]) => this.#flags.only.length > 0 || isBroken(report, tag))
    const shown = wanted.map(([tag, events]) => renderTrace(tag, events, report.subject.id, style))
    return shown.length === 0 ? '' : `${canaries.redact(shown.join('\n\n'))}\n\n`
  }
}

function isBroken(report: Report, tag: string): boolean {
  return (
    report.startFault !== undefined ||
    report.rules.some((rule) =>
      rule.cases.some((one) => {
        if (one.verdict.kind !== 'broken') return false
        const seen = one.evidence.find((evidence) => evidence.label === 'seen in')?.value
        return (
          seen === tag ||
          tag === one.id ||
          tag === `${one.id}#${one.variant}` ||
          tag.startsWith(`process ${one.id}`)
        )
      }),
    )
  )
}

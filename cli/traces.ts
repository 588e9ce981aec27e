import { createCanaries } from '../host/context/canaries.ts'
import { seededRandom } from '../suites/kernel/random.ts'
import type { Report } from '../suites/kernel/report.ts'
import type { RunEvent } from '../suites/kernel/run-events.ts'
import type { TextStyle } from '../suites/report/text.ts'
import { renderTrace } from '../suites/report/trace.ts'
import { Conversations } from './conversations.ts'
import type { RunFlags } from './run-flags.ts'

/** Keeps the conversations of a run and prints those that somebody asked for. */
export class Traces {
  readonly #flags: RunFlags
  readonly #conversations = new Conversations()

  constructor(flags: RunFlags) {
    this.#flags = flags
  }

  see(event: RunEvent): void {
    if (this.#flags.trace === true && event.kind === 'host') this.#conversations.see(event.event)
  }

  /** Everything under `--only`, else the cases with a broken rule; secrets are redacted. */
  render(report: Report, style: TextStyle): string {
    if (this.#flags.trace !== true) return ''
    const canaries = createCanaries(seededRandom(this.#flags.seed, 'canaries'))
    const shown = this.#conversations.all
      .filter(({ tag }) => this.#flags.only.length > 0 || isBroken(report, tag))
      .map(({ tag, events, more }) => {
        const trace = renderTrace(tag, events, report.subject.id, style)
        return more === 0 ? trace : `${trace}\n… and ${more} more, which are left out`
      })
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

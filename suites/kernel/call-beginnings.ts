import { answerTo } from '../../host/api/answer-to.ts'
import type { GrafanaAnswer } from '../../host/api/grafana-answer.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { HostEvent } from '../../host/events.ts'
import { endOf } from './grafana-tells.ts'

/** Knows which events began the answer to a call: they decide what Grafana makes of it. */
export class CallBeginnings {
  readonly #begun = new Set<string>()
  readonly #beginnings = new WeakSet<HostEvent>()

  see(event: HostEvent): void {
    if (event.kind !== 'status' && (event.kind !== 'message' || event.direction === 'request')) return
    const call = `${event.process}#${event.call}`
    if (!this.#begun.has(call)) this.#beginnings.add(event)
    if (event.kind === 'status') this.#begun.delete(call)
    else this.#begun.add(call)
  }

  /** What Grafana makes of the call to which this event belongs; undefined where the event does not say that. */
  answerTo(profile: HostProfile, event: HostEvent): GrafanaAnswer | undefined {
    if (!this.#beginnings.has(event)) return undefined
    if (event.kind === 'message') {
      const end = { kind: 'answered', message: undefined } as const
      return answerTo(profile, { method: event.method, messages: [event.message], end })
    }
    if (event.kind !== 'status' || event.code === 0) return undefined
    return answerTo(profile, { method: event.method, messages: [], end: endOf(event) })
  }
}

import { answerTo } from '../../host/api/answer-to.ts'
import type { HostProfile } from '../../host/context/profile.ts'
import type { HostEvent } from '../../host/events.ts'
import { endOf, quotes, speaksOf, tellOf } from './grafana-tells.ts'
import type { StatusEvent } from './grafana-tells.ts'
import type { Rule } from './rule.ts'

/** The calls that the cases in hand have made, for what Grafana would have told of them. */
export interface CaseCalls {
  see(event: HostEvent): void
  /** A case begins (again); what was seen under this tag is forgotten. */
  begin(tag: string): void
  /** What Grafana would tell of the call of which `actual` speaks, as far as that is clear. */
  tell(tag: string, rule: Rule, actual: string): string | undefined
  /** A case has ended. */
  end(tag: string): void
}

/** Calls of one case that are remembered: a case that makes hundreds makes them all alike. */
const REMEMBERED = 50

interface SeenCall {
  readonly key: string
  /** The first message: it decides what Grafana answers. */
  first: unknown
  status?: StatusEvent
}

/** Follows the calls of cases by their tags. */
export function followCaseCalls(profile: HostProfile, redact: (text: string) => string): CaseCalls {
  const calls = new Map<string, SeenCall[]>()
  return {
    see(event) {
      if (event.kind !== 'call' && event.kind !== 'message' && event.kind !== 'status') return
      const seen = event.tag === undefined ? undefined : calls.get(event.tag)
      if (seen === undefined || !event.method.startsWith('/pluginv2.')) return
      const key = `${event.process}#${event.call}`
      const known = seen.find((one) => one.key === key)
      if (event.kind === 'call') {
        seen.push({ key, first: undefined })
        if (seen.length > REMEMBERED) seen.shift()
      } else if (known !== undefined && event.kind === 'status') known.status = event
      else if (known !== undefined && event.kind === 'message' && event.direction === 'response')
        known.first ??= event.message
    },
    begin(tag) {
      calls.set(tag, [])
    },
    end(tag) {
      calls.delete(tag)
    },
    tell(tag, rule, actual) {
      const ended = (calls.get(tag) ?? []).flatMap(({ first, status }) =>
        // What the host itself cancelled is no answer of the plugin's.
        status === undefined || (status.cancelled && status.outcome === 'ended') ? [] : [{ first, status }],
      )
      const answers = ended.map(({ first, status }) => ({
        status,
        answer: answerTo(profile, {
          method: status.method,
          messages: first === undefined ? [] : [first],
          end: endOf(status),
        }),
      }))
      const named = answers.filter(({ status }) => speaksOf(actual, status))
      const quoted = answers.filter(({ answer }) => quotes(actual, answer))
      const meant = [named, quoted, answers].find((some) => some.length > 0) ?? []
      const tells = meant.map(({ answer }) => tellOf(rule, answer))
      // Of several calls that Grafana would have told differently nobody knows which one was meant.
      const [only, ...others] = new Set(tells)
      return only === undefined || others.length > 0 ? undefined : redact(only)
    },
  }
}

import { LINE_BUFFER_BYTES } from '../../host/logs/split-lines.ts'
import type { Canaries } from '../../host/context/canaries.ts'
import type { HostEvent } from '../../host/events.ts'
import type { LogFinding } from '../../host/logs/log-record.ts'
import { defineObserver } from '../kernel/observer.ts'
import type { Watch } from '../kernel/observer.ts'
import type { Rule } from '../kernel/rule.ts'
import { Continuations } from './continuation.ts'
import { rules } from './rules.ts'
import { StructuredShare } from './share.ts'
import { isTorn } from './torn.ts'

/** Rules about single lines, by the finding that breaks them. */
const byFinding: ReadonlyMap<LogFinding['spec'], Rule> = new Map<LogFinding['spec'], Rule>([
  ['LIFE-124', rules['reserved-keys-are-text']],
  ['LIFE-125', rules['timestamps-have-six-digits']],
  ['LIFE-126', rules['levels-are-known']],
])

const lines = defineObserver({
  id: 'logs/every-json-line',
  title: 'reads every JSON line of stderr as Grafana does',
  judges: [rules['reserved-keys-are-text'], rules['timestamps-have-six-digits'], rules['levels-are-known']],
  watches: 'a plugin that writes JSON to stderr',
  watch: ({ canaries }) =>
    plainLaunches((event, judge) => {
      if (event.kind !== 'log' || !['hclog', 'json'].includes(event.record.form)) return
      const found = new Map(event.record.findings.map((finding) => [finding.spec, finding]))
      for (const [spec, rule] of byFinding) {
        const finding = found.get(spec)
        if (finding === undefined) judge.upheld(rule)
        else
          judge.broken(
            rule,
            event,
            finding.expected,
            `${finding.found} in ${shown(event.record.raw, canaries)}`,
          )
      }
    }),
})

const sizes = defineObserver({
  id: 'logs/line-lengths',
  title: 'measures every line of stderr',
  judges: [rules['stderr-lines-fit']],
  watches: 'a plugin that writes to stderr',
  watch: () =>
    plainLaunches((event, judge) => {
      if (event.kind !== 'log') return
      const finding = event.record.findings.find(({ spec }) => spec === 'LIFE-129')
      if (finding !== undefined)
        judge.broken(rules['stderr-lines-fit'], event, finding.expected, finding.found)
      else if (event.record.form !== 'chunk') judge.upheld(rules['stderr-lines-fit'])
    }),
})

const form = defineObserver({
  id: 'logs/form-of-lines',
  title: 'counts the lines of stderr that Grafana can read',
  judges: [rules['lines-are-structured'], rules['one-event-is-one-line'], rules['json-lines-are-whole']],
  watches: 'a plugin that logs JSON with "@level" and "@message" to stderr',
  watch: ({ canaries }) => {
    const share = new StructuredShare()
    const continuations = new Continuations()
    let firstLost: HostEvent | undefined
    const watch = plainLaunches((event, judge) => {
      if (event.kind !== 'log') return
      const { record } = event
      share.add(event.process, record)
      if (record.findings.some(({ spec }) => spec === 'LIFE-122')) firstLost ??= event
      const continuation = continuations.add(event.process, record)
      if (continuation !== undefined)
        judge.broken(
          rules['one-event-is-one-line'],
          event,
          'the whole trace inside one JSON string',
          `a line of its own: ${shown(continuation, canaries)}`,
        )
      else if (record.form === 'hclog') judge.upheld(rules['one-event-is-one-line'])
      if (record.form === 'hclog') judge.upheld(rules['json-lines-are-whole'])
      // Who is killed in the middle of a line can not help it.
      else if (event.terminated && isTorn(record))
        judge.broken(
          rules['json-lines-are-whole'],
          event,
          'one JSON object a line',
          `a line that is none: ${shown(record.raw, canaries)}`,
        )
    })
    return {
      ...watch,
      end(judge) {
        const { share: result } = share
        if (result.kind === 'enough') judge.upheld(rules['lines-are-structured'])
        if (result.kind !== 'too-little' || firstLost?.kind !== 'log') return
        judge.broken(
          rules['lines-are-structured'],
          firstLost,
          'one JSON object a line, with "@level" and "@message"',
          `${result.lost} of ${result.lost + result.structured} lines are not, such as ${shown(firstLost.record.raw, canaries)}`,
        )
      },
    }
  },
})

const stdout = defineObserver({
  id: 'logs/stdout',
  title: 'measures every line of stdout after the handshake',
  judges: [rules['stdout-lines-fit']],
  watches: 'a plugin that this host started, to its end',
  watch: () => ({
    see(event, judge) {
      const rule = rules['stdout-lines-fit']
      if (event.kind === 'exit') judge.upheld(rule)
      if (event.kind !== 'stdout' || event.number === 1 || event.bytes < LINE_BUFFER_BYTES) return
      judge.broken(rule, event, 'fewer than 65 536 bytes', `line ${event.number} of stdout is longer`)
    },
  }),
})

/** Skips processes whose launch was odd on purpose (LIFE-024, LIFE-028). */
function plainLaunches(see: Watch['see']): Watch {
  const odd = new Set<string>()
  return {
    see(event, judge) {
      if (event.kind === 'spawned' && event.oddOnPurpose) odd.add(event.process)
      if (!odd.has(event.process)) see(event, judge)
    },
  }
}

function shown(line: string, canaries: Canaries): string {
  const text = canaries.redact(line)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** Watches over stderr and stdout. */
export const observers = [lines, sizes, form, stdout]

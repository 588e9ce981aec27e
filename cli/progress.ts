import type { RunEvent } from '../suites/kernel/run-events.ts'
import type { Terminal } from './streams.ts'

/** One rewritten line that says how far the run is: `12/60 query/several-refids · 1 broken`. */
export function progressOf(terminal: Terminal): (event: RunEvent) => void {
  let cases = 0
  let ended = 0
  let broken = 0
  return (event) => {
    if (event.kind === 'run-started') cases = event.cases
    if (event.kind === 'case-ended') {
      ended++
      broken += event.verdicts.filter((verdict) => verdict.verdict.kind === 'broken').length
    }
    if (event.kind !== 'case-started' && event.kind !== 'case-ended') return
    const trouble = broken === 0 ? '' : ` · ${broken} broken`
    terminal.status(`${Math.min(ended, cases)}/${cases} ${event.tag}${trouble}`)
  }
}

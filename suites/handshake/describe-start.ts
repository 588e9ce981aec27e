import type { StartOutcome } from '../../host/launch/plugin.ts'
import { describeExit } from '../../host/rpc/call-result.ts'

/** One line about how a start ended, for messages: `no handshake (exit status 1, "cannot read config")`. */
export function describeStart(outcome: StartOutcome): string {
  if (outcome.kind === 'up') return 'a start'
  const { class: kind, exit, stderr, found } = outcome.fault
  if (kind !== 'exited' || exit === undefined) return found
  const last = stderr.at(-1)
  return `no handshake (${describeExit(exit)}${last === undefined ? '' : `, "${last.slice(0, SHOWN)}"`})`
}

/** More of a log line than this hides the rest of the sentence. */
const SHOWN = 160

import type { StartFault } from '../../launch/start-fault.ts'
import type { Cause } from '../diagnosis.ts'
import { handshakeIn } from './first-line.ts'
import { causeInWords } from './words-of-death.ts'

/** The cause when no complete line came in time (LIFE-041, LIFE-060). */
export function causeOfSilence(fault: StartFault): Cause {
  if (fault.partialLine !== undefined)
    return {
      kind: 'line-not-ended',
      cause:
        'The text was printed without a line feed at its end, so that the host goes on waiting for the rest.',
    }
  if (handshakeIn(fault.stderr) !== undefined)
    return {
      kind: 'handshake-on-stderr',
      cause: 'The handshake was printed to stderr, where nobody looks for it.',
      fix: 'Print the handshake to stdout, and everything else to stderr: the two are exchanged.',
    }
  if (fault.exit !== undefined) return detaches
  const listens = fault.witness?.listens ?? []
  if (listens.length > 0)
    return {
      kind: 'listens-silently',
      cause: `It listens on ${listens.join(', ')}, so the handshake was not printed, or it is stuck in the buffer of stdout, which is flushed only when full when stdout is a pipe.`,
      fix: 'Print the handshake as soon as the server is bound, and flush stdout (Python: flush=True; C: fflush).',
    }
  return (
    causeInWords(fault.stderr) ?? {
      kind: 'says-nothing',
      cause:
        'It neither listens nor prints: it waits for something before it serves, such as a database, the network, its standard input, or a lock.',
      fix: 'Announce the server first; connect to whatever is needed when the first request arrives.',
    }
  )
}

/** Grafana notices the end of a process only when the last holder of its output is gone (LIFE-011). */
const detaches: Cause = {
  kind: 'detaches',
  cause:
    'The started process has ended, and something that it had started holds its output open, so that Grafana goes on waiting for a line.',
  fix: 'Let the started process be the plugin: do not daemonize, and in a script put exec in front of the real program.',
}

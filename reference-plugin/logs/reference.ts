import type { LogBehaviour } from '../behaviour.ts'
import { shortText } from '../transport/short-text.ts'
import { formatEntry } from './format-entry.ts'

/** Calls of go-plugin's and gRPC's own services are not worth a line. */
const LOGGED = '/pluginv2.'

/** Logs as the Go SDK does: one line when a call starts and one when it has ended (LIFE-122). */
export const referenceLogs: LogBehaviour = {
  format: formatEntry,
  onStart(log, running) {
    const { services } = running.behaviour
    const plugins = (
      ['diagnostics', 'resource', 'data', 'stream', 'admission', 'conversion'] as const
    ).filter((name) => services[name])
    log.debug('Serving plugin', { plugins })
  },
  onCallStart(log, call) {
    if (call.path.startsWith(LOGGED)) log.debug('Plugin Request Started', { method: call.path })
  },
  onCallEnd(log, call, outcome) {
    if (!call.path.startsWith(LOGGED)) return
    const fields = { method: call.path, status: outcome.kind, durationMs: outcome.ms }
    if (outcome.kind === 'failed') {
      log.error('Plugin Request Completed', { ...fields, error: shortText(outcome.error) })
    } else {
      log.info('Plugin Request Completed', fields)
    }
  },
}

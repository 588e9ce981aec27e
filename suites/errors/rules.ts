import { defineRules } from '../kernel/rule.ts'

/** Status codes, faults and calls side by side (rpc.md sections 2.4 and 11). */
export const rules = defineRules('errors', {
  'answers-in-time': {
    statement: 'Every call ends within the time that the host gives it.',
    level: 'must',
    consequence: 'panels and dialogs spin until a proxy gives up, and Grafana never restarts the plugin.',
    sources: [{ spec: 'LIFE-142' }, { spec: 'HEALTH-010' }, { spec: 'DATA-401' }],
  },
  'answers-are-decodable': {
    statement: 'Every answer is a protobuf message of its method, with texts in UTF-8.',
    level: 'must',
    consequence: 'the whole call fails with HTTP 500 and "An error occurred within the plugin".',
    sources: [{ doc: 'wire.md section 0' }, { spec: 'RES-211' }],
  },
  'missing-methods-are-unimplemented': {
    statement: 'A method that the plugin does not offer answers UNIMPLEMENTED.',
    level: 'must',
    consequence: '"Save & test" and other functions show a failure instead of "not implemented".',
    sources: [{ spec: 'ERR-001' }, { spec: 'LIFE-112' }],
  },
  'malformed-requests-fail-alone': {
    statement: 'A request that is not protobuf fails by itself; the process and its other calls go on.',
    level: 'must',
    consequence: 'one broken message restarts the plugin for all users.',
    sources: [{ spec: 'ERR-008' }],
  },
  'handler-faults-stay-in-the-call': {
    statement: 'An input that a handler can not cope with is an error of its own call.',
    level: 'must',
    consequence: 'one bad query ends the plugin, and every request of every user fails until it is back.',
    sources: [{ spec: 'DATA-406' }, { spec: 'LIFE-114' }],
  },
  'healthy-after-a-failure': {
    statement: 'After a failed call the next valid one is answered as before.',
    level: 'must',
    consequence: 'one bad request leaves the plugin broken for all users.',
    sources: [{ spec: 'ERR-007' }],
  },
  'cancelled-only-when-cancelled': {
    statement: 'CANCELLED is the status of calls that the host cancelled, and of no others.',
    level: 'must',
    consequence: 'failures count as cancelled by the user (499) and are missing from error rates.',
    sources: [{ spec: 'ERR-005' }],
  },
  'unavailable-only-when-gone': {
    statement: 'A running plugin never answers UNAVAILABLE, whatever its backend does.',
    level: 'must',
    consequence: 'users read that the data source became unavailable, without a reason.',
    sources: [{ spec: 'ERR-003' }],
  },
  'rate-limits-are-not-exhaustion': {
    statement: 'A rate limit of the backend is an error with status 429 and not RESOURCE_EXHAUSTED.',
    level: 'must',
    consequence: 'users read that the response was too large and narrow their queries in vain.',
    sources: [{ spec: 'ERR-004' }],
  },
  'status-messages-are-short': {
    statement: 'The message of a gRPC status has less than 4 KiB.',
    level: 'should',
    consequence: 'a transport error takes the place of the real one, because the trailer is too long.',
    sources: [{ spec: 'ERR-010' }],
  },
  'calls-run-side-by-side': {
    statement: 'Slow calls delay neither each other nor a health check.',
    level: 'must',
    consequence: 'one slow dashboard blocks the plugin for everybody.',
    sources: [{ spec: 'DATA-401' }],
  },
  'overlapping-calls-do-not-mix': {
    statement: 'Every call gets its own answer, also beside calls with the same refId or path.',
    level: 'must',
    consequence: 'panels and users see the data of others, without any error.',
    sources: [{ spec: 'DATA-408' }],
  },
  'cancelled-calls-make-room': {
    statement: 'Calls that the host cancelled do not keep later ones waiting.',
    level: 'should',
    consequence: 'abandoned queries pile up until the plugin hangs.',
    sources: [{ spec: 'DATA-402' }],
  },
  'deadlines-are-honoured': {
    statement: 'A call with a deadline ends when the deadline has passed.',
    level: 'must',
    consequence: 'evaluations of alert rules pile up behind a slow backend.',
    sources: [{ spec: 'DATA-403' }],
  },
})

import { defineRules } from '../kernel/rule.ts'

/** What a CheckHealth answer has to be (rpc.md section 5). */
export const rules = defineRules('health', {
  'ok-is-explicit': {
    statement: 'A working configuration is reported with status OK.',
    level: 'must',
    consequence: '"Save & test" fails although everything works.',
    sources: [{ spec: 'HEALTH-003' }, { spec: 'HEALTH-002' }, { proto: 'CheckHealthResponse.status' }],
  },
  'error-says-why': {
    statement: 'A health status of ERROR comes with a message that states the reason.',
    level: 'must',
    consequence: '"Save & test" shows an empty alert box.',
    sources: [{ spec: 'HEALTH-004' }, { proto: 'CheckHealthResponse.message' }],
  },
  'details-are-an-object': {
    statement: 'The jsonDetails of a health check are a JSON object, `null`, or nothing.',
    level: 'must',
    consequence: 'the health check ends with HTTP 500, and its result is lost.',
    sources: [{ spec: 'HEALTH-005' }, { proto: 'CheckHealthResponse.jsonDetails' }],
  },
  'known-details-are-texts': {
    statement: 'The details `message` and `verboseMessage`, where they are there, are texts.',
    level: 'may',
    consequence: 'the settings page can not show them.',
    sources: [{ spec: 'HEALTH-006' }],
  },
  'failure-in-band': {
    statement: 'A configuration that can not work is an answer of the health check, not a gRPC error.',
    level: 'must',
    consequence:
      '"Save & test" shows "Plugin health check failed"; the reason is only in the log of the server.',
    sources: [{ spec: 'HEALTH-007' }, { upstream: 'grafana:pkg/plugins/manager/client/client.go' }],
  },
  'failure-is-reported': {
    statement:
      'A data source whose backend fails is not reported as OK, and the details of its failure arrive.',
    level: 'must',
    consequence: '"Save & test" is green, and users trust a data source that does not work.',
    sources: [{ spec: 'HEALTH-008' }],
  },
  'answers-within-30-s': {
    statement: 'A health check ends within 30 seconds, also when the backend does not answer.',
    level: 'should',
    consequence: '"Save & test" hangs until a proxy in between gives up.',
    sources: [{ spec: 'HEALTH-010' }],
  },
  repeatable: {
    statement: 'A health check that is repeated has the same status.',
    level: 'should',
    consequence: 'monitoring that polls the health changes what it looks at.',
    sources: [{ spec: 'HEALTH-011' }],
  },
})

import { defineRules } from '../kernel/rule.ts'

/** Tracing may be on, off or broken; a plugin works (rpc.md section 10). */
export const rules = defineRules('trace', {
  'any-parent-is-accepted': {
    statement: 'A call with a malformed, an unsampled or no `traceparent` ends as one with a good one does.',
    level: 'must',
    consequence:
      'calls fail when tracing is off in Grafana, or when a proxy in front of it garbles a header.',
    sources: [{ spec: 'TRACE-201' }, { spec: 'TRACE-103' }, { spec: 'CTX-302' }],
  },
  'dead-collector-is-survived': {
    statement:
      'With a collector that can not be reached the plugin starts, and its calls end as without one.',
    level: 'must',
    consequence: 'an outage of the tracing backend is an outage of every data source of this type.',
    sources: [{ spec: 'TRACE-201' }, { spec: 'TRACE-101' }],
  },
})

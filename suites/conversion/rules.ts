import { defineRules } from '../kernel/rule.ts'

/** What answers to conversion requests have to be (rpc.md section 9). */
export const rules = defineRules('conversion', {
  'answers-are-queries': {
    statement: 'Every converted object is one JSON object of content type `application/json`.',
    level: 'must',
    consequence: 'the API server answers HTTP 500 about content type or JSON.',
    sources: [{ spec: 'CONV-002' }, { proto: 'RawObject.content_type' }],
  },
  'queries-come-flattened': {
    statement: 'The queries of a request come back as one object each, none is lost.',
    level: 'must',
    consequence: 'queries of the panel disappear when they are migrated.',
    sources: [{ spec: 'CONV-002' }],
  },
  'order-is-kept': {
    statement: 'Converted queries stand in the order of the request.',
    level: 'should',
    consequence: 'callers that correlate by position mix queries up.',
    sources: [{ spec: 'CONV-003' }],
  },
  'uid-is-not-changed': {
    statement: 'The uid of a conversion answer is that of its request, or empty.',
    level: 'should',
    consequence: 'callers that correlate by id mix answers up.',
    sources: [{ spec: 'CONV-003' }, { proto: 'ConversionResponse.uid' }],
  },
  'failure-is-a-grpc-error': {
    statement: 'A conversion that fails ends with a gRPC error.',
    level: 'must',
    consequence: 'the failure is taken for an empty result.',
    sources: [{ spec: 'CONV-004' }],
  },
  'needs-no-settings': {
    statement: 'Conversion works without URL, secrets and user.',
    level: 'must',
    consequence: 'conversion fails for every caller, because Grafana sends no settings here.',
    sources: [{ spec: 'CONV-005' }, { spec: 'CONV-001' }],
  },
  'current-queries-stay': {
    statement: 'Converting queries that are current already returns them unchanged.',
    level: 'should',
    consequence: 'queries change on every pass.',
    sources: [{ spec: 'CONV-006' }],
  },
  'unknown-content-type-refused': {
    statement: 'Objects of an unknown content type fail the conversion with a gRPC error.',
    level: 'must',
    consequence: 'what nobody understands is taken for converted, or the plugin crashes.',
    sources: [{ spec: 'CONV-007' }],
  },
})

import { defineRules } from '../kernel/rule.ts'

/** What a CollectMetrics answer has to be (rpc.md section 6). */
export const rules = defineRules('metrics', {
  'bare-context-accepted': {
    statement: 'CollectMetrics needs nothing of the context but the id of the plugin.',
    level: 'must',
    consequence: 'the metrics of the plugin are HTTP 500 for every scraper.',
    sources: [{ spec: 'CTX-102' }, { spec: 'CTX-101' }, { upstream: 'grafana:pkg/api/plugin_metrics.go' }],
  },
  'ok-or-unimplemented': {
    statement: 'CollectMetrics ends with OK or UNIMPLEMENTED.',
    level: 'must',
    consequence: 'every scrape of the plugin ends with HTTP 500.',
    sources: [{ spec: 'METRICS-006' }, { spec: 'METRICS-005' }],
  },
  'valid-text': {
    statement: 'Metrics are text in the Prometheus format 0.0.4.',
    level: 'must',
    consequence: 'the scraper drops all metrics of the plugin, and Grafana shows no error.',
    sources: [{ spec: 'METRICS-003' }, { proto: 'CollectMetricsResponse.Payload.prometheus' }],
  },
  'plain-utf8': {
    statement: 'Metrics are plain UTF-8: neither compressed nor protobuf.',
    level: 'must',
    consequence: 'the scraper can not read the metrics, because Grafana labels them text/plain.',
    sources: [{ spec: 'METRICS-004' }, { spec: 'METRICS-002' }],
  },
  quick: {
    statement: 'CollectMetrics answers in less than a second.',
    level: 'should',
    consequence: 'scrapes run out of time and leave gaps in the graphs.',
    sources: [{ spec: 'METRICS-007' }],
  },
  'counters-only-grow': {
    statement: 'Counters do not go down while the plugin runs.',
    level: 'should',
    consequence: 'graphs of rates show spikes that never happened.',
    sources: [{ spec: 'METRICS-008' }],
  },
})

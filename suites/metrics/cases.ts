import { bareContext } from '../../host/context/plugin-context.ts'
import { headerMap } from '../../host/context/header-map.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { decreasedCounters, parseExposition } from './exposition.ts'
import type { ExpositionFinding } from './exposition.ts'
import { rules } from './rules.ts'

/** Code of a method that a plugin does not offer (ERR-001). */
const UNIMPLEMENTED = 12

/** Scrapers come every few seconds (METRICS-007). */
const QUICK_MS = 1_000

/** One slow answer may be the fault of a busy machine. */
const ATTEMPTS = 3

/** More findings tell nothing new about a text that is broken. */
const MOST_NOTES = 5

const context = defineCase({
  id: 'metrics/contexts',
  title: 'collects metrics with the bare context that Grafana sends, and on failure with a full one',
  judges: [rules['bare-context-accepted'], rules['ok-or-unimplemented']],
  process: 'shared',
  async run(t) {
    const bare = t.rule(rules['bare-context-accepted'])
    const ends = t.rule(rules['ok-or-unimplemented'])
    const result = await collect(t)
    if (result.kind !== 'failed' || result.code === UNIMPLEMENTED) {
      t.answered(result)
      bare.upheld()
      ends.upheld()
      return
    }
    const full = await t.plugin.diagnostics.collectMetrics({ pluginContext: t.context() })
    // Which of the two it is depends on whether the context is the reason.
    if (full.kind === 'failed') {
      bare.unverified('a CollectMetrics that works with any context')
      ends.broken('OK or UNIMPLEMENTED', describeResult(result))
      return
    }
    bare.broken('metrics without user, organisation and settings', describeResult(result))
    ends.upheld()
  },
})

const text = defineCase({
  id: 'metrics/text',
  title: 'reads the metrics as strictly as a scraper',
  judges: [rules['valid-text'], rules['plain-utf8']],
  process: 'shared',
  async run(t) {
    const { metrics } = t.answered(await collect(t))
    if (metrics === undefined || metrics.prometheus.length === 0) {
      t.rule(rules['valid-text']).inapplicable('metrics: the answer is empty')
      t.rule(rules['plain-utf8']).inapplicable('metrics: the answer is empty')
      return
    }
    const { families, findings } = parseExposition(metrics.prometheus)
    t.note('metrics', `${families.length} families`)
    for (const finding of findings.slice(0, MOST_NOTES)) t.note('finding', place(finding))
    const bytes = findings.find(({ spec }) => spec === 'METRICS-004')
    if (bytes === undefined) t.rule(rules['plain-utf8']).upheld()
    else t.rule(rules['plain-utf8']).broken('plain text in UTF-8', place(bytes))
    const format = findings.find(({ spec }) => spec === 'METRICS-003')
    if (format !== undefined) t.rule(rules['valid-text']).broken('Prometheus text 0.0.4', place(format))
    else if (families.length > 0 || bytes === undefined) t.rule(rules['valid-text']).upheld()
    else t.rule(rules['valid-text']).unverified('metrics that are text')
  },
})

const speed = defineCase({
  id: 'metrics/speed',
  title: `collects metrics up to ${ATTEMPTS} times and takes the time`,
  judges: [rules['quick']],
  process: 'shared',
  async run(t) {
    let best = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < ATTEMPTS && best >= QUICK_MS; attempt += 1) {
      const result = await collect(t)
      t.answered(result)
      best = Math.min(best, result.ms)
    }
    if (best < QUICK_MS) t.rule(rules['quick']).upheld()
    else t.rule(rules['quick']).broken(`less than ${QUICK_MS} ms`, `${best} ms at best`)
  },
})

const growth = defineCase({
  id: 'metrics/counters-around-traffic',
  title: 'collects metrics twice with a health check and a query in between',
  judges: [rules['counters-only-grow']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['counters-only-grow'])
    // Many counters appear with their first event, so there is traffic before the first scrape as well.
    await makeTraffic(t)
    const before = await scrape(t)
    await makeTraffic(t)
    const after = await scrape(t)
    const [first] = decreasedCounters(before, after)
    if (first !== undefined)
      return rule.broken(`${first.series} of ${first.before} or more`, String(first.after))
    if (before.some(({ type }) => type === 'counter')) return rule.upheld()
    return rule.inapplicable('counters: there are none in its metrics')
  },
})

/** CollectMetrics as Grafana calls it (CTX-101). */
function collect(t: SharedContext) {
  return t.plugin.diagnostics.collectMetrics({ pluginContext: bareContext(t.subject) })
}

async function scrape(t: SharedContext) {
  const { metrics } = t.answered(await collect(t))
  return parseExposition(metrics?.prometheus ?? new Uint8Array()).families
}

/** How these calls end does not matter. */
async function makeTraffic(t: SharedContext): Promise<void> {
  const pluginContext = t.context()
  await t.plugin.diagnostics.checkHealth({ pluginContext, headers: headerMap(t.profile, 'health') })
  await t.plugin.data.queryData({ pluginContext, queries: [t.query()] })
}

function place({ line, column, message }: ExpositionFinding): string {
  return `${message} (line ${line}, column ${column})`
}

/** Conversations about CollectMetrics. */
export const cases = [context, text, speed, growth]

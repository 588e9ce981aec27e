import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { askOne, describeOutcome } from './ask-one.ts'
import { failingQuery, failingQueryMissing, scriptedError } from './failing-query.ts'
import { goodQuery, goodQueryMissing } from './good-query.ts'
import { rules } from './rules.ts'

const unreadable = defineCase({
  id: 'query/one-unreadable-query',
  title: 'asks a good query beside one whose model no plugin can understand',
  judges: [rules['failure-stays-in-its-query']],
  process: 'shared',
  async run(t) {
    const good = t.query({ refId: 'A' })
    const alone = t.answered(await t.plugin.data.queryData({ pluginContext: t.context(), queries: [good] }))
    // Without instance or settings no query can be answered: that is not what this rule is about (DATA-204, CTX-407).
    if (alone.responses['A'] === undefined || alone.responses['A'].error !== '') {
      t.rule(rules['failure-stays-in-its-query']).unverified(goodQueryMissing)
      return
    }
    const bad = { ...t.query({ refId: 'B' }), json: new TextEncoder().encode('{"refId":"B", not json') }
    const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries: [good, bad] })
    const rule = t.rule(rules['failure-stays-in-its-query'])
    const expected = 'data for A beside an error for B'
    if (result.kind === 'failed') return rule.broken(expected, `the whole call failed: ${result.details}`)
    const { responses } = t.answered(result)
    if (responses['A'] !== undefined && responses['A'].error === '') return rule.upheld()
    return rule.broken(expected, `A failed too: ${responses['A']?.error ?? 'no response'}`)
  },
})

const beside = defineCase({
  id: 'query/one-failing-query',
  title: 'asks a good query beside one that fails',
  judges: [rules['failure-stays-in-its-query']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['failure-stays-in-its-query'])
    const failing = failingQuery(t, 'B')
    if (failing === undefined) return rule.unverified(failingQueryMissing)
    const good = goodQuery(t)
    const alone = await askOne(t, t.plugin, good)
    if (alone.kind !== 'succeeded') return rule.unverified(goodQueryMissing)
    const queries = [good, failing]
    const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries })
    const expected = 'data for A beside an error for B'
    if (result.kind === 'failed') return rule.broken(expected, `the whole call failed: ${result.details}`)
    const { A: answer } = t.answered(result).responses
    if (answer !== undefined && answer.error === '') return rule.upheld()
    return rule.broken(expected, `A failed too: ${answer?.error ?? 'no response'}`)
  },
})

const alone = defineCase({
  id: 'query/failing-query',
  title: 'asks a query that has to fail',
  judges: [rules['failed-query-has-an-error'], rules['failures-are-answered-in-band']],
  process: 'shared',
  async run(t) {
    const hasError = t.rule(rules['failed-query-has-an-error'])
    const inBand = t.rule(rules['failures-are-answered-in-band'])
    const query = failingQuery(t)
    if (query === undefined) {
      hasError.unverified(failingQueryMissing)
      return inBand.unverified(failingQueryMissing)
    }
    const outcome = await askOne(t, t.plugin, query)
    if (outcome.kind === 'call-failed') {
      // Without an instance no call can be answered (CTX-407).
      const good = await askOne(t, t.plugin, goodQuery(t))
      hasError.unverified(failingQueryMissing)
      if (good.kind === 'call-failed') return inBand.unverified('a QueryData call that the plugin answers')
      return inBand.broken('an error in the response for A', describeOutcome(outcome))
    }
    if (outcome.kind === 'failed') {
      hasError.upheld()
      return inBand.upheld()
    }
    hasError.broken('a non-empty error in the response for A', describeOutcome(outcome))
    return inBand.unverified(failingQueryMissing)
  },
})

const downstream = defineCase({
  id: 'query/downstream-failure',
  title: 'asks a query that fails because the database is away',
  judges: [rules['downstream-failures-are-marked'], rules['error-text-is-useful']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const marked = t.rule(rules['downstream-failures-are-marked'])
    const useful = t.rule(rules['error-text-is-useful'])
    const outcome = await askOne(t, t.plugin, t.query({ model: { conformance: { error: scriptedError } } }))
    if (outcome.kind !== 'failed') {
      marked.unverified(failingQueryMissing)
      return useful.unverified(failingQueryMissing)
    }
    const { error, errorSource } = outcome.response
    if (errorSource === 'downstream') marked.upheld()
    else marked.broken('errorSource "downstream"', `errorSource "${errorSource}"`)
    if (error.includes(scriptedError.message)) return useful.upheld()
    return useful.broken(`the cause, "${scriptedError.message}"`, describeOutcome(outcome))
  },
})

/** Conversations about queries that fail. */
export const failureCases = [unreadable, beside, alone, downstream] as const

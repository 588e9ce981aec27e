import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { rules } from './rules.ts'

const RESOURCE_EXHAUSTED = 8
const UNAVAILABLE = 14

const failingBackend = defineCase({
  id: 'errors/failing-backend',
  title: 'asks a query whose backend can not be reached, and one whose backend has had enough',
  judges: [rules['unavailable-only-when-gone'], rules['rate-limits-are-not-exhaustion']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const pluginContext = t.context()
    const ask = (status: number, message: string) =>
      t.plugin.data.queryData({
        pluginContext,
        queries: [t.query({ model: { conformance: { error: { message, status, source: 'downstream' } } } })],
      })
    const gone = await ask(503, 'The backend can not be reached.')
    if (gone.kind === 'died') t.answered(gone)
    const unavailable = t.rule(rules['unavailable-only-when-gone'])
    if (gone.kind === 'failed' && gone.code === UNAVAILABLE)
      unavailable.broken('an answer with the error in it', describeResult(gone))
    else unavailable.upheld()

    const limited = await ask(429, 'The backend allows no more requests.')
    if (limited.kind === 'died') t.answered(limited)
    const exhausted = t.rule(rules['rate-limits-are-not-exhaustion'])
    if (limited.kind === 'failed' && limited.code === RESOURCE_EXHAUSTED)
      exhausted.broken('an answer with status 429 in it', describeResult(limited))
    else exhausted.upheld()
  },
})

/** Conversations while the backend fails. */
export const cases = [failingBackend]

import type { ContextOptions } from '../../host/context/plugin-context.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { healthCheck } from './health-check.ts'
import { rules } from './rules.ts'

/** Code of a method that a plugin does not offer (ERR-001). */
const UNIMPLEMENTED = 12

/** Nobody listens at the first port, so that connections are refused at once. */
const REFUSING_URL = 'http://127.0.0.1:1'

/** Settings in good form with which no backend can be reached; settings in bad form are CTX-407. */
const configurations: Readonly<Record<string, (t: CaseContext) => ContextOptions>> = {
  'unreachable-url': () => ({ url: REFUSING_URL }),
  'wrong-secrets': (t) => ({ secrets: { ...t.samples.settings.secureJsonData, ...t.canaries.secrets } }),
  'no-settings': () => ({ url: '', jsonData: {}, secrets: {} }),
}

/** Checks settings that can't work for a plugin that has a backend. */
export const failing = defineCase({
  id: 'health/failing-configuration',
  title: 'checks the health with a url that refuses connections, with wrong secrets, with nothing set',
  judges: [rules['failure-in-band'], rules['answers-within-30-s']],
  process: 'shared',
  variants: Object.keys(configurations),
  async run(t) {
    const options = { uid: `conformance-${t.variant}`, ...configurations[t.variant]?.(t) }
    const result = await t.plugin.diagnostics.checkHealth(healthCheck(t, options))
    const inTime = t.rule(rules['answers-within-30-s'])
    if (result.kind === 'timeout')
      inTime.broken(`an answer within ${t.budgets.call} ms`, describeResult(result))
    else if (result.kind === 'answered') inTime.upheld()
    const inBand = t.rule(rules['failure-in-band'])
    if (result.kind === 'failed' && result.code !== UNIMPLEMENTED) {
      inTime.unverified('an answer: a call that fails says nothing about the backend')
      return inBand.broken('status ERROR inside an answer', describeResult(result))
    }
    t.answered(result)
    return inBand.upheld()
  },
})

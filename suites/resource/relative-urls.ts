import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { resourceCall } from './resource-call.ts'
import { rules } from './rules.ts'

/** A colon in the first segment makes Grafana write `./` before the url (RES-102). */
export const relativeUrl = defineCase({
  id: 'resource/colon-in-path',
  title: 'asks for two resources that do not exist, of which one has a colon in its first segment',
  judges: [rules['relative-url-understood']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['relative-url-understood'])
    const call = (path: string) =>
      t.plugin.resource.callResource(resourceCall(t, { method: 'GET', path, query: 'limit=2' })).all()
    const [plain] = t.answered(await call('conformance-k-v/x'))
    const result = await call('conformance-k:v/x')
    const expected = `code ${plain?.code}, as without the colon`
    if (result.kind === 'failed') return rule.broken(expected, `${describeResult(result)} with a colon`)
    const [colon] = t.answered(result)
    // Only of a scripted plugin is it known that it has neither of the two.
    if (t.contract === 'scripted' && colon?.code !== plain?.code)
      return rule.broken(expected, `code ${colon?.code} with a colon`)
    return rule.upheld()
  },
})

import { describeResult } from '../../host/rpc/call-result.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { callMethod, methodPaths } from './every-method.ts'
import { rules } from './rules.ts'

const UNIMPLEMENTED = 12

/** How generated stubs and frameworks say that nobody wrote the method. */
const saysMissing = /un-?implemented|not[ _]?implemented|unknown (service|method)/i

/** Not implemented may be a kind of query or a path; such failures are the method's own. */
const aboutContent = /quer|path|channel|type|format/i

const everyMethod = defineCase({
  id: 'errors/every-method',
  title: 'calls each of the eleven methods once, as Grafana does',
  judges: [rules['missing-methods-are-unimplemented']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['missing-methods-are-unimplemented'])
    const results = await Promise.all(
      methodPaths.map(async (path) => [path, await callMethod(path, t.plugin, t)] as const),
    )
    for (const [path, result] of results) {
      if (result.kind === 'died') t.answered(result)
      if (isMislabelled(result))
        rule.broken(`UNIMPLEMENTED (12) or an answer from ${path}`, describeResult(result))
      if (result.kind === 'failed') t.note(path, describeResult(result).slice(0, 200))
    }
    if (results.every(([, result]) => result.kind === 'timeout')) return rule.unverified('a method that ends')
    return rule.upheld()
  },
})

/** Other failures may have reasons that nobody but the plugin knows. */
function isMislabelled(result: CallResult<unknown>): boolean {
  return (
    result.kind === 'failed' &&
    result.code !== UNIMPLEMENTED &&
    saysMissing.test(result.details) &&
    !aboutContent.test(result.details)
  )
}

/** Conversations about what is offered. */
export const cases = [everyMethod]

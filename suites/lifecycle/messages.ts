import { noCallSpans } from '../../host/trace/call-spans.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { rules } from './running-rules.ts'

/** Twenty keys, one of them binary, far below the 16 KiB that the Rust SDK announces (LIFE-088). */
const unknownMetadata: ReadonlyArray<readonly [string, string | Uint8Array]> = [
  ...Array.from({ length: 19 }, (_, index) => [`x-conformance-${index}`, 'x'.repeat(200)] as const),
  ['x-conformance-bin', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
]

const metadata = defineCase({
  id: 'lifecycle/unusual-metadata',
  title: 'calls CheckHealth with twenty unknown metadata keys, and with none at all',
  judges: [rules['ignores-unknown-metadata']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['ignores-unknown-metadata'])
    const request = { pluginContext: t.context() }
    const usual = await t.plugin.diagnostics.checkHealth(request)
    const unknown = await t.plugin.diagnostics.checkHealth(request, { metadata: unknownMetadata })
    const none = await t.plugin.diagnostics.checkHealth(request, { spans: noCallSpans })
    for (const result of [usual, unknown, none]) if (result.kind === 'died') t.answered(result)
    if (usual.kind === 'timeout') t.answered(usual)
    const expected = `as with the usual metadata: ${outcome(usual)}`
    if (outcome(unknown) !== outcome(usual))
      rule.broken(expected, `${describeResult(unknown)} with twenty unknown keys`)
    if (outcome(none) !== outcome(usual)) rule.broken(expected, `${describeResult(none)} without metadata`)
    rule.upheld()
  },
})

/** The same words for the same outcome, times and texts aside. */
function outcome(result: CallResult<unknown>): string {
  return result.kind === 'failed' ? `code ${result.code}` : result.kind
}

/** Conversations about metadata. */
export const cases = [metadata]

import { noCallSpans } from '../../host/trace/call-spans.ts'
import { resourceRequest } from '../../host/context/query-request.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CallOptions } from '../../host/rpc/caller.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { isLost } from './is-lost.ts'
import { rules } from './running-rules.ts'

const MIB = 1024 * 1024
const UNIMPLEMENTED = 12

/** How servers refuse a message for its size: RESOURCE_EXHAUSTED, or OUT_OF_RANGE in the Rust SDK (DATA-405). */
const TOO_LARGE: readonly number[] = [8, 11]

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

const largeRequests = defineCase({
  id: 'lifecycle/large-requests',
  heavy: true,
  title: 'sends a query with 1 MiB of JSON and a resource call with a body of 15 MiB',
  judges: [rules['accepts-large-requests']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['accepts-large-requests'])
    const plugin = await t.up()
    const pluginContext = t.context()
    const usual = await plugin.data.queryData({ pluginContext, queries: [t.query()] })
    const queries = [t.query({ model: { conformanceFiller: 'x'.repeat(MIB) } })]
    // Who fails every query may quote it in its status, which then is more than this host can receive (docs/fidelity.md).
    const query =
      usual.kind === 'answered'
        ? await plugin.data.queryData({ pluginContext, queries }, largeOptions(t))
        : usual
    const body = new Uint8Array(LARGE_REQUEST).fill(0x20)
    const request = resourceRequest(t.profile, { method: 'POST', path: 'conformance/large', body })
    const resource = await plugin.resource.callResource({ pluginContext, ...request }, largeOptions(t)).all()
    if (isMissing(query) && isMissing(resource)) return rule.inapplicable('Data or Resource')
    judge('a query of 1 MiB', query)
    judge('a resource call of 15 MiB', resource)
    return rule.upheld()

    function judge(what: string, result: CallResult<unknown>): void {
      if (isLost(result) || (result.kind === 'failed' && TOO_LARGE.includes(result.code)))
        rule.broken(`an answer to ${what}, whatever it says`, describeResult(result))
    }
  },
})

/** Below the 16 MiB that the whole message may have (LIFE-077). */
const LARGE_REQUEST = 15 * MIB

/** Time is not what these cases judge, and so many bytes take theirs on a busy machine. */
function largeOptions({ budgets }: CaseContext): CallOptions {
  return { budgetMs: budgets.call * 4 }
}

function isMissing(result: CallResult<unknown>): boolean {
  return result.kind === 'failed' && result.code === UNIMPLEMENTED
}

const LARGE_RESPONSE = 32 * MIB

const largeResponses = defineCase({
  id: 'lifecycle/large-responses',
  heavy: true,
  title: 'asks for a query response of 32 MiB',
  judges: [rules['sends-large-responses']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['sends-large-responses'])
    const queries = [t.query({ model: { conformance: { bytes: LARGE_RESPONSE } } })]
    const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries }, largeOptions(t))
    const expected = `frames of at least ${LARGE_RESPONSE} bytes`
    if (result.kind === 'died') return void t.answered(result)
    if (result.kind !== 'answered') return rule.broken(expected, describeResult(result))
    const frames = result.message.responses['A']?.frames ?? []
    if (frames.length === 0) return rule.unverified('the frame that the script asked for')
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0)
    return bytes >= LARGE_RESPONSE ? rule.upheld() : rule.broken(expected, `${bytes} bytes`)
  },
})

/** The same words for the same outcome, times and texts aside. */
function outcome(result: CallResult<unknown>): string {
  return result.kind === 'failed' ? `code ${result.code}` : result.kind
}

/** Conversations about metadata and sizes. */
export const cases = [metadata, largeRequests, largeResponses]

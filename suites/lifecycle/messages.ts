import { noCallSpans } from '../../host/trace/call-spans.ts'
import { resourceRequest } from '../../host/context/query-request.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { SharedContext } from '../kernel/case-context.ts'
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
    const expected = `as with the usual metadata: ${outcome(usual)}`
    if (outcome(unknown) !== outcome(usual))
      rule.broken(expected, `${describeResult(unknown)} with twenty unknown keys`)
    if (outcome(none) !== outcome(usual)) rule.broken(expected, `${describeResult(none)} without metadata`)
    rule.upheld()
  },
})

const largeRequests = defineCase({
  id: 'lifecycle/large-requests',
  title: 'sends a resource call with a large body, and a query with 1 MiB of JSON',
  judges: [rules['accepts-large-requests']],
  process: 'shared',
  variants: ['resource-5-mib', 'resource-15-mib', 'query-1-mib'],
  async run(t) {
    const rule = t.rule(rules['accepts-large-requests'])
    const result = await sendLarge(t)
    if (result.kind === 'failed' && result.code === UNIMPLEMENTED) return rule.inapplicable('this service')
    if (isLost(result) || (result.kind === 'failed' && TOO_LARGE.includes(result.code)))
      return rule.broken('an answer, whatever it says', describeResult(result))
    t.note('answer', describeResult(result))
    return rule.upheld()
  },
})

function sendLarge(t: SharedContext): Promise<CallResult<unknown>> {
  const pluginContext = t.context()
  if (t.variant === 'query-1-mib') {
    const queries = [t.query({ model: { conformanceFiller: 'x'.repeat(MIB) } })]
    return t.plugin.data.queryData({ pluginContext, queries })
  }
  const body = new Uint8Array((t.variant === 'resource-5-mib' ? 5 : 15) * MIB).fill(0x20)
  const request = resourceRequest(t.profile, { method: 'POST', path: 'conformance/large', body })
  return t.plugin.resource.callResource({ pluginContext, ...request }).all()
}

const LARGE = 32 * MIB

const largeResponses = defineCase({
  id: 'lifecycle/large-responses',
  title: 'asks for a query response and for a resource of 32 MiB',
  judges: [rules['sends-large-responses']],
  needs: [needs.scripted],
  process: 'shared',
  variants: ['query', 'resource'],
  async run(t) {
    const rule = t.rule(rules['sends-large-responses'])
    const result = t.variant === 'query' ? await askLargeQuery(t) : await askLargeResource(t)
    const expected = `${LARGE} bytes`
    if (result.kind !== 'answered') return rule.broken(expected, describeResult(result))
    return result.message >= LARGE ? rule.upheld() : rule.broken(expected, `${result.message} bytes`)
  },
})

async function askLargeQuery(t: SharedContext): Promise<CallResult<number>> {
  const queries = [t.query({ model: { conformance: { bytes: LARGE } } })]
  const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries })
  if (result.kind !== 'answered') return result
  const frames = result.message.responses['A']?.frames ?? []
  return { ...result, message: frames.reduce((sum, frame) => sum + frame.length, 0) }
}

async function askLargeResource(t: SharedContext): Promise<CallResult<number>> {
  const request = resourceRequest(t.profile, { method: 'GET', path: `conformance/bytes/${LARGE}` })
  const result = await t.plugin.resource.callResource({ pluginContext: t.context(), ...request }).all()
  if (result.kind !== 'answered') return result
  let at = 0
  for (const { body } of result.message) {
    for (const byte of body) {
      if (byte !== at % 251) return { ...result, message: at }
      at++
    }
  }
  return { ...result, message: at }
}

/** The same words for the same outcome, times and texts aside. */
function outcome(result: CallResult<unknown>): string {
  return result.kind === 'failed' ? `code ${result.code}` : result.kind
}

/** Conversations about metadata and sizes. */
export const cases = [metadata, largeRequests, largeResponses]

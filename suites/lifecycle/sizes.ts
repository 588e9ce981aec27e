import { resourceRequest } from '../../host/context/query-request.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CallOptions } from '../../host/rpc/caller.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { isLost } from './is-lost.ts'
import { describeLimit, findLargest } from './largest.ts'
import { rules } from './running-rules.ts'
import { rules as transportRules } from './transport-rules.ts'

const MIB = 1024 * 1024
const UNIMPLEMENTED = 12

/** How servers refuse a message for its size: RESOURCE_EXHAUSTED, or OUT_OF_RANGE in the Rust SDK (DATA-405). */
const TOO_LARGE: readonly number[] = [8, 11]

/** Below the 16 MiB that the whole message may have (LIFE-077). */
const LARGE_REQUEST = 15 * MIB

const largeRequests = defineCase({
  id: 'lifecycle/large-requests',
  heavy: true,
  title:
    'sends a query with 1 MiB of JSON and a resource call with a body of 15 MiB; where that fails, looks for the limit',
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
    const resource = await sendBody(t, plugin, LARGE_REQUEST)
    if (isMissing(query) && isMissing(resource)) return rule.inapplicable('Data or Resource')
    if (isRefused(query))
      return rule.broken('an answer to a query of 1 MiB, whatever it says', describeResult(query))
    if (!isRefused(resource)) return rule.upheld()
    return rule.broken(
      'an answer to a resource call of 15 MiB, whatever it says',
      `${await acceptance(t, plugin, resource)}: ${describeResult(resource)}`,
    )
  },
})

/** What the plugin does accept, measured. */
async function acceptance(t: CaseContext, plugin: Plugin, refusal: CallResult<unknown>): Promise<string> {
  if (isLost(refusal)) return 'no answer, and nothing to measure a limit with'
  const largest = await findLargest(
    LARGE_REQUEST,
    async (bytes) => !isRefused(await sendBody(t, plugin, bytes)),
  )
  if (largest === undefined) return 'it accepts not even small requests'
  return `it accepts requests of up to ${describeLimit(largest)}; plugins on the Go SDK take 16 MiB`
}

/** Beyond every limit that a plugin is likely to have, and four times that of the Go SDK (LIFE-077). */
const TOO_LARGE_REQUEST = 64 * MIB

const tooLarge = defineCase({
  id: 'lifecycle/too-large-request',
  heavy: true,
  title: 'sends a resource call with a body of 64 MiB, and calls again',
  judges: [transportRules['too-large-requests-fail-alone']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(transportRules['too-large-requests-fail-alone'])
    const plugin = await t.up()
    const result = await sendBody(t, plugin, TOO_LARGE_REQUEST)
    if (isMissing(result)) return rule.inapplicable('Resource')
    const expected = 'an answer or a refusal, on a connection that stays'
    if (isLost(result)) return rule.broken(expected, describeResult(result))
    const next = await plugin.diagnostics.checkHealth({ pluginContext: t.context() })
    if (isLost(next)) return rule.broken(expected, `the call after it: ${describeResult(next)}`)
    return rule.upheld()
  },
})

function sendBody(t: CaseContext, plugin: Plugin, bytes: number): Promise<CallResult<unknown>> {
  const body = new Uint8Array(bytes).fill(0x20)
  const request = resourceRequest(t.profile, { method: 'POST', path: 'conformance/large', body })
  return plugin.resource.callResource({ pluginContext: t.context(), ...request }, largeOptions(t)).all()
}

const LARGE_RESPONSE = 32 * MIB

const largeResponses = defineCase({
  id: 'lifecycle/large-responses',
  heavy: true,
  title: 'asks for a query response of 32 MiB; where that fails, looks for the limit',
  judges: [rules['sends-large-responses']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['sends-large-responses'])
    const ask = async (bytes: number): Promise<CallResult<number>> => {
      const queries = [t.query({ model: { conformance: { bytes } } })]
      const result = await t.plugin.data.queryData({ pluginContext: t.context(), queries }, largeOptions(t))
      if (result.kind !== 'answered') return result
      const frames = result.message.responses['A']?.frames ?? []
      return { ...result, message: frames.reduce((sum, frame) => sum + frame.length, 0) }
    }
    const result = await ask(LARGE_RESPONSE)
    const expected = `frames of at least ${LARGE_RESPONSE} bytes`
    if (result.kind === 'died') return void t.answered(result)
    if (result.kind === 'answered') {
      if (result.message === 0) return rule.unverified('the frame that the script asked for')
      return result.message >= LARGE_RESPONSE
        ? rule.upheld()
        : rule.broken(expected, `${result.message} bytes`)
    }
    if (isLost(result)) return rule.broken(expected, describeResult(result))
    const largest = await findLargest(LARGE_RESPONSE, async (bytes) => (await ask(bytes)).kind === 'answered')
    const measured = largest === undefined ? 'it sends none' : `it sends up to ${describeLimit(largest)}`
    return rule.broken(expected, `${measured}: ${describeResult(result)}`)
  },
})

/** Time is not what these cases judge, and so many bytes take theirs on a busy machine. */
function largeOptions({ budgets }: CaseContext): CallOptions {
  return { budgetMs: budgets.call * 4 }
}

function isRefused(result: CallResult<unknown>): boolean {
  return isLost(result) || (result.kind === 'failed' && TOO_LARGE.includes(result.code))
}

function isMissing(result: CallResult<unknown>): boolean {
  return result.kind === 'failed' && result.code === UNIMPLEMENTED
}

/** Conversations about the sizes of messages. */
export const cases = [largeRequests, tooLarge, largeResponses]

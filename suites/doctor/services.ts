import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import type { Step } from './examination.ts'
import type { ExamineOptions } from './examine-options.ts'
import { readHealth } from './read-health.ts'
import { readMetrics } from './read-metrics.ts'
import { readQuery } from './read-query.ts'
import { readResource } from './read-resource.ts'
import { readSubscription } from './read-subscription.ts'
import { requests } from './requests.ts'
import { unanswered } from './unanswered.ts'

/** What came of a call: a step, and the death of the process where that was the end of it. */
type Died = Extract<CallResult<unknown>, { readonly kind: 'died' }>

/**
 * Calls each service once and tells what Grafana would make of the answer; stops at the first call that ends the process, and returns that end.
 *
 * Services that answer UNIMPLEMENTED are told, not judged: a plugin need not have them.
 */
export async function callServices(
  plugin: Plugin,
  options: ExamineOptions,
  note: (step: Step) => void,
): Promise<Died | undefined> {
  const made = requests(options)
  const { declares } = options.subject
  const { sampled } = made
  const calls: ReadonlyArray<() => Promise<Called>> = [
    () =>
      called('CheckHealth', plugin.diagnostics.checkHealth(made.health), {
        read: (message) => readHealth(message, sampled.settings),
        expected: sampled.settings,
      }),
    () =>
      called('QueryData', plugin.data.queryData(made.query), {
        read: (message) => readQuery(message, made.asked, sampled.query),
        expected: sampled.query,
        promised: declares.alerting || declares.metrics,
      }),
    () =>
      called('CallResource', plugin.resource.callResource(made.resource).all(), {
        read: (messages) => readResource(messages, sampled.resource),
        expected: sampled.resource,
      }),
    () =>
      called('CollectMetrics', plugin.diagnostics.collectMetrics(made.metrics), {
        read: readMetrics,
        expected: true,
      }),
    () =>
      called('SubscribeStream', plugin.stream.subscribeStream(made.subscription), {
        read: readSubscription,
        expected: false,
        promised: declares.streaming,
      }),
  ]
  for (const call of calls) {
    const [result, step] = await call()
    note(step)
    if (result.kind === 'died') return result
    if (options.signal?.aborted === true) return undefined
  }
  return undefined
}

/** What an answer is worth. */
export type Reading = Pick<Step, 'mark' | 'text' | 'fix'>

type Called = readonly [result: CallResult<unknown>, step: Step]

async function called<Message>(
  name: string,
  call: Promise<CallResult<Message>>,
  judged: {
    read(message: Message): Reading
    /** Whether the call is known to succeed on a good day. */
    readonly expected: boolean
    /** Whether plugin.json says that the service is there. */
    readonly promised?: boolean
  },
): Promise<Called> {
  const result = await call
  const reading = result.kind === 'answered' ? judged.read(result.message) : unanswered(result, judged)
  return [result, { name, ms: Math.round(result.ms), ...reading }]
}

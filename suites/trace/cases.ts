import { defaultAppUrl } from '../../host/context/plugin-context.ts'
import { startEnvironment } from '../../host/context/environment.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallSpans } from '../../host/trace/call-spans.ts'
import { createCallSpans, noCallSpans } from '../../host/trace/call-spans.ts'
import { wakingNow } from '../../host/waking-time.ts'
import { askHealth, askQuery, askResource } from '../context/ask.ts'
import type { Outcome } from '../context/outcome.ts'
import { sameOutcome } from '../context/same-outcome.ts'
import { defineCase } from '../kernel/case.ts'
import type { FreshContext } from '../kernel/case-context.ts'
import { closedAddress } from './closed-port.ts'
import { rules } from './rules.ts'

/** Parents that W3C trace context calls invalid, each in its own way. */
const malformed: readonly string[] = [
  'not-a-traceparent',
  '',
  '00-00000000000000000000000000000000-0000000000000000-01',
  'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01-more',
]

const parents: Readonly<Record<string, readonly CallSpans[]>> = {
  malformed: malformed.map((traceparent) => ({
    start: () => ({ metadata: [['traceparent', traceparent]], end() {} }),
  })),
  unsampled: [createCallSpans({ sampled: false })],
  none: [noCallSpans],
}

const oddParents = defineCase({
  id: 'trace/odd-parents',
  heavy: true,
  title: 'makes calls with a malformed, an unsampled and no trace parent',
  judges: [rules['any-parent-is-accepted']],
  process: 'shared',
  variants: Object.keys(parents),
  async run(t) {
    const pairs = (parents[t.variant] ?? []).flatMap((spans) => [
      {
        method: 'CheckHealth',
        plain: () => askHealth(t, t.plugin),
        changed: () => askHealth(t, t.plugin, { options: { spans } }),
      },
      {
        method: 'QueryData',
        plain: () => askQuery(t, t.plugin),
        changed: () => askQuery(t, t.plugin, { options: { spans } }),
      },
    ])
    await sameOutcome(t, rules['any-parent-is-accepted'], pairs)
  },
})

/** No call may be slower than this because of tracing (TRACE-201). */
const SLOWER_MS = 1_000

const deadCollector = defineCase({
  id: 'trace/dead-collector',
  title: 'starts with the address of a collector where nobody listens, and makes calls',
  judges: [rules['dead-collector-is-survived']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['dead-collector-is-survived'])
    const plain = await t.up()
    const started = await t.start({ env: tracingEnvironment(t, await closedAddress()) })
    if (started.kind === 'refused') return rule.broken('a start as without a collector', started.fault.what)
    const { plugin: traced } = started
    const slow = await slowCall(t, plain, traced)
    if (slow !== undefined) return rule.broken('calls as fast as without a collector', slow)
    return sameOutcome(
      t,
      rules['dead-collector-is-survived'],
      calls.map(([method, ask]) => ({
        method,
        plain: () => ask(t, plain),
        changed: async () => survivor(await ask(t, traced)),
      })),
    )
  },
})

const calls: ReadonlyArray<readonly [string, (t: FreshContext, plugin: Plugin) => Promise<Outcome>]> = [
  ['CheckHealth', (t, plugin) => askHealth(t, plugin)],
  ['QueryData', (t, plugin) => askQuery(t, plugin)],
  ['CallResource', (t, plugin) => askResource(t, plugin)],
]

/** In a process of its own nobody else can have caused the death. */
function survivor(outcome: Outcome): Outcome {
  return outcome.kind === 'died' ? { ...outcome, kind: 'failed' } : outcome
}

/** A call is slow when it is so twice in a row: backends have moods. */
async function slowCall(t: FreshContext, plain: Plugin, traced: Plugin): Promise<string | undefined> {
  for (const [method, ask] of calls) {
    const usual = await measured(() => ask(t, plain))
    const first = await measured(() => ask(t, traced))
    if (first - usual <= SLOWER_MS) continue
    const second = await measured(() => ask(t, traced))
    if (second - usual > SLOWER_MS)
      return `${method} took ${first} ms and ${second} ms instead of ${usual} ms`
  }
  return undefined
}

async function measured(call: () => Promise<unknown>): Promise<number> {
  const began = wakingNow()
  await call()
  return Math.round(wakingNow() - began)
}

/** What this Grafana adds to the environment when its own tracing is on (TRACE-101). */
function tracingEnvironment({ profile, subject }: FreshContext, address: string): Record<string, string> {
  const all = startEnvironment(profile, {
    inherited: {},
    pluginVersion: subject.version,
    appUrl: defaultAppUrl,
    pluginSettings: { tracing: 'true' },
    tracing: { address },
  })
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => /^GF_INSTANCE_OTLP_|^GF_PLUGIN_(?:VERSION|TRACING)$/.test(name)),
  )
}

/** Conversations with tracing switched in every way that Grafana knows. */
export const cases = [oddParents, deadCollector]

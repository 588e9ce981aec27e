import { neverUpdatedMs } from '../../host/context/plugin-context.ts'
import type { ContextOptions } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import type { CheckHealthResponse, PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext, Judge, SharedContext } from '../kernel/case-context.ts'
import { askHealth, askQuery, askResource } from './ask.ts'
import type { Manner } from './ask.ts'
import { rules } from './rules.ts'
import type { Outcome } from './outcome.ts'

type Ask = (t: CaseContext, plugin: Plugin, manner: Manner) => Promise<Outcome>

/** The calls that Grafana makes without settings too (CTX-103). */
const calls: ReadonlyArray<readonly [string, Ask]> = [
  ['CheckHealth', askHealth],
  ['QueryData', askQuery],
  ['CallResource', askResource],
]

/** A fault of the plugin as a whole: no answer of any kind. */
interface Loss {
  readonly method: string
  readonly outcome: Outcome
}

const missing = defineCase({
  id: 'context/no-settings',
  title: 'asks without any instance settings, as a plugin-level route of Grafana does',
  judges: [rules['survives-without-settings']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['survives-without-settings'])
    const plugin = await t.up()
    const loss = await firstLoss(t, plugin, t.context({ settings: 'none' }))
    if (loss === undefined) return concludeAlive(t, rule, await askHealth(t, plugin))
    if (await hangsAnyway(t, plugin, loss)) return rule.unverified(`${loss.method} that is answered in time`)
    return rule.broken('an answer or an error', `${loss.method}: ${loss.outcome.text}`)
  },
})

/** Change markers that are no date: an app never configured, the epoch, and more than a double can count (CTX-110). */
const updateTimes: Readonly<Record<string, bigint>> = {
  'never-configured': neverUpdatedMs,
  zero: 0n,
  huge: 2n ** 53n + 1n,
}

const updates = defineCase({
  id: 'context/odd-update-times',
  heavy: true,
  title: 'says that the settings were changed at a time that is no date',
  judges: [rules['any-update-time-is-accepted']],
  process: 'fresh',
  async run(t) {
    const rule = t.rule(rules['any-update-time-is-accepted'])
    const plugin = await t.up()
    const usual = t.context({ uid: 'conformance-update-times' })
    for (const [name, lastUpdatedMs] of Object.entries(updateTimes)) {
      const context = t.context({ uid: 'conformance-update-times', lastUpdatedMs })
      const loss = await firstLoss(t, plugin, context)
      if (loss !== undefined) {
        if (await hangsAnyway(t, plugin, loss))
          return rule.unverified(`${loss.method} that is answered in time`)
        return rule.broken('an answer', `${loss.method} with lastUpdatedMS ${name}: ${loss.outcome.text}`)
      }
      // Only apps get such values from Grafana, so only there an error is the plugin's fault (CTX-110).
      if (t.subject.type !== 'app') continue
      const expected = await askResource(t, plugin, { context: usual })
      const actual = await askResource(t, plugin, { context })
      if (expected.key !== actual.key)
        return rule.broken(`CallResource: ${expected.text}`, `with lastUpdatedMS ${name}: ${actual.text}`)
    }
    return concludeAlive(t, rule, await askHealth(t, plugin, { context: usual }))
  },
})

/** Errors were fine until now; what follows has to show that somebody is there who could have done better (CTX-104). */
function concludeAlive(t: CaseContext, rule: Judge, after: Outcome): void {
  const text = t.canaries.redact(after.text)
  if (after.kind === 'answered') return rule.upheld()
  if (after.kind === 'died' || after.kind === 'timeout')
    return rule.broken('an answer to the next health check', text)
  if (after.kind === 'unimplemented')
    return rule.inapplicable('CheckHealth: the plugin answers UNIMPLEMENTED')
  return rule.unverified(`a health check that is answered instead of ${text}`)
}

async function firstLoss(t: CaseContext, plugin: Plugin, context: PluginContext): Promise<Loss | undefined> {
  for (const [method, ask] of calls) {
    // A time of its own, so that a hanging call is judged here alone.
    const outcome = await ask(t, plugin, { context, options: { budgetMs: t.budgets.call } })
    if (outcome.kind === 'died' || outcome.kind === 'timeout') return { method, outcome }
  }
  return undefined
}

async function hangsAnyway(t: CaseContext, plugin: Plugin, { method, outcome }: Loss): Promise<boolean> {
  const ask = calls.find(([name]) => name === method)?.[1]
  if (outcome.kind !== 'timeout' || ask === undefined) return false
  const usual = await ask(t, plugin, { options: { budgetMs: t.budgets.call } })
  return usual.kind === 'timeout'
}

/** What Grafana sends for settings that nobody stored (CTX-109). */
const empties: Readonly<Record<string, NonNullable<ContextOptions['jsonData']>>> = {
  'no-bytes': 'empty',
  null: 'null',
  'empty-object': {},
}

const empty = defineCase({
  id: 'context/empty-json-data',
  title: 'checks the health of a data source without stored JSON',
  judges: [rules['empty-json-data-is-accepted']],
  process: 'shared',
  variants: Object.keys(empties),
  async run(t) {
    const rule = t.rule(rules['empty-json-data-is-accepted'])
    const expected = 'an answer, be it ERROR with a reason'
    // Whoever fails the usual health check fails for another reason.
    if (t.variant !== 'empty-object') t.answered(await health(t, {}, 'usual'))
    const result = await health(t, empties[t.variant] ?? {}, t.variant)
    if (result.kind !== 'failed' || result.code === 12) t.answered(result)
    if (result.kind === 'failed') return rule.broken(expected, t.canaries.redact(describeResult(result)))
    return rule.upheld()
  },
})

/** JSON that was cut off: nobody can use it (CTX-407). */
const cutOff = new TextEncoder().encode('{"url":')

const unusable = defineCase({
  id: 'context/unusable-json-data',
  title: 'checks the health of a data source whose stored JSON is broken',
  judges: [rules['bad-settings-are-a-health-error']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['bad-settings-are-a-health-error'])
    t.answered(await health(t, {}, 'usual'))
    const result = await health(t, cutOff, 'unusable')
    if (result.kind === 'failed')
      return rule.broken('gRPC OK and health ERROR with a reason', t.canaries.redact(describeResult(result)))
    const { status, message } = t.answered(result)
    // A plugin may not care for jsonData at all; a scripted one has to read it.
    const careless = status === CheckHealthResponse_HealthStatus.OK && t.contract === 'any'
    if (careless || (status === CheckHealthResponse_HealthStatus.ERROR && message !== ''))
      return rule.upheld()
    return rule.broken(
      'health ERROR with a reason',
      `health ${CheckHealthResponse_HealthStatus[status] ?? status} with message "${t.canaries.redact(message)}"`,
    )
  },
})

/** Another data source, or for apps another organisation, each time: an instance that is kept would hide the settings (CTX-403). */
const organisations: readonly string[] = ['usual', 'unusable', ...Object.keys(empties)]

function health(
  t: SharedContext,
  jsonData: NonNullable<ContextOptions['jsonData']>,
  name: string,
): Promise<CallResult<CheckHealthResponse>> {
  const orgId = 9_100n + BigInt(organisations.indexOf(name))
  const pluginContext = t.context({ uid: `conformance-json-${name}`, orgId, jsonData })
  return t.plugin.diagnostics.checkHealth({ pluginContext })
}

/** Conversations with settings that are missing, empty or strange. */
export const oddSettingsCases = [missing, updates, empty, unusable]

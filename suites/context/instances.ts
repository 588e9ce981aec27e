import type { ContextOptions } from '../../host/context/plugin-context.ts'
import { resourceRequest } from '../../host/context/query-request.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { CallOptions } from '../../host/rpc/caller.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { CaseEnded } from '../kernel/case-ended.ts'
import type { CaseContext, FreshContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { rules } from './rules.ts'

/** What a scripted subject says about the instance that served a call (fixtures/script.schema.json, `conformance/instance`). */
interface InstanceReport {
  readonly instance: unknown
  readonly uid: unknown
  readonly marker: unknown
}

const savedMs = 1_700_000_000_000n

const instances = defineCase({
  id: 'context/instances',
  heavy: true,
  title: 'edits settings, repeats calls, and mixes data sources and tenants',
  judges: [
    rules['changed-settings-take-effect'],
    rules['instances-are-reused'],
    rules['instances-do-not-mix'],
    rules['tenants-do-not-mix'],
    rules['running-calls-outlive-a-change'],
  ],
  needs: [needs.scripted],
  process: 'fresh',
  async run(t) {
    const plugin = await t.up()
    await editSettings(t, plugin)
    await repeatCalls(t, plugin)
    await mixSources(t, plugin)
    await mixTenants(t, plugin)
    await editWhileRunning(t, plugin)
  },
})

async function editSettings(t: FreshContext, plugin: Plugin): Promise<void> {
  const rule = t.rule(rules['changed-settings-take-effect'])
  const first = await served(t, plugin, settings('edited', 'old'))
  const second = await served(t, plugin, { ...settings('edited', 'new'), lastUpdatedMs: savedMs + 1n })
  if (first.marker === 'old' && second.marker === 'new') rule.upheld()
  else
    rule.broken(
      'jsonData.marker "old", then after the change "new"',
      `${text(first.marker)}, then ${text(second.marker)}`,
    )
}

/** Enough to see a habit; the order of a map on the wire means nothing (CTX-402). */
const REPETITIONS = 10

async function repeatCalls(t: FreshContext, plugin: Plugin): Promise<void> {
  const rule = t.rule(rules['instances-are-reused'])
  const seen = new Set<unknown>()
  for (let call = 0; call < REPETITIONS; call += 1) {
    const report = await served(t, plugin, settings('repeated', 'same'), { reversed: call % 2 === 1 })
    seen.add(report.instance)
  }
  if (seen.size === 1) rule.upheld()
  else rule.broken(`one instance for ${REPETITIONS} equal calls`, `${seen.size} instances`)
}

const SOURCES = 8
const CALLS = 64

async function mixSources(t: FreshContext, plugin: Plugin): Promise<void> {
  const rule = t.rule(rules['instances-do-not-mix'])
  const expected = Array.from({ length: CALLS }, (_, call) => `source-${call % SOURCES}`)
  // One source after another, so that all are known; then all at once.
  for (const name of expected.slice(0, SOURCES)) await served(t, plugin, settings(name, name))
  const reports = await Promise.all(expected.map((name) => served(t, plugin, settings(name, name))))
  const wrong = reports.findIndex(
    ({ uid, marker }, call) => uid !== uidOf(expected[call] ?? '') || marker !== expected[call],
  )
  if (wrong === -1) return rule.upheld()
  const { uid, marker } = reports[wrong] ?? {}
  return rule.broken(
    `settings of ${uidOf(expected[wrong] ?? '')} for a call that carries them`,
    `those of ${text(uid)} with marker ${text(marker)}, while ${CALLS} calls for ${SOURCES} data sources ran`,
  )
}

async function mixTenants(t: FreshContext, plugin: Plugin): Promise<void> {
  const rule = t.rule(rules['tenants-do-not-mix'])
  const report = (tenant: string): Promise<InstanceReport> =>
    served(t, plugin, settings('tenanted', tenant), { metadata: [['tenantid', tenant]] })
  const found = [await report('one'), await report('two'), await report('one')].map(({ marker }) =>
    text(marker),
  )
  const expected = ['one', 'two', 'one'].map((marker) => text(marker))
  if (found.join() === expected.join()) rule.upheld()
  else rule.broken(`settings of tenants ${expected.join(', ')}`, `settings of ${found.join(', ')}`)
}

/** Long enough for the change to come in between, short enough for a run of many cases. */
const RUNNING_MS = 250

async function editWhileRunning(t: FreshContext, plugin: Plugin): Promise<void> {
  const rule = t.rule(rules['running-calls-outlive-a-change'])
  const queries = [t.query({ model: { conformance: { delayMs: RUNNING_MS } } })]
  const before = settings('running', 'old')
  const call = plugin.data.queryData({ pluginContext: t.context(before), queries })
  await served(t, plugin, { ...settings('running', 'new'), lastUpdatedMs: savedMs + 1n })
  const result = await call
  if (result.kind !== 'answered') return rule.broken('an answer', t.canaries.redact(describeResult(result)))
  const response = result.message.responses['A']
  if (response !== undefined && response.error === '') return rule.upheld()
  return rule.broken('data for A', t.canaries.redact(response?.error ?? 'no response for A'))
}

/** Settings that can be told apart afterwards. */
function settings(name: string, marker: string): ContextOptions {
  return { uid: uidOf(name), name, jsonData: { marker }, lastUpdatedMs: savedMs }
}

function uidOf(name: string): string {
  return `conformance-${name}`
}

async function served(
  t: CaseContext,
  plugin: Plugin,
  options: ContextOptions,
  call: { readonly reversed?: boolean; readonly metadata?: NonNullable<CallOptions['metadata']> } = {},
): Promise<InstanceReport> {
  const pluginContext = t.context(options)
  if (call.reversed === true)
    pluginContext.grafanaConfig = Object.fromEntries(Object.entries(pluginContext.grafanaConfig).toReversed())
  const request = resourceRequest(t.profile, { method: 'GET', path: 'conformance/instance' })
  const messages = t.answered(
    await plugin.resource
      .callResource(
        { pluginContext, ...request },
        call.metadata === undefined ? {} : { metadata: call.metadata },
      )
      .all(),
  )
  return readReport(Buffer.concat(messages.map(({ body }) => body)).toString('utf8'))
}

function readReport(body: string): InstanceReport {
  try {
    const report: unknown = JSON.parse(body)
    const { instance, uid, jsonData } = fields(report)
    return { instance, uid, marker: fields(jsonData)['marker'] }
  } catch {
    const missing = 'JSON from the resource conformance/instance, as the scripted contract says'
    throw new CaseEnded({ kind: 'unverified', missing })
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  // Any object may be read by its keys.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing'
}

/** Conversations about instances and their settings. */
export const instanceCases = [instances]

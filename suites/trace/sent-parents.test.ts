import { expect, test } from 'vitest'

import { defaultBudgets } from '../../host/budgets.ts'
import { startEnvironment } from '../../host/context/environment.ts'
import { defaultAppUrl } from '../../host/context/plugin-context.ts'
import { newestProfile } from '../../host/context/profile.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { startPlugin } from '../../host/launch/start-plugin.ts'
import { createCallSpans, noCallSpans } from '../../host/trace/call-spans.ts'
import type { CallSpans } from '../../host/trace/call-spans.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { referenceSubject } from '../reference-subject.ts'

/** Starts a plugin that notes the trace parents of the calls it gets. */
async function started(spans: CallSpans): Promise<{ plugin: Plugin; parents: readonly string[] }> {
  const parents: string[] = []
  const { spawn } = await referenceSubject({
    ...reference,
    transport: {
      ...reference.transport,
      refusal({ path, metadata }) {
        if (path.startsWith('/pluginv2.')) parents.push(metadata.get('traceparent').join())
        return null
      },
    },
  })
  if (spawn === undefined) throw new Error('the reference plugin can be started')
  const outcome = await startPlugin({
    spawn,
    name: 'traced',
    env: startEnvironment(newestProfile, { inherited: {}, pluginVersion: '', appUrl: defaultAppUrl }),
    budgets: defaultBudgets,
    sink: () => {},
    now: () => performance.now(),
    spans,
    goPlugin: newestProfile.goPlugin,
  })
  if (outcome.kind === 'refused') throw new Error(outcome.fault.what)
  return { plugin: outcome.plugin, parents }
}

test('each call arrives with a traceparent of its own', async () => {
  const { plugin, parents } = await started(createCallSpans())
  await using _ = plugin
  for (let call = 0; call < 5; call += 1) await plugin.diagnostics.checkHealth({})
  expect(new Set(parents).size).toBe(5)
  for (const parent of parents) expect(parent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
})

test('tracing is switched off for a plugin, or for one call', async () => {
  const { plugin, parents } = await started(noCallSpans)
  await using _ = plugin
  await plugin.diagnostics.checkHealth({})
  await plugin.diagnostics.checkHealth({}, { spans: createCallSpans({ sampled: false }) })
  expect(parents).toEqual(['', expect.stringMatching(/-00$/)])
})

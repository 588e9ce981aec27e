import { clientSecretName } from '../../host/context/canaries.ts'
import { bareContext } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { askHealth, askQuery, askResource } from './ask.ts'
import { rules } from './rules.ts'

const secrets = defineCase({
  id: 'context/secrets-and-errors',
  title:
    'gives secrets in settings, configuration, headers and environment, and provokes errors that may quote them',
  judges: [rules['no-secret-leaves']],
  process: 'fresh',
  async run(t) {
    const { clientSecret } = t.canaries
    const plugin = await t.up({ env: { [clientSecretName]: clientSecret } })
    const grafanaConfig = { [clientSecretName]: clientSecret }
    await provoke(t, plugin, t.context({ grafanaConfig }))
    // Settings that can not be used tempt to print them.
    const jsonData = new TextEncoder().encode('{"url":')
    await provoke(t, plugin, t.context({ uid: 'conformance-secrets', grafanaConfig, jsonData }))
    // Metrics count what the calls before have left behind.
    await plugin.diagnostics.collectMetrics({ pluginContext: bareContext(t.subject) })
    conclude(t, plugin)
  },
})

async function provoke(t: CaseContext, plugin: Plugin, context: PluginContext): Promise<void> {
  const headers = { 'http_X-Grafana-Id': t.canaries.idToken }
  const query = t.query()
  const broken = { ...query, json: new TextEncoder().encode('{"refId":"A", not json') }
  await askHealth(t, plugin, { context, headers })
  await askQuery(t, plugin, { context, headers, query })
  await askQuery(t, plugin, { context, headers, query: broken })
  await askResource(t, plugin, { context, idToken: t.canaries.idToken })
  await plugin.stream.subscribeStream({ pluginContext: context, path: 'conformance-unknown', headers })
}

/** The observer of this rule searches; here it is only said that there was something to search. */
function conclude(t: CaseContext, plugin: Plugin): void {
  const rule = t.rule(rules['no-secret-leaves'])
  if (plugin.exit !== undefined) return rule.unverified('a process that outlives a few failing calls')
  return rule.upheld()
}

/** Conversations full of secrets. */
export const secretCases = [secrets]

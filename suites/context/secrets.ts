import { clientSecretName } from '../../host/context/canaries.ts'
import { bareContext } from '../../host/context/plugin-context.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import type { PluginContext } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import { askHealth, askQuery, askResource } from './ask.ts'
import type { Outcome } from './outcome.ts'
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
    const first = await provoke(t, plugin, t.context({ grafanaConfig }))
    // Settings that can not be used tempt to print them.
    const jsonData = new TextEncoder().encode('{"url":')
    const second = await provoke(
      t,
      plugin,
      t.context({ uid: 'conformance-secrets', grafanaConfig, jsonData }),
    )
    // Metrics count what the calls before have left behind.
    await plugin.diagnostics.collectMetrics({ pluginContext: bareContext(t.subject) })
    // The observer of this rule searches; here it is only said that there was something to search.
    const rule = t.rule(rules['no-secret-leaves'])
    if ([...first, ...second].some(({ kind }) => kind === 'answered')) rule.upheld()
    else rule.unverified('a call that is answered')
  },
})

async function provoke(t: CaseContext, plugin: Plugin, context: PluginContext): Promise<readonly Outcome[]> {
  const { idToken } = t.canaries
  const headers = { 'http_X-Grafana-Id': idToken }
  const query = t.query()
  const broken = { ...query, json: new TextEncoder().encode('{"refId":"A", not json') }
  const outcomes = [
    await askHealth(t, plugin, { context, headers }),
    await askQuery(t, plugin, { context, headers, query }),
    await askQuery(t, plugin, { context, headers, query: broken }),
    await askResource(t, plugin, { context, idToken }),
  ]
  await plugin.stream.subscribeStream({ pluginContext: context, path: 'conformance-unknown', headers })
  return outcomes
}

/** Conversations full of secrets. */
export const secretCases = [secrets]

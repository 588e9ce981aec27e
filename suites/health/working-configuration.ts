import { CheckHealthResponse_HealthStatus as HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import { hasSampleSettings, healthCheck } from './health-check.ts'
import { rules } from './rules.ts'
import { statusText } from './status-text.ts'

/** A data source of its own, whose settings nothing else changes. */
const UID = 'conformance-health'

/** Checks settings that ought to work. */
export const working = defineCase({
  id: 'health/working-configuration',
  title: 'checks the health with the settings in conformance.yaml, or with none',
  judges: [rules['ok-is-explicit']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['ok-is-explicit'])
    const request = healthCheck(t, { uid: UID })
    const { status, message } = t.answered(await t.plugin.diagnostics.checkHealth(request))
    t.note('message', t.canaries.redact(message))
    if (status === HealthStatus.OK) return rule.upheld()
    const known = t.contract === 'scripted' || hasSampleSettings(t)
    if (!known) return rule.unverified('settings that work; add them to conformance.yaml')
    // A backend may be away while the harness runs; only a scripted plugin has none.
    if (status === HealthStatus.ERROR && t.contract !== 'scripted')
      return rule.unverified(
        'a backend that works: the plugin says ERROR with the settings in conformance.yaml',
      )
    return rule.broken('status OK', `status ${statusText(status)}`)
  },
})

/** Checks twice, because a check changes nothing. */
export const repeated = defineCase({
  id: 'health/twice',
  title: 'checks the health twice in a row',
  judges: [rules['repeatable']],
  process: 'shared',
  async run(t) {
    const request = healthCheck(t, { uid: `${UID}-twice` })
    const first = t.answered(await t.plugin.diagnostics.checkHealth(request))
    const second = t.answered(await t.plugin.diagnostics.checkHealth(request))
    if (first.status === second.status) return t.rule(rules['repeatable']).upheld()
    const expected = `status ${statusText(first.status)} again`
    return t.rule(rules['repeatable']).broken(expected, `status ${statusText(second.status)}`)
  },
})

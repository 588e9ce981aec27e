import { CheckHealthResponse_HealthStatus as HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import { describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { readDetails } from './details.ts'
import { healthCheck } from './health-check.ts'
import { rules } from './rules.ts'
import { statusText } from './status-text.ts'
import { UnhelpfulBackend } from './unhelpful-backend.ts'

const VERBOSE = 'conformance: connection refused by 192.0.2.1'

/** Lets a scripted plugin fail, and looks whether that arrives. */
export const scripted = defineCase({
  id: 'health/scripted-failure',
  title: 'has the health check fail with a message and details',
  judges: [rules['failure-is-reported']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const script = { status: 'ERROR', message: 'The backend is down.', details: { verboseMessage: VERBOSE } }
    const request = healthCheck(t, {
      uid: 'conformance-scripted',
      jsonData: { conformance: { health: script } },
    })
    const answer = t.answered(await t.plugin.diagnostics.checkHealth(request))
    const rule = t.rule(rules['failure-is-reported'])
    if (answer.status !== HealthStatus.ERROR)
      return rule.broken('status ERROR', `status ${statusText(answer.status)}`)
    const details = readDetails(answer.jsonDetails)
    // Details that are no object are judged by the watch over every answer.
    if (details.kind === 'unusable') return rule.unverified('details that can be read')
    const verbose = details.kind === 'object' ? details.members['verboseMessage'] : undefined
    if (verbose === VERBOSE) return rule.upheld()
    return rule.broken(
      'the details of the failure',
      details.kind === 'absent' ? 'no details' : 'other details',
    )
  },
})

/** Points the data source at a backend that drops every connection; who connects there and says OK did not look. */
export const backendDown = defineCase({
  id: 'health/backend-down',
  title: 'checks the health with the url of a backend that closes every connection',
  judges: [rules['failure-is-reported']],
  process: 'shared',
  async run(t) {
    await using backend = await UnhelpfulBackend.start('closes')
    const options = { uid: 'conformance-down', url: backend.url }
    const { status } = t.answered(await t.plugin.diagnostics.checkHealth(healthCheck(t, options)))
    const rule = t.rule(rules['failure-is-reported'])
    t.note('connections to the backend', String(backend.connections))
    if (backend.connections === 0)
      return rule.unverified(
        'settings with which the health check contacts the url; add them to conformance.yaml',
      )
    if (status !== HealthStatus.OK) return rule.upheld()
    return rule.broken('a status other than OK', 'OK, though the backend closed every connection')
  },
})

/** The SDK for Go gives up after 30 s, too, and says so a moment later (`sdk:backend/httpclient`, default timeout). */
const LENIENCY = 1.2

/** Points the data source at a backend that accepts and never answers. */
export const hangingBackend = defineCase({
  id: 'health/hanging-backend',
  title: 'checks the health with the url of a backend that accepts connections and stays silent',
  judges: [rules['answers-within-30-s']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['answers-within-30-s'])
    // Half a minute is too much to spend on plugins of which nobody said that they use the url.
    if (t.samples.settings.url === undefined) return rule.unverified('a url in conformance.yaml')
    await using backend = await UnhelpfulBackend.start('is-silent')
    const options = { uid: 'conformance-hanging', url: backend.url }
    const budgetMs = t.budgets.call * LENIENCY
    const result = await t.plugin.diagnostics.checkHealth(healthCheck(t, options), { budgetMs })
    t.note('connections to the backend', String(backend.connections))
    if (result.kind === 'timeout')
      return rule.broken(`an answer within ${t.budgets.call} ms`, describeResult(result))
    if (result.kind === 'answered' && backend.connections === 0)
      return rule.unverified('settings with which the health check contacts the url')
    t.answered(result)
    return rule.upheld()
  },
})

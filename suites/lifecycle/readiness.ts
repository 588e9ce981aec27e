import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import { HealthCheckResponse_ServingStatus } from '../../proto/gen/grpc/health_pb.js'
import type { HealthCheckResponse } from '../../proto/gen/grpc/health_pb.js'
import { within } from '../../host/deadline.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeExit, describeResult } from '../../host/rpc/call-result.ts'
import { defineCase } from '../kernel/case.ts'
import { isLost } from './is-lost.ts'
import { rules } from './running-rules.ts'

const NOT_FOUND = 5
const UNIMPLEMENTED = 12

const firstCall = defineCase({
  id: 'lifecycle/first-call',
  title: 'calls CheckHealth right after the handshake and again a second later',
  judges: [rules['ready-after-handshake'], rules['offers-diagnostics']],
  process: 'fresh',
  async run(t) {
    const ready = t.rule(rules['ready-after-handshake'])
    const offers = t.rule(rules['offers-diagnostics'])
    const plugin = await t.up()
    const request = { pluginContext: t.context() }
    const first = await plugin.diagnostics.checkHealth(request)
    const exited = await within(
      plugin.process?.exited ?? new Promise<never>(() => {}),
      t.budgets.watch,
      t.signal,
    )
    if (exited.kind === 'settled') {
      ready.broken('a plugin that answers', `the process ended (${describeExit(exited.value)})`)
      return offers.unverified('a plugin that lives')
    }
    const later = await plugin.diagnostics.checkHealth(request)
    const expected = `as a second later: ${healthOutcome(later)}`
    if (isLost(first) || (healthOutcome(later) === 'OK' && healthOutcome(first) !== 'OK'))
      ready.broken(expected, healthOutcome(first))
    else ready.upheld()
    if (later.kind === 'failed' && later.code === UNIMPLEMENTED)
      return offers.broken('an answer to CheckHealth', describeResult(later))
    return isLost(later) ? offers.unverified('an answer to CheckHealth') : offers.upheld()
  },
})

function healthOutcome(result: CallResult<CheckHealthResponse>): string {
  if (result.kind !== 'answered') return describeResult(result)
  const { status, message } = result.message
  if (status === CheckHealthResponse_HealthStatus.OK) return 'OK'
  return `${CheckHealthResponse_HealthStatus[status] ?? status}: ${message.slice(0, 200)}`
}

const healthService = defineCase({
  id: 'lifecycle/health-service',
  title: 'asks grpc.health.v1.Health for `plugin`, the empty name and an unknown one',
  judges: [rules['health-service-answers']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['health-service-answers'])
    const ask = async (service: string): Promise<string> => {
      const result = await t.plugin.health.check({ service })
      if (result.kind === 'died' || result.kind === 'timeout') t.answered(result)
      return servingStatus(result)
    }
    const plugin = await ask('plugin')
    if (plugin !== 'SERVING') rule.broken('SERVING for `plugin`', plugin)
    const whole = await ask('')
    if (whole !== 'SERVING' && whole !== 'NOT_FOUND')
      rule.broken('SERVING or NOT_FOUND for the empty name', whole)
    const unknown = await ask('conformance.Unknown')
    if (unknown !== 'NOT_FOUND') rule.broken('NOT_FOUND for an unknown name', unknown)
    rule.upheld()
  },
})

function servingStatus(result: CallResult<HealthCheckResponse>): string {
  if (result.kind === 'answered')
    return HealthCheckResponse_ServingStatus[result.message.status] ?? `status ${result.message.status}`
  return result.kind === 'failed' && result.code === NOT_FOUND ? 'NOT_FOUND' : describeResult(result)
}

/** Conversations about being ready. */
export const cases = [firstCall, healthService]

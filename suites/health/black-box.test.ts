import { status as code } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'

import { CheckHealthResponse_HealthStatus as HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { CheckHealthResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour, DiagnosticsBehaviour } from '../../reference-plugin/behaviour.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { noSamples } from '../kernel/samples.ts'
import type { Samples } from '../kernel/samples.ts'
import { judge, lawBudgets } from '../laws/judge.ts'
import { referenceSubject } from '../reference-subject.ts'

function withSettings(settings: Samples['settings']): Samples {
  return { ...noSamples, settings }
}

/** The verdicts on health of a plugin that is not scripted. */
async function verdictsOn(checkHealth: DiagnosticsBehaviour['checkHealth'], samples = noSamples) {
  const behaviour: Behaviour = { ...reference, diagnostics: { ...reference.diagnostics, checkHealth } }
  const report = await judge(await referenceSubject(behaviour), {
    contract: 'any',
    samples,
    budgets: { ...lawBudgets, call: 4_000 },
    filter: { only: ['health/*'], skip: [] },
  })
  return Object.fromEntries(report.rules.map((rule) => [rule.id, rule.verdict.kind]))
}

function answering(status: HealthStatus): DiagnosticsBehaviour['checkHealth'] {
  return async (request, call) => ({
    ...(await reference.diagnostics.checkHealth(request, call)),
    status,
    message: 'It is as it is.',
  })
}

async function contacted(url: string): Promise<void> {
  await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
}

function failure(answer: CheckHealthResponse): CheckHealthResponse {
  return { ...answer, status: HealthStatus.ERROR, message: 'The backend does not answer.' }
}

describe('a status without sample settings', () => {
  test.each([HealthStatus.ERROR, HealthStatus.UNKNOWN])('of %i proves nothing', async (status) => {
    expect(await verdictsOn(answering(status))).toMatchObject({ 'health/ok-is-explicit': 'unverified' })
  })
})

describe('a status with sample settings', () => {
  const samples = withSettings({ jsonData: { database: 'orders' } })

  test('of UNKNOWN is a forgotten field', async () => {
    expect(await verdictsOn(answering(HealthStatus.UNKNOWN), samples)).toMatchObject({
      'health/ok-is-explicit': 'broken',
    })
  })

  test('of ERROR may be the fault of a backend that is away', async () => {
    expect(await verdictsOn(answering(HealthStatus.ERROR), samples)).toMatchObject({
      'health/ok-is-explicit': 'unverified',
    })
  })

  test('is asked for with the secrets of the author, not with made-up ones', async () => {
    const verdicts = await verdictsOn(
      async (request, call) => {
        const answer = await reference.diagnostics.checkHealth(request, call)
        const settings = request.pluginContext?.dataSourceInstanceSettings
        return settings?.decryptedSecureJsonData['password'] === 'right' ? answer : failure(answer)
      },
      withSettings({ secureJsonData: { password: 'right' } }),
    )
    expect(verdicts).toMatchObject({ 'health/ok-is-explicit': 'upheld', 'health/error-says-why': 'upheld' })
  })
})

describe('a plugin that contacts its url', () => {
  test('is believed when it reports that its backend hung up', async () => {
    const verdicts = await verdictsOn(async (request, call) => {
      const answer = await reference.diagnostics.checkHealth(request, call)
      const url = request.pluginContext?.dataSourceInstanceSettings?.url ?? ''
      if (url === '') return answer
      await contacted(url)
      return failure(answer)
    })
    expect(verdicts).toMatchObject({ 'health/failure-is-reported': 'upheld' })
  })

  test('may not wait for ever for an answer', async () => {
    const verdicts = await verdictsOn(
      async (request, call) => {
        const url = request.pluginContext?.dataSourceInstanceSettings?.url ?? ''
        if (url.startsWith('http://127.0.0.1:') && !url.endsWith(':1')) {
          await contacted(url)
          await untilAborted(call.signal)
        }
        return reference.diagnostics.checkHealth(request, call)
      },
      withSettings({ url: 'http://127.0.0.1:1' }),
    )
    expect(verdicts).toMatchObject({ 'health/answers-within-30-s': 'broken' })
  })
})

test('a plugin that never contacts its url is not judged by what it says of it', async () => {
  expect(await verdictsOn(answering(HealthStatus.OK))).toMatchObject({
    'health/failure-is-reported': 'unverified',
  })
})

test('a plugin without health check is not judged', async () => {
  const verdicts = await verdictsOn(async () => {
    throw new RpcError(code.UNIMPLEMENTED, 'unimplemented')
  })
  expect(new Set(Object.values(verdicts))).not.toContain('broken')
  expect(verdicts).toMatchObject({ 'health/failure-in-band': 'inapplicable' })
})

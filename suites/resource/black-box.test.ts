import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { status as code } from '@grpc/grpc-js'
import { expect, test } from 'vitest'

import { CheckHealthResponse_HealthStatus as HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour, ResourceBehaviour } from '../../reference-plugin/behaviour.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { noSamples } from '../kernel/samples.ts'
import type { SampleResource } from '../kernel/samples.ts'
import { judge } from '../laws/judge.ts'
import { referenceSubject } from '../reference-subject.ts'

/** The verdicts on resources of a plugin that is not scripted. */
async function verdictsOn(
  answer: ResourceBehaviour['answer'],
  options: { readonly base?: Behaviour; readonly resources?: readonly SampleResource[] } = {},
) {
  const { base = reference, resources = [] } = options
  const behaviour: Behaviour = { ...base, resource: { ...base.resource, answer } }
  const report = await judge(await referenceSubject(behaviour), {
    contract: 'any',
    samples: { ...noSamples, resources },
    filter: { only: ['resource/*'], skip: [] },
  })
  return Object.fromEntries(report.rules.map((rule) => [rule.id, rule.verdict.kind]))
}

/** As SDK plugins are when they can make nothing of their settings. */
const unconfigured: Behaviour = {
  ...reference,
  diagnostics: {
    ...reference.diagnostics,
    checkHealth: async (request, call) => ({
      ...(await reference.diagnostics.checkHealth(request, call)),
      status: HealthStatus.ERROR,
      message: 'There is no url.',
    }),
  },
}

async function refuse(): Promise<never> {
  throw new RpcError(code.UNKNOWN, 'failed to create instance: there is no url')
}

test('a plugin that can make nothing of its settings may refuse every call', async () => {
  expect(await verdictsOn(refuse, { base: unconfigured })).toMatchObject({
    'resource/http-errors-are-answers': 'unverified',
    'resource/paths-are-untrusted': 'unverified',
    'resource/relative-url-understood': 'unverified',
  })
})

test('a plugin whose settings work may not', async () => {
  expect(await verdictsOn(refuse)).toMatchObject({ 'resource/http-errors-are-answers': 'broken' })
})

test('a plugin without resources is not judged', async () => {
  const verdicts = await verdictsOn(async () => {
    throw new RpcError(code.UNIMPLEMENTED, 'unimplemented')
  })
  expect(Object.values(verdicts)).not.toContain('broken')
  expect(Object.values(verdicts)).not.toContain('upheld')
  expect(verdicts).toMatchObject({ 'resource/paths-are-untrusted': 'inapplicable' })
})

test('a sample that ends with a gRPC error is one', async () => {
  const resources = [{ name: 'list', method: 'GET', path: 'list?limit=2' }]
  const verdicts = await verdictsOn(
    async (request, call) => (request.path === 'list' ? refuse() : reference.resource.answer(request, call)),
    { resources },
  )
  expect(verdicts).toMatchObject({ 'resource/http-errors-are-answers': 'broken' })
})

/** Serves every file that a path below `static/` leads to, wherever that is. */
const serveStatic: ResourceBehaviour['answer'] = async (request, call) => {
  const inside = /^static\/(.*)$/.exec(request.path)?.[1]
  if (inside === undefined) return reference.resource.answer(request, call)
  try {
    const body = await readFile(join(process.cwd(), inside))
    return { status: 200, headers: { 'Content-Type': ['text/css'] }, body }
  } catch {
    return reference.resource.answer(request, call)
  }
}

test('the folder of a sample is tried with paths that lead out of it', async () => {
  const resources = [{ name: 'style', method: 'GET', path: 'static/style.css' }]
  expect(await verdictsOn(serveStatic)).toMatchObject({ 'resource/paths-are-untrusted': 'upheld' })
  expect(await verdictsOn(serveStatic, { resources })).toMatchObject({
    'resource/paths-are-untrusted': 'broken',
  })
})

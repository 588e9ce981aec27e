import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { status } from '@grpc/grpc-js'

import type { CallResourceRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules as lifecycleRules } from '../lifecycle/rules.ts'
import { rules } from './rules.ts'

/** Misdeeds in how a resource call is read and conducted. */
export const requestMutants = [
  defineMutant({
    id: 'answers-an-unknown-path-with-a-grpc-error',
    breaks: [rules['http-errors-are-answers']],
    mutate: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          if (request.path === 'conformance-no-such-resource')
            throw new RpcError(status.NOT_FOUND, 'There is no such resource.')
          return base.resource.answer(request, call)
        },
      },
    }),
  }),
  defineMutant({
    id: 'serves-files-by-path',
    breaks: [rules['paths-are-untrusted']],
    mutate: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          try {
            const body = await readFile(join(process.cwd(), request.path))
            return { status: 200, headers: { 'Content-Type': ['application/octet-stream'] }, body }
          } catch {
            return base.resource.answer(request, call)
          }
        },
      },
    }),
  }),
  defineMutant({
    id: 'decodes-the-path-once-more',
    breaks: [rules['paths-are-untrusted']],
    mutate: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          try {
            if (request.path.includes('..')) return await base.resource.answer(request, call)
            const body = await readFile(join(process.cwd(), decodeURIComponent(request.path)))
            return { status: 200, headers: { 'Content-Type': ['application/octet-stream'] }, body }
          } catch {
            return base.resource.answer(request, call)
          }
        },
      },
    }),
  }),
  defineMutant({
    id: 'dies-of-a-nul-byte',
    breaks: [rules['paths-are-untrusted'], lifecycleRules['survives']],
    process: 'child',
    mutate: reading((request) => {
      if (request.path.includes('\0')) process.exit(2)
      return request
    }),
  }),
  defineMutant({
    id: 'refuses-a-relative-url',
    breaks: [rules['relative-url-understood']],
    mutate: reading((request) => {
      if (request.url.startsWith('./'))
        throw new RpcError(status.INVALID_ARGUMENT, 'first path segment in URL cannot contain colon')
      return request
    }),
  }),
  defineMutant({
    id: 'loses-the-query-string',
    breaks: [rules['relative-url-understood']],
    mutate: reading((request) => ({ ...request, url: request.url.replace(/\?.*$/, '') })),
  }),
  defineMutant({
    id: 'keeps-one-value-of-a-header',
    breaks: [rules['request-headers-complete']],
    mutate: reading((request) => ({
      ...request,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, list]) => [
          name,
          { ...list, values: list.values.slice(0, 1) },
        ]),
      ),
    })),
  }),
  defineMutant({
    id: 'reads-every-body-as-text',
    breaks: [rules['request-body-complete']],
    mutate: reading((request) => ({ ...request, body: Buffer.from(new TextDecoder().decode(request.body)) })),
  }),
  defineMutant({
    id: 'goes-on-after-the-host-has-cancelled',
    breaks: [rules['stops-when-cancelled']],
    mutate: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        answer: (request, call) =>
          base.resource.answer(request, { ...call, signal: new AbortController().signal }),
      },
    }),
  }),
]

function reading(
  change: (request: CallResourceRequest) => CallResourceRequest,
): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    resource: {
      ...base.resource,
      answer: async (request, call) => base.resource.answer(change(request), call),
    },
  })
}

import { create } from '@bufbuild/protobuf'

import { ConversionResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { ConversionRequest, ConversionResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

/** ConvertObjects: misdeeds. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'adds-a-charset-to-the-content-type',
    breaks: [rules['answers-are-queries']],
    mutate: (base) =>
      afterwards(base, (response) => ({
        ...response,
        objects: response.objects.map((object) => ({
          ...object,
          contentType: `${object.contentType}; charset=utf-8`,
        })),
      })),
  }),
  defineMutant({
    id: 'converts-the-first-query-only',
    breaks: [rules['queries-come-flattened']],
    mutate: (base) =>
      afterwards(base, (response) => ({ ...response, objects: response.objects.slice(0, 1) })),
  }),
  defineMutant({
    id: 'turns-the-queries-round',
    breaks: [rules['order-is-kept'], rules['current-queries-stay']],
    mutate: (base) =>
      afterwards(base, (response) => ({ ...response, objects: response.objects.toReversed() })),
  }),
  defineMutant({
    id: 'gives-the-answer-a-uid-of-its-own',
    breaks: [rules['uid-is-not-changed']],
    mutate: (base) => afterwards(base, (response) => ({ ...response, uid: 'answer-1' })),
  }),
  defineMutant({
    id: 'counts-the-conversions-of-a-query',
    breaks: [rules['current-queries-stay']],
    mutate: (base) =>
      afterwards(base, (response) => ({
        ...response,
        objects: response.objects.map((object) => ({ ...object, raw: counted(object.raw) })),
      })),
  }),
  defineMutant({
    id: 'answers-ok-when-a-conversion-fails',
    breaks: [rules['failure-is-a-grpc-error'], rules['unknown-content-type-refused']],
    mutate: (base) =>
      withConversion(base, async (request, convert) => {
        try {
          return await convert()
        } catch (error) {
          const result = { status: 'Failure', message: String(error), code: 400 }
          return create(ConversionResponseSchema, { uid: request.uid, result })
        }
      }),
  }),
  defineMutant({
    id: 'does-not-look-at-the-content-type',
    breaks: [rules['unknown-content-type-refused']],
    mutate: (base) => ({
      ...base,
      conversion: {
        convert(request, call) {
          const objects = request.objects.map((object) => ({ ...object, contentType: 'application/json' }))
          return base.conversion.convert({ ...request, objects }, call)
        },
      },
    }),
  }),
  defineMutant({
    id: 'wants-settings-to-convert-a-query',
    breaks: [rules['needs-no-settings']],
    mutate: (base) =>
      withConversion(base, async (request, convert) => {
        if (request.pluginContext?.user === undefined) throw new Error('there is no user')
        return convert()
      }),
  }),
]

type Convert = () => Promise<ConversionResponse>

function withConversion(
  base: Behaviour,
  change: (request: ConversionRequest, convert: Convert) => Promise<ConversionResponse>,
): Behaviour {
  return {
    ...base,
    conversion: {
      convert: (request, call) => change(request, () => base.conversion.convert(request, call)),
    },
  }
}

function afterwards(
  base: Behaviour,
  change: (response: ConversionResponse) => ConversionResponse,
): Behaviour {
  return withConversion(base, async (_, convert) => change(await convert()))
}

function counted(raw: Uint8Array): Uint8Array {
  const query = JSON.parse(new TextDecoder().decode(raw)) as Readonly<Record<string, unknown>>
  return new TextEncoder().encode(JSON.stringify({ ...query, version: Number(query['version'] ?? 0) + 1 }))
}

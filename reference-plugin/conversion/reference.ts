import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import { ConversionResponseSchema, RawObjectSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { RawObject } from '../../proto/gen/grafana/backend_pb.js'
import type { ConversionBehaviour } from '../behaviour.ts'
import { isRecord, parseJson } from '../json.ts'
import { RpcError } from '../rpc-error.ts'
import { migrateQuery } from './migrate-query.ts'

const JSON_TYPE = 'application/json'

/** Brings stored queries to today's form, flattened and in order (CONV-002, CONV-003), from nothing but the request (CONV-005). */
export const referenceConversion: ConversionBehaviour = {
  async convert(request) {
    const queries = request.objects.flatMap((object) => queriesOf(object))
    const objects = queries.map((query) =>
      create(RawObjectSchema, {
        raw: Buffer.from(JSON.stringify(migrateQuery(query))),
        contentType: JSON_TYPE,
      }),
    )
    return create(ConversionResponseSchema, { uid: request.uid, objects })
  },
}

/** A failure has to be a gRPC error: the result field beside an OK is not looked at (CONV-004, CONV-007). */
function queriesOf(object: RawObject): readonly Readonly<Record<string, unknown>>[] {
  if (object.contentType !== JSON_TYPE) refuse(`the content type is not ${JSON_TYPE}`)
  const parsed = parseJson(object.raw)
  if (parsed.kind === 'malformed' || !isRecord(parsed.value)) return refuse('an object is not a JSON object')
  const { queries } = parsed.value
  // A query request, or a query that has been converted before.
  if (queries === undefined) return [parsed.value]
  if (!Array.isArray(queries) || !queries.every(isRecord)) return refuse('"queries" is not a list of objects')
  return queries
}

function refuse(reason: string): never {
  throw new RpcError(status.INVALID_ARGUMENT, reason)
}

import type { ConversionResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { StoredQuery } from './conversion-request.ts'

/** What an answer holds: queries, or the first thing that is none. */
export type Converted =
  | { readonly kind: 'queries'; readonly queries: readonly StoredQuery[] }
  | { readonly kind: 'fault'; readonly actual: string }

/** Reads the objects of an answer as Grafana does (CONV-002). */
export function readConverted({ objects }: ConversionResponse): Converted {
  const queries: StoredQuery[] = []
  for (const [index, { raw, contentType }] of objects.entries()) {
    if (contentType !== 'application/json')
      return { kind: 'fault', actual: `content type ${JSON.stringify(contentType)} of object ${index + 1}` }
    const value = parse(raw)
    if (value === undefined) return { kind: 'fault', actual: `object ${index + 1} is no JSON object` }
    if (Array.isArray(value['queries']))
      return { kind: 'fault', actual: `object ${index + 1} is a request with a list of queries` }
    queries.push(value)
  }
  return { kind: 'queries', queries }
}

function parse(raw: Uint8Array): StoredQuery | undefined {
  try {
    const value = JSON.parse(new TextDecoder().decode(raw)) as unknown
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    // An object that came from JSON has string keys.
    return value as StoredQuery
  } catch {
    return undefined
  }
}

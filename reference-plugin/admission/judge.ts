import { fromBinary, toBinary } from '@bufbuild/protobuf'

import {
  AdmissionRequest_Operation,
  DataSourceInstanceSettingsSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { AdmissionRequest, DataSourceInstanceSettings } from '../../proto/gen/grafana/backend_pb.js'
import { readSettings } from '../instances/read-settings.ts'

/** What becomes of an object: admitted in its final form, or denied with words for the user. */
export type Verdict =
  | { readonly kind: 'admitted'; readonly object: Uint8Array }
  | { readonly kind: 'denied'; readonly reason: string }

/** The only kind that Grafana sends (ADM-002). */
const KIND = { group: 'grafana-plugin-sdk-go', kind: 'DataSourceInstanceSettings' }

/** Looks at the kind before it touches the bytes, which are protobuf and not JSON (ADM-002, ADM-003). */
export function judge(request: AdmissionRequest): Verdict {
  if (request.kind?.kind !== KIND.kind || request.kind.group !== KIND.group) {
    return { kind: 'denied', reason: 'The plugin admits data source settings only.' }
  }
  // Whatever is deleted need not be usable.
  if (request.operation === AdmissionRequest_Operation.DELETE)
    return { kind: 'admitted', object: request.objectBytes }

  const object = decode(request.objectBytes)
  if (object === null) return { kind: 'denied', reason: 'The data source settings can not be read.' }
  const settings = readSettings(object.jsonData)
  if (settings.kind === 'unusable') return { kind: 'denied', reason: settings.reason }

  // The one thing that is put right on the way; doing it twice changes nothing (ADM-010).
  object.url = object.url.trim()
  return { kind: 'admitted', object: toBinary(DataSourceInstanceSettingsSchema, object) }
}

function decode(bytes: Uint8Array): DataSourceInstanceSettings | null {
  try {
    return fromBinary(DataSourceInstanceSettingsSchema, bytes)
  } catch {
    return null
  }
}

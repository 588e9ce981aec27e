import { equals, fromBinary } from '@bufbuild/protobuf'

import { DataSourceInstanceSettingsSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DataSourceInstanceSettings } from '../../proto/gen/grafana/backend_pb.js'
import { sameJson } from '../kernel/same-json.ts'

/** Decodes settings as Grafana does with what a mutation returns; undefined when they are none. */
export function readSettings(bytes: Uint8Array): DataSourceInstanceSettings | undefined {
  if (bytes.length === 0) return undefined
  try {
    return fromBinary(DataSourceInstanceSettingsSchema, bytes)
  } catch {
    return undefined
  }
}

/** Whether two settings say the same; spacing and order of keys in `jsonData` say nothing. */
export function sameSettings(one: DataSourceInstanceSettings, other: DataSourceInstanceSettings): boolean {
  return (
    equals(DataSourceInstanceSettingsSchema, withoutJson(one), withoutJson(other)) &&
    sameJson(jsonOf(one.jsonData), jsonOf(other.jsonData))
  )
}

function withoutJson(settings: DataSourceInstanceSettings): DataSourceInstanceSettings {
  return { ...settings, jsonData: new Uint8Array() }
}

function jsonOf(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { text }
  }
}

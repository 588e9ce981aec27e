import type { Field, Frame } from '../../host/frames/frame.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext } from '../kernel/case-context.ts'

/** Stands for -0.0 in a model, because JSON written by JavaScript has no negative zero. */
const NEGATIVE_ZERO = 'negative zero'

/** A frame of values that get lost on the way when somebody is careless, and the scripted query that asks for it. */
export function awkwardTable(
  t: CaseContext,
  format: DataFrameFormat,
): { readonly frame: Frame; readonly query: DataQuery } {
  const json = format === DataFrameFormat.JSON
  const fields = [...plainFields, json ? jsonTimes : arrowTimes, ...(json ? [] : [signedZeros])]
  const frame = { name: 'awkward', refId: '', fields }
  const scripted = { name: frame.name, fields: fields.map(scriptedField) }
  const query = t.query({ model: { conformance: { frames: [scripted] } } })
  const text = new TextDecoder().decode(query.json).replaceAll(JSON.stringify(NEGATIVE_ZERO), '-0.0')
  return { frame, query: { ...query, json: new TextEncoder().encode(text) } }
}

const plainFields: readonly Field[] = [
  {
    name: 'int64',
    type: 'int64',
    nullable: true,
    values: [9_007_199_254_740_993n, 9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, null],
  },
  {
    name: 'uint64',
    type: 'uint64',
    nullable: false,
    values: [18_446_744_073_709_551_615n, 9_223_372_036_854_775_808n, 1n, 0n],
  },
  {
    name: 'float64',
    type: 'float64',
    nullable: true,
    values: [Number.NaN, Number.POSITIVE_INFINITY, 5e-324, null],
  },
  { name: 'string', type: 'string', nullable: true, values: ['', '𝄞 \u0000 "', 'ü\n', null] },
  { name: 'bool', type: 'bool', nullable: true, values: [true, false, null, true] },
]

/** Before 1970, with nanoseconds. */
const arrowTimes: Field = {
  name: 'time',
  type: 'time',
  nullable: false,
  values: [-1n, -1_000_000_001n, 1_700_000_000_123_456_789n, 0n],
}

/** In JSON the part below the millisecond is a plugin's choice (FRAME-030). */
const jsonTimes: Field = {
  name: 'time',
  type: 'time',
  nullable: false,
  values: [-1_000_000n, -1_001_000_000n, 1_700_000_000_123_000_000n, 0n],
}

/** JSON numbers have no negative zero in most languages. */
const signedZeros: Field = { name: 'zero', type: 'float64', nullable: false, values: [-0, 0, -0, 0] }

function scriptedField({ name, type, nullable, values }: Field): Record<string, unknown> {
  return { name, type, nullable, values: values.map(scriptedValue) }
}

function scriptedValue(value: Field['values'][number]): unknown {
  if (typeof value === 'bigint') return String(value)
  if (Object.is(value, -0)) return NEGATIVE_ZERO
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}

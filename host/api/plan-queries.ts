import { create } from '@bufbuild/protobuf'

import { DataQuerySchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import { grafanaJson } from '../context/grafana-json.ts'
import type { HostProfile } from '../context/profile.ts'
import { isArray, isObject, numberSource, parseJson } from '../frames/json-text.ts'
import type { JsonObject, JsonValue } from '../frames/json-text.ts'
import { codedAnswer, plainAnswer } from './error-answer.ts'
import type { HttpAnswer } from './grafana-answer.ts'
import { readTime } from './read-time.ts'

/** The calls that Grafana makes for one request to `/api/ds/query`, or its own answer. */
export type QueryPlan =
  | { readonly kind: 'calls'; readonly calls: readonly PlannedCall[] }
  /** Server-side expressions: Grafana asks for one query at a time and computes the rest itself. */
  | { readonly kind: 'expressions'; readonly calls: readonly PlannedCall[] }
  | { readonly kind: 'refused'; readonly answer: HttpAnswer }

/** The queries of one call, in the order of the request. */
export interface PlannedCall {
  readonly uid: string
  readonly queries: readonly DataQuery[]
}

/**
 * Splits the body of a query request as Grafana does: one call for each data source (DATA-101), defaults filled in
 * (DATA-102), each query written anew (DATA-103), one absolute time range for all (DATA-104).
 *
 * Source: grafana:pkg/services/query/query.go parseMetricRequest.
 */
export function planQueries(
  profile: HostProfile,
  body: string,
  options: { readonly now: number },
): QueryPlan {
  const refused = (id: string, message: string): QueryPlan => ({
    kind: 'refused',
    answer: codedAnswer(profile, { status: 400, id, message }),
  })
  const request = readObject(body)
  if (request === undefined) {
    const answer = plainAnswer(profile, { status: 400, message: 'bad request data', traced: true })
    return { kind: 'refused', answer }
  }
  const listed = member(request, 'queries') ?? null
  const models = isArray(listed) ? listed.filter((one) => isObject(one)) : []
  if (models.length === 0) return refused('query.noQueries', 'No queries found')
  const timeRange = {
    fromEpochMS: readTime(textOf(member(request, 'from')), options.now),
    toEpochMS: readTime(textOf(member(request, 'to')), options.now),
  }
  const asked: { readonly uid: string; readonly query: DataQuery }[] = []
  for (const model of models) {
    const uid = datasourceOf(model)
    if (uid === undefined)
      return refused('query.invalidDatasourceId', 'Query does not contain a valid data source identifier')
    asked.push({ uid, query: queryOf(model, timeRange) })
  }
  const refIds = asked.map(({ query }) => query.refId)
  if (new Set(refIds).size < refIds.length)
    return refused('query.duplicateRefId', 'Multiple queries using the same RefId is not allowed ')
  const real = asked.filter(({ uid }) => uid !== EXPRESSIONS)
  if (real.length < asked.length)
    return { kind: 'expressions', calls: real.map(({ uid, query }) => ({ uid, queries: [query] })) }
  const uids = [...new Set(asked.map(({ uid }) => uid))]
  return {
    kind: 'calls',
    calls: uids.map((uid) => ({
      uid,
      queries: asked.filter((one) => one.uid === uid).map(({ query }) => query),
    })),
  }
}

/** grafana:pkg/expr/service.go DatasourceUID */
const EXPRESSIONS = '__expr__'

/** Grafana's defaults for what a query does not say (DATA-102). */
const defaults = { refId: 'A', intervalMs: 1000n, maxDataPoints: 100n } as const

function queryOf(model: JsonObject, timeRange: { fromEpochMS: bigint; toEpochMS: bigint }): DataQuery {
  const text = (key: string): string | undefined => {
    const value = member(model, key)
    return typeof value === 'string' ? value : undefined
  }
  return create(DataQuerySchema, {
    refId: text('refId') ?? defaults.refId,
    queryType: text('queryType') ?? '',
    intervalMS: integer(member(model, 'intervalMs')) ?? defaults.intervalMs,
    maxDataPoints: integer(member(model, 'maxDataPoints')) ?? defaults.maxDataPoints,
    timeRange,
    json: new TextEncoder().encode(sortedJson(model)),
  })
}

/** A data source is named by an object with a uid, by a bare text, or by the deprecated number. */
function datasourceOf(model: JsonObject): string | undefined {
  const named = member(model, 'datasource')
  const uid = named !== undefined && isObject(named) ? member(named, 'uid') : named
  if (typeof uid === 'string' && uid !== '') return uid
  const id = integer(member(model, 'datasourceId'))
  return id === undefined ? undefined : String(id)
}

function readObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function member({ entries }: JsonObject, key: string): JsonValue | undefined {
  return entries.findLast(([name]) => name === key)?.[1]
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** Fractions and texts count as missing (DATA-102). */
function integer(value: JsonValue | undefined): bigint | undefined {
  const source = value === undefined ? undefined : numberSource(value)
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : undefined
}

/** As `grafanaJson`, for a value whose numbers keep their spelling. */
function sortedJson(value: JsonValue): string {
  if (isArray(value)) return `[${value.map((item) => sortedJson(item)).join(',')}]`
  if (isObject(value)) {
    // Of a repeated key Go keeps the last value.
    const members = [...new Map(value.entries)]
      .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
      .map(([key, item]) => `${grafanaJson(key)}:${sortedJson(item)}`)
    return `{${members.join(',')}}`
  }
  return numberSource(value) ?? grafanaJson(typeof value === 'object' ? null : value)
}

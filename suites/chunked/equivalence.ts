import { describeResult } from '../../host/rpc/call-result.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { CaseContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { goodQuery, goodQueryMissing } from '../query/good-query.ts'
import { answersOf, assembled, compareAnswers } from './ask-both.ts'
import { rules } from './rules.ts'

const UNIMPLEMENTED = 12

/** Grafana asks for JSON; its fallback for decoding consumers is Arrow (CHUNK-101, CHUNK-103). */
const formats: Readonly<Record<string, DataFrameFormat>> = {
  json: DataFrameFormat.JSON,
  arrow: DataFrameFormat.ARROW,
}

/** Asks QueryData, then QueryChunkedData, then QueryData again: data that changes by itself can not be compared. */
export const equivalence = defineCase({
  id: 'chunked/both-methods',
  title: 'asks the same queries through QueryChunkedData and through QueryData',
  judges: [rules['supported-or-unimplemented'], rules['same-answer-as-query-data']],
  process: 'shared',
  variants: ['json', 'arrow'],
  async run(t) {
    const supported = t.rule(rules['supported-or-unimplemented'])
    const same = t.rule(rules['same-answer-as-query-data'])
    const queries = someQueries(t)
    // Without settings even the Go SDK does not get as far as UNIMPLEMENTED.
    const request = {
      pluginContext: t.context(),
      queries,
      format: formats[t.variant] ?? DataFrameFormat.JSON,
    }
    const whole = t.answered(await t.plugin.data.queryData(request))
    const responses = Object.values(whole.responses)

    const result = await t.plugin.data.queryChunkedData(request).all()
    if (result.kind === 'failed') {
      same.inapplicable('QueryChunkedData: the plugin answers UNIMPLEMENTED')
      if (result.code === UNIMPLEMENTED) return supported.upheld()
      same.unverified('a stream that ends OK')
      // Where QueryData fails too there is nothing to stream.
      if (responses.every(({ error }) => error !== '')) return supported.unverified(goodQueryMissing)
      return supported.broken('a stream of frames, or UNIMPLEMENTED (12)', describeResult(result))
    }
    const messages = t.answered(result)
    const says = responses.some(({ error, frames }) => error !== '' || frames.length > 0)
    if (messages.some(({ error, frame }) => error !== '' || frame.length > 0)) supported.upheld()
    else if (says)
      supported.broken(
        'the data of QueryData in pieces, or UNIMPLEMENTED (12)',
        `OK with ${messages.length === 0 ? 'no message' : 'messages that hold neither frame nor error'}`,
      )
    else supported.unverified(goodQueryMissing)

    if (messages.length === 0 && says) return same.unverified('a stream with messages')
    // A refId that QueryData forgets is the business of query/every-refid-answered.
    const refIds = queries
      .map((query) => query.refId)
      .filter((refId) => Object.hasOwn(whole.responses, refId))
    const before = answersOf(whole.responses)
    const pieces = assembled(messages)
    if (before === undefined || pieces === undefined)
      return same.unverified('frames that can be read; see the rules of frame/ and chunked/')
    const differences = compareAnswers(refIds, before, pieces)
    if (differences.length === 0) return same.upheld()
    const again = answersOf(t.answered(await t.plugin.data.queryData(request)).responses)
    if (again === undefined || compareAnswers(refIds, before, again).length > 0)
      return same.unverified('a query that is answered alike every time; add one to conformance.yaml')
    return same.broken('the answer of QueryData', `they differ: ${differences.slice(0, 3).join('; ')}`)
  },
})

/** More rows than fit into one piece, two frames in one answer, and a second query. */
function someQueries(t: CaseContext): DataQuery[] {
  if (t.contract !== 'scripted') return [goodQuery(t), goodQuery(t, { refId: 'B' })]
  const values = Array.from({ length: 250 }, (_, row) => row)
  const times = values.map((row) => String(1_700_000_000_000_000_000n + BigInt(row) * 1_000_000_000n))
  const fields = [
    { name: 'time', type: 'time', values: times },
    { name: 'value', type: 'float64', labels: { host: 'a' }, nullable: true, values },
    { name: 'id', type: 'int64', values: values.map((row) => String(row)) },
  ]
  const frames = [
    { name: 'first', fields },
    { name: 'second', fields },
  ]
  return [t.query({ model: { conformance: { frames } } }), goodQuery(t, { refId: 'B' })]
}

import type { Frame } from '../../host/frames/frame.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { isRecord, parseJson } from '../json.ts'
import { scriptedAnswer } from '../script/query.ts'
import type { Answer } from './answer.ts'
import { badQuery } from './failed-answer.ts'
import type { AnyQueryRequest } from './request.ts'
import { scenarios } from './scenarios.ts'
import { timeGrid } from './time-grid.ts'

const DEFAULT_SCENARIO = 'timeseries-wide'

/** Answers `{"scenario": …}`, or does what `conformance` says. Keys it doesn't know don't matter (DATA-106). */
export async function answerQuery(query: DataQuery, request: AnyQueryRequest, call: Call): Promise<Answer> {
  const parsed = parseJson(query.json)
  if (parsed.kind === 'malformed') return badQuery('The query is not valid JSON.')
  if (!isRecord(parsed.value)) return badQuery('The query is not a JSON object.')
  call.instances.get(request.pluginContext, call.metadata)

  const { conformance } = parsed.value
  if (conformance !== undefined && conformance !== null) return scriptedAnswer(conformance, call)
  return answerScenario(parsed.value['scenario'] ?? DEFAULT_SCENARIO, query)
}

function answerScenario(name: unknown, query: DataQuery): Answer {
  const executedQueryString = `scenario ${String(name).slice(0, 100)}`
  if (name === 'fail') {
    // A frame without fields tells the inspector which query it was (META-016).
    const frame = { name: '', refId: query.refId, meta: { executedQueryString }, fields: [] }
    return {
      kind: 'failed',
      message: 'The backend refused the query.',
      status: 502,
      source: 'downstream',
      frames: [frame],
    }
  }
  const scenario = typeof name === 'string' ? scenarios.get(name) : undefined
  if (scenario === undefined) {
    return badQuery(`The query's "scenario" is none of ${[...scenarios.keys(), 'fail'].join(', ')}.`)
  }
  const times = timeGrid(query)
  const frames = (times.length === 0 ? [[]] : scenario.frames(times)).map((fields): Frame => ({
    name: '',
    refId: query.refId,
    meta: { ...scenario.meta, executedQueryString },
    fields,
  }))
  return { kind: 'frames', frames }
}

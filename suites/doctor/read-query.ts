import type { DataQuery, QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { judgeAnswer } from '../frame/judge-answer.ts'
import { readFrame } from '../frame/read-frame.ts'
import type { Reading } from './services.ts'
import { shortened } from './shortened.ts'

/** What a panel makes of an answer to QueryData that asked for one query. */
export function readQuery(answer: QueryDataResponse, query: DataQuery | undefined, known: boolean): Reading {
  const refId = query?.refId ?? 'A'
  const response = answer.responses[refId]
  if (response === undefined) {
    const keys = Object.keys(answer.responses).map((key) => JSON.stringify(key))
    return {
      mark: 'bad',
      text: `no response for refId "${refId}" (${keys.length === 0 ? 'there are none' : `answered: ${keys.join(', ')}`}): the panel says "No data"`,
      fix: 'Answer every refId that was asked for, under exactly that key.',
    }
  }
  if (response.error !== '') {
    const text = `an error in band, status ${response.status}: "${shortened(response.error)}"`
    return known
      ? { mark: 'bad', text, fix: 'Correct the query in conformance.yaml, or the plugin.' }
      : { mark: 'told', text: `${text}; the query said nothing` }
  }
  const frames = response.frames.map((bytes) => readFrame(bytes, response.format))
  const range =
    query?.timeRange === undefined
      ? undefined
      : { from: Number(query.timeRange.fromEpochMS), to: Number(query.timeRange.toEpochMS) }
  const faults = judgeAnswer({ refId, range, whole: true, frames }).filter(({ advice }) => advice !== true)
  const [first] = faults
  if (first !== undefined) {
    const more = faults.length === 1 ? '' : `; ${faults.length - 1} more`
    return {
      mark: 'bad',
      text: `frame ${first.frame}, ${first.where}: expected ${first.expected}, found ${first.found} (${first.spec}${more})`,
      fix: 'Correct the frame: Grafana refuses the whole answer, or reads it wrongly.',
    }
  }
  return {
    mark: 'good',
    text: `${frames.length} ${frames.length === 1 ? 'frame' : 'frames'} for "${refId}"${known ? '' : ', for a query that said nothing'}`,
  }
}

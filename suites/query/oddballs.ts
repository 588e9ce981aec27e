import type { Frame } from '../../host/frames/frame.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { Answer } from '../../reference-plugin/data/answer.ts'
import { defineOddball } from '../kernel/oddball.ts'
import { modelOf, varyAnswer, varyData, varyResponse } from './vary-data.ts'

/** Legal habits around QueryData. */
export const oddballs = [
  defineOddball({
    id: 'succeeds-with-status-207',
    because: 'any 2xx on success is copied to the client unchanged and does no harm (DATA-301)',
    vary: varyResponse(({ error }) => (error === '' ? { status: 207 } : {})),
  }),
  defineOddball({
    id: 'sends-frames-beside-an-error',
    because: 'partial results may accompany an error; the UI shows both (DATA-206)',
    vary: varyAnswer((answer) =>
      answer.kind === 'failed' ? { ...answer, frames: [rowOf('partial')] } : answer,
    ),
  }),
  defineOddball({
    id: 'puts-odd-bytes-into-json-meta',
    because: 'no host reads jsonMeta (DATA-212)',
    vary: varyResponse(() => ({ jsonMeta: new Uint8Array([0, 255, 123]) })),
  }),
  defineOddball({
    id: 'answers-in-arrow-whatever-is-asked',
    because: 'the format of an answer is independent of the requested one (DATA-207)',
    vary: varyData((data) => ({
      toDataResponse: (answer, _, ...rest) => data.toDataResponse(answer, DataFrameFormat.ARROW, ...rest),
    })),
  }),
  defineOddball({
    id: 'sends-several-frames-for-a-refid',
    because: 'a response is a list of frames (DataResponse.frames, PLANE-004)',
    vary: varyAnswer(
      unscripted((answer) => ({ ...answer, frames: ['one', 'two'].map((name) => tableOf(rowOf(name))) })),
    ),
  }),
  defineOddball({
    id: 'sends-empty-frames',
    because: 'a frame without fields is the documented form of no data (FRAME-041)',
    vary: varyAnswer(unscripted((answer) => ({ ...answer, frames: [{ name: '', refId: '', fields: [] }] }))),
  }),
  defineOddball({
    id: 'finds-nothing-and-sends-no-frames',
    because: 'zero frames without an error mean "nothing found" (DATA-205)',
    vary: varyAnswer(unscripted((answer) => ({ ...answer, frames: [] }))),
  }),
  defineOddball({
    id: 'sends-fields-without-rows',
    because: 'fields without rows are valid: the item is known and has no values (FRAME-042)',
    vary: varyAnswer(unscripted((answer) => ({ ...answer, frames: answer.frames.map(withoutRows) }))),
  }),
  defineOddball({
    id: 'fails-every-query-in-band',
    because: 'without its backend a plugin can answer nothing but errors (DATA-204)',
    vary: varyAnswer(
      unscripted(({ frames }) => ({
        kind: 'failed',
        message: 'connection refused',
        status: 502,
        source: 'downstream',
        frames,
      })),
    ),
  }),
  defineOddball({
    id: 'refuses-duplicate-refids',
    because: 'Grafana refuses such requests itself (DATA-109)',
    vary: varyData((data) => ({
      queryData(request, call) {
        const refIds = new Set(request.queries.map((query) => query.refId))
        if (refIds.size < request.queries.length) throw new Error('duplicate refId')
        return data.queryData(request, call)
      },
    })),
  }),
]

/** Leaves scripted queries alone: what they come to is prescribed. */
function unscripted(change: (answer: Answer) => Answer): Parameters<typeof varyAnswer>[0] {
  return (answer, query) => (modelOf(query)['conformance'] === undefined ? change(answer) : answer)
}

function rowOf(name: string): Frame {
  return {
    name,
    refId: '',
    fields: [{ name: 'value', type: 'float64', nullable: false, values: [1] }],
  }
}

function withoutRows(frame: Frame): Frame {
  return { ...frame, fields: frame.fields.map((field) => ({ ...field, values: [] })) }
}

/** Says that nobody is to make a series of it (PLANE-048). */
function tableOf(frame: Frame): Frame {
  return { ...frame, meta: { ...frame.meta, type: 'table' } }
}

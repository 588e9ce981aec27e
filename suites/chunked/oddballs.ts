import { create } from '@bufbuild/protobuf'

import type { Frame } from '../../host/frames/frame.ts'
import { DataFrameFormat, QueryChunkedDataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { dataOnly } from '../../reference-plugin/data/data-only.ts'
import { defineOddball } from '../kernel/oddball.ts'
import { varyData } from '../query/vary-data.ts'
import { slices, varyMessages } from './vary-chunks.ts'

/** Legal habits around QueryChunkedData. */
export const oddballs = [
  defineOddball({
    id: 'does-without-chunks',
    because: 'a plugin without chunked support answers UNIMPLEMENTED (CHUNK-102)',
    vary: (base) => ({ ...base, services: { ...base.services, chunked: false } }),
  }),
  defineOddball({
    id: 'sends-one-row-a-message',
    because: 'how many rows make a piece is the plugin’s choice (CHUNK-105, CHUNK-106)',
    vary: inPiecesOf(1),
  }),
  defineOddball({
    id: 'sends-whole-frames',
    because: 'a frame may have one piece only (CHUNK-105)',
    vary: inPiecesOf(Number.MAX_SAFE_INTEGER),
  }),
  defineOddball({
    id: 'streams-json-whatever-is-asked',
    because: 'what counts is the format that the message declares (CHUNK-108)',
    vary: varyData((data) => ({
      toChunks: (answer, _, ...rest) => data.toChunks(answer, DataFrameFormat.JSON, ...rest),
    })),
  }),
  defineOddball({
    id: 'streams-arrow-whatever-is-asked',
    because: 'what counts is the format that the message declares (CHUNK-108)',
    vary: varyData((data) => ({
      toChunks: (answer, _, ...rest) => data.toChunks(answer, DataFrameFormat.ARROW, ...rest),
    })),
  }),
  defineOddball({
    id: 'writes-errors-like-the-go-sdk',
    because: 'its writer leaves format, frame and errorSource of an error at their defaults (FRAME-020)',
    vary: varyMessages(({ error }) =>
      error === '' ? {} : { format: DataFrameFormat.ARROW, errorSource: '', frame: new Uint8Array() },
    ),
  }),
  defineOddball({
    id: 'writes-empty-labels-into-pieces',
    because: 'the Go SDK does so when a plugin cuts a frame into pieces (sdk:data/frame.go EmptyCopy)',
    vary: varyData((data) => ({
      toChunks: (answer, ...rest) =>
        data.toChunks({ ...answer, frames: answer.frames.map(withEmptyLabels) }, ...rest),
    })),
  }),
  defineOddball({
    id: 'interleaves-the-refids-of-a-stream',
    because: 'pieces of different refIds may come in any order (CHUNK-107)',
    vary: varyData((data) => ({
      queryChunkedData: (request, call) =>
        merged(request.queries.map((query) => data.queryChunkedData({ ...request, queries: [query] }, call))),
    })),
  }),
]

function withEmptyLabels(frame: Frame): Frame {
  return { ...frame, fields: frame.fields.map((field) => ({ labels: {}, ...field })) }
}

/** Sends frames in pieces of so many rows. */
function inPiecesOf(rows: number): (base: Behaviour) => Behaviour {
  return varyData((data) => ({
    *toChunks(answer, format, refId, call) {
      for (const [index, frame] of answer.frames.entries()) {
        for (const [number, slice] of slices(frame, rows).entries()) {
          const bytes = call.behaviour.data.encodeFrame(slice, format, call)
          yield create(QueryChunkedDataResponseSchema, {
            refId,
            frameId: `frame ${index}`,
            frame: number > 0 && format === DataFrameFormat.JSON ? dataOnly(bytes) : bytes,
            format,
            status: 200,
          })
        }
      }
      yield* data.toChunks({ ...answer, frames: [] }, format, refId, call)
    },
  }))
}

/** The messages of several streams as they come; those that are ready take turns. */
async function* merged(
  streams: ReadonlyArray<AsyncIterable<QueryChunkedDataResponse>>,
): AsyncGenerator<QueryChunkedDataResponse> {
  let turns = streams.map((stream) => {
    const iterator = stream[Symbol.asyncIterator]()
    return { iterator, next: iterator.next() }
  })
  while (turns.length > 0) {
    const ready = await Promise.race(turns.map(async (turn) => ({ turn, result: await turn.next })))
    turns = turns.filter((turn) => turn !== ready.turn)
    if (ready.result.done === true) continue
    yield ready.result.value
    turns.push({ iterator: ready.turn.iterator, next: ready.turn.iterator.next() })
  }
}

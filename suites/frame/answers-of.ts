import { isMessage } from '@bufbuild/protobuf'

import type { MessageEvent } from '../../host/events.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import {
  DataFrameFormat,
  QueryChunkedDataRequestSchema,
  QueryChunkedDataResponseSchema,
  QueryDataRequestSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { completeJsonPiece } from './json-piece.ts'
import { queryRange } from './query-range.ts'
import { readFrame } from './read-frame.ts'
import type { SeenAnswer } from './seen-frame.ts'

/** Reads the frames of every answer that passes by. */
export interface AnswerReader {
  /** The answers in one message; none in messages of other methods. */
  read(event: MessageEvent): readonly SeenAnswer[]
  /** Forgets a call that is over. */
  forget(process: string, call: number): void
}

interface CallMemory {
  readonly ranges: ReadonlyMap<string, SeenAnswer['range']>
  /** Schemas of chunked JSON frames by refId and frameId. */
  readonly schemas: Map<string, string>
}

/** Starts reading; it remembers what was asked until the call is over. */
export function answerReader(): AnswerReader {
  const calls = new Map<string, CallMemory>()
  const memoryOf = (event: MessageEvent): CallMemory =>
    calls.get(keyOf(event.process, event.call)) ?? { ranges: new Map(), schemas: new Map() }
  return {
    read(event) {
      const { message } = event
      if (event.direction === 'request') {
        if (isMessage(message, QueryDataRequestSchema) || isMessage(message, QueryChunkedDataRequestSchema))
          calls.set(keyOf(event.process, event.call), remember(message.queries))
        return []
      }
      if (isMessage(message, QueryDataResponseSchema)) {
        const { ranges } = memoryOf(event)
        return Object.entries(message.responses).map(([refId, { frames, format }]) => ({
          refId,
          range: ranges.get(refId),
          whole: true,
          frames: frames.map((bytes) => readFrame(bytes, format)),
        }))
      }
      if (!isMessage(message, QueryChunkedDataResponseSchema)) return []
      const { refId, frameId, frame, format } = message
      // A message without frame carries an error (FRAME-020).
      if (frame.length === 0) return []
      const { ranges, schemas } = memoryOf(event)
      const bytes =
        format === DataFrameFormat.JSON
          ? completeJsonPiece(frame, JSON.stringify([refId, frameId]), schemas)
          : frame
      if (bytes === undefined) return []
      return [{ refId, range: ranges.get(refId), whole: false, frames: [readFrame(bytes, format)] }]
    },
    forget(process, call) {
      calls.delete(keyOf(process, call))
    },
  }
}

function keyOf(process: string, call: number): string {
  return `${process} ${call}`
}

function remember(queries: readonly DataQuery[]): CallMemory {
  return { ranges: new Map(queries.map((query) => [query.refId, queryRange(query)])), schemas: new Map() }
}

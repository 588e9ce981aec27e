import { isMessage } from '@bufbuild/protobuf'

import type { HostEvent, MessageEvent } from '../../host/events.ts'
import type { Frame } from '../../host/frames/frame.ts'
import type { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import {
  QueryChunkedDataRequestSchema,
  QueryChunkedDataResponseSchema,
  QueryDataRequestSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { startAssembly } from '../chunked/assembly.ts'
import type { Assembly } from '../chunked/assembly.ts'
import { readFrame } from '../frame/read-frame.ts'

/** A successful answer to one query, all of it, as the consumers of Grafana see it. */
export interface WholeAnswer {
  readonly refId: string
  readonly frames: readonly Frame[]
  /** Whether the request said that an alert rule asks (CTX-204). */
  readonly fromAlert: boolean
}

/** Finds the whole answers in what passes by. */
export interface WholeAnswers {
  /** The answers that this event completes. */
  read(event: HostEvent): readonly WholeAnswer[]
}

/** Decides, on what can be seen of an answer from outside, whether it is worth decoding. */
export type Wanted = (frames: readonly Uint8Array[], fromAlert: boolean) => boolean

interface Call {
  readonly fromAlert: boolean
  /** Pieces of a chunked answer. */
  readonly assembly: Assembly
  /** The refIds whose pieces are kept. */
  readonly kept: Map<string, boolean>
}

/**
 * Starts reading. What failed has no shape to judge (PLANE-009), and what this host can not read, no host of it can say
 * anything about; a chunked answer is whole when its call has ended well (CHUNK-104).
 */
export function wholeAnswers(wanted: Wanted): WholeAnswers {
  const calls = new Map<string, Call>()
  return {
    read(event) {
      const key = event.kind === 'message' || event.kind === 'status' ? `${event.process} ${event.call}` : ''
      if (event.kind === 'status') {
        const call = calls.get(key)
        calls.delete(key)
        return call === undefined || event.code !== 0 || event.outcome !== 'ended' ? [] : assembled(call)
      }
      if (event.kind !== 'message') return []
      if (event.direction === 'request') {
        const call = callOf(event)
        if (call !== undefined) calls.set(key, call)
        return []
      }
      return readResponse(event, calls.get(key), wanted)
    },
  }
}

function callOf({ message }: MessageEvent): Call | undefined {
  if (!isMessage(message, QueryDataRequestSchema) && !isMessage(message, QueryChunkedDataRequestSchema))
    return undefined
  return { fromAlert: message.headers['FromAlert'] === 'true', assembly: startAssembly(), kept: new Map() }
}

function readResponse(
  { message }: MessageEvent,
  call: Call | undefined,
  wanted: Wanted,
): readonly WholeAnswer[] {
  const fromAlert = call?.fromAlert === true
  if (isMessage(message, QueryDataResponseSchema)) {
    return Object.entries(message.responses).flatMap(([refId, response]) => {
      if (response.error !== '' || !wanted(response.frames, fromAlert)) return []
      const frames = readAll(response.frames, response.format)
      return frames === undefined ? [] : [{ refId, frames, fromAlert }]
    })
  }
  if (call === undefined || !isMessage(message, QueryChunkedDataResponseSchema)) return []
  const kept = call.kept.get(message.refId) ?? wanted([message.frame], fromAlert)
  call.kept.set(message.refId, kept)
  if (kept) call.assembly.add(message)
  return []
}

function assembled({ assembly, fromAlert }: Call): readonly WholeAnswer[] {
  const answers = assembly.answers() ?? new Map()
  return [...answers]
    .filter(([, { error }]) => error === '')
    .map(([refId, { frames }]) => ({ refId, frames, fromAlert }))
}

function readAll(frames: readonly Uint8Array[], format: DataFrameFormat): readonly Frame[] | undefined {
  const seen = frames.map((bytes) => readFrame(bytes, format))
  const read = seen.flatMap(({ frame, decoded }) => (frame === undefined || !decoded ? [] : [frame]))
  return read.length === seen.length ? read : undefined
}

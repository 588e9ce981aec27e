import type { Field, Frame } from '../../host/frames/frame.ts'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { readPiece } from './piece.ts'
import type { FirstPiece, Piece } from './piece.ts'

/** What the pieces of one refId have added up to so far. */
export interface AssembledAnswer {
  readonly frames: readonly Frame[]
  readonly error: string
}

/** Puts the messages of one stream together, as a host does. */
export interface Assembly {
  /** Takes one message; the piece that it carries, or undefined when it has no frame. */
  add(message: QueryChunkedDataResponse): Piece | undefined
  /** The answers by refId; undefined when a piece could not be used. */
  answers(): ReadonlyMap<string, AssembledAnswer> | undefined
}

interface Growing {
  readonly first: FirstPiece
  readonly columns: Array<Array<Field['values'][number]>>
}

/** Begins to put a stream together; pieces belong together by refId and frameId (CHUNK-104). */
export function startAssembly(): Assembly {
  const errors = new Map<string, string>()
  const frames = new Map<string, Map<string, Growing>>()
  const spoilt = new Set<string>()

  function add({ refId, frameId, frame, format, error }: QueryChunkedDataResponse): Piece | undefined {
    if (error !== '' || !errors.has(refId)) errors.set(refId, error)
    // An error needs no frame, and neither does a message that says nothing (FRAME-020).
    if (frame.length === 0) return undefined
    const known = frames.get(refId) ?? new Map<string, Growing>()
    frames.set(refId, known)
    const key = JSON.stringify([refId, frameId])
    // Without a frameId nobody knows which frame the rows belong to.
    if (frameId === '') spoilt.add(key)
    if (spoilt.has(key)) return { kind: 'unreadable' }
    const piece = readPiece(frame, format, known.get(frameId)?.first)
    if (piece.kind === 'misfit' || piece.kind === 'unreadable') spoilt.add(key)
    if (piece.kind === 'first')
      known.set(frameId, { first: piece.first, columns: columnsOf(piece.first.frame) })
    if (piece.kind === 'following') append(known.get(frameId)?.columns ?? [], piece.frame)
    return piece
  }

  return {
    add,
    answers() {
      if (spoilt.size > 0) return undefined
      return new Map(
        [...errors].map(([refId, error]) => [
          refId,
          { error, frames: [...(frames.get(refId)?.values() ?? [])].map((growing) => finish(growing)) },
        ]),
      )
    },
  }
}

function columnsOf({ fields }: Frame): Growing['columns'] {
  return fields.map(({ values }) => [...values])
}

function append(columns: Growing['columns'], { fields }: Frame): void {
  for (const [index, { values }] of fields.entries()) for (const value of values) columns[index]?.push(value)
}

function finish({ first: { frame }, columns }: Growing): Frame {
  return {
    ...frame,
    fields: frame.fields.map((field, index) => ({ ...field, values: columns[index] ?? [] })),
  }
}

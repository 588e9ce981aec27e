import { compareFrames } from '../../host/frames/compare.ts'
import type { DataResponse, QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { showRefId } from '../query/answer-map.ts'
import { comparableFrame } from '../query/comparable-frame.ts'
import { readFrames } from '../query/read-frames.ts'
import type { AssembledAnswer } from './assembly.ts'
import { startAssembly } from './assembly.ts'

/** The answers of either method by refId. */
export type Answers = ReadonlyMap<string, AssembledAnswer>

/** The answers of QueryData, or undefined when a frame can not be read. */
export function answersOf(responses: Readonly<Record<string, DataResponse>>): Answers | undefined {
  const answers = Object.entries(responses).map(
    ([refId, response]) => [refId, { error: response.error, frames: readFrames(response) }] as const,
  )
  const readable = answers.flatMap(([refId, { error, frames }]) =>
    frames === undefined ? [] : [[refId, { error, frames }] as const],
  )
  return readable.length === answers.length ? new Map(readable) : undefined
}

/** The answers that the messages of a stream add up to, or undefined when a piece can not be used. */
export function assembled(messages: readonly QueryChunkedDataResponse[]): Answers | undefined {
  const assembly = startAssembly()
  for (const message of messages) assembly.add(message)
  return assembly.answers()
}

/** Where two sets of answers differ, in words; the refIds are those that were asked for. */
export function compareAnswers(refIds: readonly string[], one: Answers, other: Answers): readonly string[] {
  return refIds.flatMap((refId) => {
    const differences = compareAnswer(refId, one.get(refId) ?? nothing, other.get(refId) ?? nothing)
    return differences.map((difference) => `${showRefId(refId)}: ${difference}`)
  })
}

/** A stream has no message for a query that finds nothing: no frame, no error (CHUNK-103). */
const nothing: AssembledAnswer = { frames: [], error: '' }

function compareAnswer(refId: string, one: AssembledAnswer, other: AssembledAnswer): readonly string[] {
  if ((one.error === '') !== (other.error === ''))
    return [one.error === '' ? `no error and "${other.error}"` : `"${one.error}" and no error`]
  // Partial results beside an error are a courtesy (DATA-206).
  if (one.error !== '') return []
  if (one.frames.length !== other.frames.length)
    return [`${one.frames.length} and ${other.frames.length} frames`]
  return one.frames.flatMap((frame, index) => {
    const counterpart = other.frames[index]
    if (counterpart === undefined) return []
    return compareFrames(comparableFrame(frame, refId), comparableFrame(counterpart, refId)).map(
      (difference) => `frame ${index}, ${difference}`,
    )
  })
}

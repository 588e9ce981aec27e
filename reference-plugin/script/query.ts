import type { Frame } from '../../host/frames/frame.ts'
import type { Call } from '../call.ts'
import type { Answer } from '../data/answer.ts'
import { badQuery, failedAnswer } from '../data/failed-answer.ts'
import { isRecord } from '../json.ts'
import { obeyCommon } from './common.ts'
import { scriptedFrame } from './frame.ts'
import { ScriptError } from './script-error.ts'

/** 256 MiB, several times what any check asks for. */
const MAX_BYTES = 268_435_456
const ROW_CHARACTERS = 1024

/** Does what the key `conformance` of a query says (fixtures/script.schema.json, query). */
export async function scriptedAnswer(script: unknown, call: Call): Promise<Answer> {
  if (!isRecord(script)) return badQuery('The key "conformance" is not an object.')
  await obeyCommon(script, call)
  try {
    if (script['error'] !== undefined) return scriptedFailure(script['error'])
    if (script['bytes'] !== undefined) return { kind: 'frames', frames: [textFrame(script['bytes'])] }
    if (script['frames'] !== undefined) return { kind: 'frames', frames: scriptedFrames(script['frames']) }
    return { kind: 'frames', frames: [{ name: '', refId: '', fields: [] }] }
  } catch (error) {
    if (error instanceof ScriptError) return badQuery(error.message)
    throw error
  }
}

function scriptedFailure(error: unknown): Answer {
  if (!isRecord(error) || typeof error['message'] !== 'string' || error['message'] === '') {
    throw new ScriptError('"error" needs a "message" that is not empty.')
  }
  const { message, status = 500, source = 'plugin' } = error
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 400 || status > 599) {
    throw new ScriptError('"error.status" is not a whole number from 400 to 599.')
  }
  if (source !== 'plugin' && source !== 'downstream') {
    throw new ScriptError('"error.source" is neither "plugin" nor "downstream".')
  }
  return failedAnswer(message, { status, source })
}

function scriptedFrames(frames: unknown): readonly Frame[] {
  if (!Array.isArray(frames)) throw new ScriptError('"frames" is not a list.')
  return frames.map((frame: unknown, index) => scriptedFrame(frame, `frames[${index}]`))
}

function textFrame(bytes: unknown): Frame {
  if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 0 || bytes > MAX_BYTES) {
    throw new ScriptError(`"bytes" is not a whole number from 0 to ${MAX_BYTES}.`)
  }
  const values: string[] = []
  const row = 'x'.repeat(ROW_CHARACTERS)
  for (let left = bytes; left > 0; left -= ROW_CHARACTERS) values.push(row.slice(0, left))
  return { name: '', refId: '', fields: [{ name: 'text', type: 'string', nullable: false, values }] }
}

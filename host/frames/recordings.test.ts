import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { compareFrames } from './compare.ts'
import type { Frame } from './frame.ts'
import { isArray, isObject, parseJson, stringifyJson } from './json-text.ts'
import type { JsonValue } from './json-text.ts'
import { readArrowFrame } from './read-arrow.ts'
import type { FrameReading } from './read-arrow.ts'
import { readJsonFrame } from './read-json.ts'

interface Recording {
  readonly id: string
  readonly title: string
  readonly status: number
  readonly answered: Readonly<Record<string, readonly string[]>>
  readonly body?: string
}

const file = new URL('../../fixtures/recordings/frames.json', import.meta.url)
const recordings: readonly Recording[] = JSON.parse(readFileSync(file, 'utf8'))

/** Records whose values Grafana changed on the way to the browser, with the reason. */
const otherValues: Readonly<Record<string, string>> = {
  'c-type-binary': 'a value that is no JSON becomes null (FRAME-033)',
  'c-json-value-empty': 'an empty value becomes null (FRAME-033)',
  'c-json-value-nan': 'a value that is no JSON becomes null (FRAME-033)',
  'c-json-value-cut': 'a value that is no JSON becomes null (FRAME-033)',
  'c-json-value-two': 'the body as a whole is no JSON (FRAME-033)',
  'c-json-field': 'the JSON text null and a missing value look the same in JSON',
}

it('has recordings of both outcomes', () => {
  expect(recordings.filter(answeredFrames).length).toBeGreaterThan(90)
  expect(recordings.filter((recording) => !answeredFrames(recording)).length).toBeGreaterThan(40)
})

it.each(recordings)('decodes or refuses as Grafana 12.4.0 did: $id, $title', (recording) => {
  const readings = Object.values(recording.answered).flat().map(read)
  const decoded = readings.every((reading) => reading.frame !== undefined)
  expect(decoded).toBe(answeredFrames(recording))
})

it.each(recordings.filter((recording) => answeredFrames(recording) && !(recording.id in otherValues)))(
  'decodes the values that Grafana 12.4.0 sent to the browser: $id, $title',
  (recording) => {
    for (const [refId, frames] of Object.entries(recording.answered)) {
      for (const [index, base64] of frames.entries()) {
        const sent = sentFrame(recording, refId, index)
        const reading = read(base64)
        if (sent === undefined || reading.frame === undefined || reading.undecoded !== undefined) continue
        expect(compareFrames(bare(reading.frame, refId), bare(sent, refId))).toEqual([])
      }
    }
  },
)

function read(base64: string): FrameReading {
  return readArrowFrame(Buffer.from(base64, 'base64'))
}

/** A status of 200 with an empty body is a frame that decoded and could not be written as JSON (FRAME-013). */
function answeredFrames({ status, body }: Recording): boolean {
  return status < 500 && body !== undefined
}

function sentFrame({ body = '' }: Recording, refId: string, index: number): Frame | undefined {
  const frames = member(member(member(parseJson(body), 'results'), refId), 'frames')
  const frame = isArray(frames) ? frames[index] : undefined
  return frame === undefined ? undefined : readJsonFrame(Buffer.from(stringifyJson(frame))).frame
}

function member(value: JsonValue, key: string): JsonValue {
  return isObject(value) ? (value.entries.find(([name]) => name === key)?.[1] ?? null) : null
}

/** The host fills in refIds and writes metadata in its own spelling; names, types, labels and values stay. */
function bare(frame: Frame, refId: string): Frame {
  const fields = frame.fields.map(({ name, type, nullable, labels, values }) => ({
    name,
    type,
    nullable,
    labels: labels ?? {},
    values,
  }))
  return { name: frame.name, refId: frame.refId === '' ? refId : frame.refId, fields }
}

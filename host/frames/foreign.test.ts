import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { asGrafanaJson } from './as-grafana-json.ts'
import { readArrowFrame } from './read-arrow.ts'
import type { FrameReading } from './read-arrow.ts'

/** What the Go SDK made of a file. */
interface Answer {
  readonly file: string
  readonly json?: string
  readonly error?: string
}

const folder = new URL('../../fixtures/frames/foreign/', import.meta.url)
const answers: readonly Answer[] = JSON.parse(readFileSync(new URL('answers.json', folder), 'utf8'))
const refused = answers.filter(({ error }) => error !== undefined)
const decoded = answers.filter(({ json }) => json !== undefined)

function read({ file }: Answer): FrameReading {
  return readArrowFrame(readFileSync(new URL(file, folder)))
}

/** Go wrote them compressed, and this host has no codec. */
const COMPRESSED = /lz4|zstd/u

describe('a file that pyarrow or Go wrote', () => {
  test('comes in both kinds', () => {
    expect([decoded.length > 45, refused.length > 5]).toEqual([true, true])
  })

  test.each(decoded.filter(({ file }) => !COMPRESSED.test(file)))(
    'has the values that the Go SDK reads: $file',
    (answer) => {
      const { frame } = read(answer)
      expect(frame && asGrafanaJson(frame)).toBe(answer.json)
    },
  )

  test.each(decoded.filter(({ file }) => COMPRESSED.test(file)))(
    'is accepted without its values when it is compressed: $file',
    (answer) => {
      expect(read(answer)).toMatchObject({
        findings: [],
        frame: {},
        undecoded: expect.stringContaining('compressed'),
      })
    },
  )

  test.each(refused)('is refused for the type that the Go SDK names: $file', (answer) => {
    const { frame, findings } = read(answer)
    expect(frame).toBeUndefined()
    const [type = ''] = /[A-Z0-9_]+$/u.exec(answer.error ?? '') ?? []
    expect(findings).toMatchObject([
      type === 'DICTIONARY' ? { spec: 'FRAME-010' } : { spec: 'FRAME-021', found: type },
    ])
  })
})

import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { newestProfile, profileNamed } from '../context/profile.ts'
import { asGrafanaJson } from './as-grafana-json.ts'
import type { Frame } from './frame.ts'
import { readArrowFrame } from './read-arrow.ts'

interface Recording {
  readonly id: string
  readonly title: string
  readonly status: number
  readonly answered: Readonly<Record<string, readonly string[]>>
  readonly body?: string
}

function recorded(name: string): readonly Partial<Recording>[] {
  return JSON.parse(readFileSync(new URL(`../../fixtures/recordings/${name}`, import.meta.url), 'utf8'))
}

const newest = recorded('frames.json') as readonly Recording[]
const older = new Map(recorded('frames-10.4.3.json').map((record) => [record.id, record]))

/** Answers whose frames this host does not decode, because they are compressed. */
const undecoded = ['c-compress-lz4', 'c-compress-zstd']
/** The answer of 10.4.3 to what newer hosts refuse, and this reader with them (META-036). */
const refused = ['c-config-threshold-extra']

const byVersion = ['12.4', '10.4'].flatMap((version) =>
  newest.flatMap((record) => {
    const {
      id,
      title,
      answered,
      body = '',
    } = { ...record, ...(version === '10.4' ? older.get(record.id) : {}) }
    const sent = body.includes('"frames":') && ![...undecoded, ...refused].includes(id)
    return sent ? [{ version, id, title, answered, body }] : []
  }),
)

describe('the frames that a browser gets', () => {
  test('were recorded from both versions', () => {
    expect(byVersion.length).toBeGreaterThan(180)
    expect(older.size).toBeGreaterThan(5)
  })

  test.each(byVersion)(
    'are those of Grafana $version byte for byte: $id, $title',
    ({ version, answered, body }) => {
      for (const [refId, frames] of Object.entries(answered)) {
        const texts = frames.map((base64) => {
          const { frame } = readArrowFrame(Buffer.from(base64, 'base64'))
          return frame && asGrafanaJson(frame, { refId, profile: profileNamed(version) })
        })
        // Bytes that are no UTF-8 became U+FFFD when they were read, which Go writes as an escape then.
        expect(body.replaceAll('\\ufffd', '\ufffd')).toContain(`"frames":[${texts.join(',')}]`)
      }
    },
  )
})

describe('what no recording has', () => {
  const cell = (
    type: Frame['fields'][number]['type'],
    value: Frame['fields'][number]['values'][number],
  ): string =>
    /"values":\[\[(.*)\]\]/su.exec(
      asGrafanaJson({ name: '', refId: '', fields: [{ name: 'v', type, nullable: true, values: [value] }] }),
    )?.[1] ?? ''

  test.each([
    [16_777_216, '16777216'],
    [Math.fround(0.1), '0.1'],
    [Math.fround(1e-7), '1e-07'],
    [Math.fround(3.4028235e38), '3.4028235e+38'],
    [Math.fround(1.17549435e-38), '1.1754944e-38'],
  ])('writes the float32 %f as %s', (value, text) => {
    expect(cell('float32', value)).toBe(text)
  })

  test('copies a JSON cell that begins with a document, and writes null for one that does not (FRAME-033)', () => {
    const texts = ['{} {}', '1x', '"a"b', 'NaN', '', '{"a":', ' [1] ', '01', '1.', 'nullx', '[1,]']
    const kept = ['{} {}', '1x', '"a"b', ' [1] ', 'nullx']
    // (ran: SDK v0.218.0 and v0.287.0)
    expect(texts.map((text) => cell('json', text))).toEqual(
      texts.map((text) => (kept.includes(text) ? text : 'null')),
    )
  })

  test.each([
    [100_000, '100000'],
    [1_000_000, '1e+06'],
    [12_345_678_901, '1.2345678901e+10'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
  ])('writes the limit %f as %s, as fmt does', (max, text) => {
    const config = { max, thresholds: { steps: [{ value: max }, {}] } }
    const field = { name: 'v', type: 'int8', nullable: false, config, values: [] } as const
    expect(asGrafanaJson({ name: '', refId: '', fields: [field] })).toContain(
      `"config":{"max":${text},"thresholds":{"mode":"","steps":[{"value":${text}},{"value":null}]}}`,
    )
  })

  test('drops the metadata that the host does not know, and finds the others in any case (META-006, META-007)', () => {
    const meta = { searchWords: ['a'], executedquerystring: 'SELECT <1>', custom: { b: 1, a: 0.000001 } }
    expect(asGrafanaJson({ name: 'ä<', refId: '', meta, fields: [] })).toBe(
      '{"schema":{"name":"ä<","meta":{"typeVersion":[0,0],"custom":{"a":0.000001,"b":1},"executedQueryString":"SELECT \\u003c1\\u003e"},"fields":[]},"data":{"values":[]}}',
    )
  })

  test('keeps the refId of the frame (META-021)', () => {
    expect(
      asGrafanaJson({ name: '', refId: 'Z', fields: [] }, { refId: 'A', profile: newestProfile }),
    ).toContain('"refId":"Z"')
  })
})

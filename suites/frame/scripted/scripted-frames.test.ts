import { readFileSync, readdirSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { scriptOf } from './script-of.ts'
import { scriptedAnswers } from './scripted-frames.ts'

const folder = new URL('../../../fixtures/frames/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'frames.schema.json')

describe('the tables of fixtures/frames', () => {
  test('are all asked for', () => {
    expect(files.map((name) => name.replace('.json', '')).sort()).toEqual(Object.keys(scriptedAnswers).sort())
  })

  test.each(Object.entries(scriptedAnswers))(
    'are asked for as they stand in the file: %s',
    (refId, frames) => {
      const table: unknown = JSON.parse(readFileSync(new URL(`${refId}.json`, folder), 'utf8'))
      const { conformance } = scriptOf(frames)
      const withoutRefIds: unknown = JSON.parse(
        JSON.stringify(conformance, (key, value: unknown) => (key === 'refId' ? undefined : value)),
      )
      expect(table).toMatchObject({ ...Object(withoutRefIds) })
    },
  )

  test('have every type with and without nulls, with labels and without', () => {
    const fields = Object.values(scriptedAnswers).flatMap((frames) => frames.flatMap((frame) => frame.fields))
    const types = new Set(fields.map(({ type }) => type))
    expect(types.size).toBe(15)
    for (const type of types) {
      const same = fields.filter((field) => field.type === type)
      expect(same.some(({ nullable, values }) => !nullable && values.length > 0)).toBe(true)
      expect(same.some(({ values }) => values.includes(null))).toBe(true)
      // Labels of a time field count for nothing (META-031).
      expect(type === 'time' || same.some(({ labels }) => labels !== undefined)).toBe(true)
    }
  })
})

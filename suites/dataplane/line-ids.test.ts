import { expect, test } from 'vitest'

import { lineIds } from './line-ids.ts'
import { column, times } from './scripted/columns.ts'

const meta = { type: 'log-lines' }

test('lines that look alike can not be told apart, so their ids say nothing', () => {
  const fields = [
    times('timestamp', [0, 0, 1]),
    column('body', 'string', ['same', 'same', 'other']),
    column('id', 'string', ['1', '2', '3']),
  ]
  expect([...lineIds([{ name: '', refId: '', meta, fields }]).values()]).toEqual(['3'])
})

test('frames of other types and lines without ids have none', () => {
  const fields = [times('timestamp', [0]), column('body', 'string', ['a']), column('id', 'string', ['1'])]
  expect(lineIds([{ name: '', refId: '', fields }]).size).toBe(0)
  expect(lineIds([{ name: '', refId: '', meta, fields: fields.slice(0, 2) }]).size).toBe(0)
})

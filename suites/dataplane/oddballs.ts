import type { Frame } from '../../host/frames/frame.ts'
import { changeField, describe } from '../frame/forge/change-frame.ts'
import { forgeFrame } from '../frame/forge/forge.ts'
import { defineOddball } from '../kernel/oddball.ts'
import { modelOf, varyAnswer } from '../query/vary-data.ts'
import { column, times } from './scripted/columns.ts'

/** Legal habits around declared frames. */
export const oddballs = [
  defineOddball({
    id: 'declares-private-types',
    because: 'an unknown type without a version is nobody’s business (PLANE-001)',
    vary: forgeFrame('labelled series', describe({ type: 'x-private' })),
  }),
  defineOddball({
    id: 'leaves-zero-versions-out',
    because: 'absent, null and [] are the same as [0,0] (PLANE-001)',
    vary: forgeFrame('listing', (frame) => ({
      ...frame,
      meta: { type: 'directory-listing', typeVersion: [] },
    })),
  }),
  defineOddball({
    id: 'sends-items-without-values',
    because: 'an item may be known and have no values (PLANE-007, FRAME-042)',
    vary: forgeFrame('series of b', emptied),
  }),
  defineOddball({
    id: 'sends-columns-without-rows',
    because: 'fields without rows are valid and never a finding by themselves (FRAME-042, PLANE-007)',
    vary: varyAnswer((answer, query) =>
      modelOf(query)['conformance'] === undefined
        ? { ...answer, frames: answer.frames.map(emptied) }
        : answer,
    ),
  }),
  defineOddball({
    id: 'adds-columns-that-are-no-series',
    because: 'string fields and further time fields of a series are remainder (PLANE-008, PLANE-015)',
    vary: forgeFrame('wide series', (frame) => ({
      ...frame,
      fields: [
        { ...times('seen', [9, 8, 7]), nullable: true },
        ...frame.fields,
        times('until', [3, 2, 1]),
        column('note', 'string', ['a', 'a', 'b']),
      ],
    })),
  }),
  defineOddball({
    id: 'puts-the-time-of-a-number-beside-it',
    because: 'time and string fields of numeric types are remainder (PLANE-025, PLANE-026)',
    vary: forgeFrame('number of b', (frame) => ({
      ...frame,
      fields: [times('at', [0]), ...frame.fields, column('note', 'string', ['x'])],
    })),
  }),
  defineOddball({
    id: 'sends-a-set-of-no-dimensions',
    because: 'dimensions are optional: one item needs none (PLANE-004, PLANE-017)',
    vary: forgeFrame('long series', (frame) => ({
      ...frame,
      fields: [times('time', [0, 1, 2, 3]), ...frame.fields.slice(-1)],
    })),
  }),
  defineOddball({
    id: 'sends-dimensions-with-nulls',
    because: 'a null dimension is the empty text (PLANE-017)',
    vary: forgeFrame(
      'long series',
      changeField('host', (field) => ({ ...field, nullable: true, values: [null, 'b', null, 'b'] })),
    ),
  }),
  defineOddball({
    id: 'numbers-its-severities-like-syslog',
    because: 'Grafana reads 0 to 7 as levels (grafana:public/app/features/logs/utils.ts getLogLevelFromKey)',
    vary: forgeFrame(
      'lines',
      changeField('severity', (field) => ({ ...field, nullable: true, values: ['3', null] })),
    ),
  }),
  defineOddball({
    id: 'sends-log-lines-of-the-old-kind',
    because: 'untyped log frames still work: first time, first text, optional level, id and tsNs (PLANE-040)',
    vary: forgeFrame('lines', (frame) => ({
      ...frame,
      meta: { preferredVisualisationType: 'logs' },
      fields: [
        times('Time', [0, 1]),
        column('Line', 'string', ['started', 'höher'], { app: 'a' }),
        column('tsNs', 'string', ['1700000000000000000', '1700000060000000000']),
        column('level', 'string', ['info', 'serious']),
      ],
    })),
  }),
  defineOddball({
    id: 'puts-anything-into-tables',
    because: 'table promises nothing (PLANE-048)',
    vary: forgeFrame('typed table', (frame) => ({
      ...frame,
      fields: [
        ...frame.fields,
        column('tags', 'json', ['{}', '[1]'], { a: 'b' }),
        { ...times('seen', [1, 0]), nullable: true, values: [null, null] },
      ],
    })),
  }),
]

function emptied(frame: Frame): Frame {
  return { ...frame, fields: frame.fields.map((field) => ({ ...field, values: [] })) }
}

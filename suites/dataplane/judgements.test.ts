import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { Field, Frame } from '../../host/frames/frame.ts'
import { arbitraryFrame } from '../../host/frames/test-data/arbitrary-frame.ts'
import { judgements } from './judgements.ts'
import { rules } from './rules.ts'
import { column, times } from './scripted/columns.ts'
import { otherAnswers } from './scripted/others.ts'
import { setAnswers } from './scripted/sets.ts'

function typed(type: string, fields: readonly Field[], more: Partial<Frame> = {}): Frame {
  return { name: '', refId: '', meta: { type, typeVersion: [0, 1] }, fields, ...more }
}

/** The slugs of the rules that the response breaks. */
function broken(...frames: readonly Frame[]): readonly string[] {
  return judgements
    .filter(({ judge }) => (judge(frames) ?? []).length > 0)
    .map(({ rule }) => rule.id.split('/')[1] ?? '')
}

const time = times('time', [0, 1])
const value = column('v', 'float64', [1, 2])
const numeric = column('v', 'float64', [1], { host: 'a' })

describe('known answers', () => {
  test.each(Object.entries({ ...setAnswers, ...otherAnswers }))('%s break nothing', (_, frames) => {
    expect(broken(...frames)).toEqual([])
  })

  test('show every rule that needs no second answer', () => {
    const shown = Object.values({ ...setAnswers, ...otherAnswers }).flatMap((frames) =>
      judgements.filter(({ judge }) => judge(frames) !== undefined).map(({ rule }) => rule.id),
    )
    const others = [rules['log-ids-are-stable'].id]
    expect([...new Set([...shown, ...others])].toSorted()).toEqual(
      Object.values(rules)
        .map(({ id }) => id)
        .toSorted(),
    )
  })
})

describe('whatever is sent', () => {
  const types = ['timeseries-wide', 'timeseries-long', 'timeseries-multi', 'numeric-wide', 'numeric-multi']
  const more = ['numeric-long', 'log-lines', 'directory-listing', 'heatmap-rows', 'heatmap-cells', 'x']
  const type = fc.constantFrom(...types, ...more)

  test('is judged without an exception, and in the same way every time', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(arbitraryFrame(), type, fc.nat(2)), { maxLength: 3 }), (drawn) => {
        const frames = drawn.map(([frame, name, minor]) => ({
          ...frame,
          meta: { ...frame.meta, type: name, typeVersion: [0, minor] },
        }))
        for (const { judge } of judgements) expect(judge(frames)).toEqual(judge(structuredClone(frames)))
      }),
    )
  })

  test('is nobody’s business when it declares nothing', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFrame(), { maxLength: 3 }), (drawn) => {
        const frames = drawn.map(({ name, refId, fields }) => ({ name, refId, fields }))
        expect(judgements.filter(({ judge }) => judge(frames) !== undefined)).toEqual([])
      }),
    )
  })
})

describe('versions', () => {
  test.each([[undefined], [null], [[]], [[0, 0]]])('of tables may be %j (PLANE-001)', (typeVersion) => {
    expect(broken({ name: '', refId: '', meta: { type: 'table', typeVersion }, fields: [value] })).toEqual([])
  })

  test.each([[undefined], [[0, 0]], [[0, 2]], [[1, 0]]])(
    'of series are not %j (PLANE-001)',
    (typeVersion) => {
      const frame = typed('timeseries-wide', [time, value], {
        meta: { type: 'timeseries-wide', typeVersion },
      })
      expect(broken(frame)).toEqual(['version-is-that-of-the-type'])
    },
  )

  test('of types that nobody knows are 0.0 (PLANE-001)', () => {
    expect(broken(typed('mine', [value], { meta: { type: 'mine' } }))).toEqual([])
    expect(broken(typed('mine', [value]))).toEqual(['version-is-that-of-the-type'])
  })

  test('count in the first frame only (PLANE-002)', () => {
    const plain: Frame = { name: '', refId: '', fields: [time, value] }
    expect(broken(plain, typed('timeseries-multi', [time, value]))).toEqual(['first-frame-declares-the-type'])
    // With the contract off nothing else is read strictly.
    const odd = { ...time, nullable: true }
    expect(broken(typed('timeseries-wide', [odd], { meta: { type: 'timeseries-wide' } }))).toEqual([
      'version-is-that-of-the-type',
    ])
  })
})

describe('sets', () => {
  test('may repeat a name with other labels, and labels with another name (PLANE-004)', () => {
    const other = column('w', 'float64', [1], { host: 'a' })
    expect(broken(typed('numeric-wide', [numeric, other]))).toEqual([])
    expect(broken(typed('numeric-wide', [numeric, { ...numeric }]))).toEqual(['items-are-distinct'])
  })

  test('do not count what a reader leaves out (PLANE-004, PLANE-016)', () => {
    const first = typed('timeseries-multi', [time, value, { ...value }])
    expect(broken(first)).toEqual(['frames-of-a-multi-type-have-one-value'])
  })

  test('of rows are told apart by all columns together (PLANE-004, PLANE-017)', () => {
    const a = column('a', 'string', ['x', 'x'])
    const b: Field = { name: 'b', type: 'string', nullable: true, values: [null, 'y'] }
    expect(broken(typed('numeric-long', [value, a, b]))).toEqual([])
    expect(broken(typed('numeric-long', [value, a]))).toEqual(['items-are-distinct'])
    expect(broken(typed('numeric-long', [value]))).toEqual(['numeric-long-rows-have-dimensions'])
  })

  test('without data stand alone, unless the frame beside them declares nothing (PLANE-006, PLANE-008)', () => {
    const empty = typed('timeseries-multi', [])
    const full = typed('timeseries-multi', [time, value])
    const remark: Frame = { name: '', refId: '', meta: { executedQueryString: 'x' }, fields: [] }
    expect(broken(empty)).toEqual([])
    expect(broken(full, remark)).toEqual([])
    expect(broken(full, empty)).toEqual(['no-data-stands-alone'])
    expect(broken(empty, full)).toEqual(['no-data-stands-alone'])
  })
})

describe('what is permitted', () => {
  const plain = (fields: readonly Field[], meta?: Record<string, unknown>): Frame => ({
    name: '',
    refId: '',
    ...(meta === undefined ? {} : { meta }),
    fields,
  })

  test('items without values break nothing (PLANE-007, FRAME-042)', () => {
    const empty = [times('time', []), column('v', 'float64', [], { host: 'a' })]
    expect(broken(typed('timeseries-wide', empty))).toEqual([])
    expect(broken(typed('numeric-wide', empty.slice(1)))).toEqual([])
  })

  test('remainder breaks nothing, be it fields or frames (PLANE-008)', () => {
    const fields = [time, value, column('note', 'string', ['a', 'a'], { of: 'v' }), times('until', [9, 3])]
    expect(broken(typed('timeseries-wide', fields), plain([value]), plain([]))).toEqual([])
  })

  test('the name of the time field does not matter', () => {
    expect(broken(typed('timeseries-wide', [{ ...time, name: 'when it was' }, value]))).toEqual([])
  })

  test('untyped log frames are not judged (PLANE-040)', () => {
    const legacy = [time, column('Line', 'string', ['a', 'b']), column('tsNs', 'string', ['1', '2'])]
    expect(broken(plain(legacy, { preferredVisualisationType: 'logs' }))).toEqual([])
  })

  test('a table promises nothing (PLANE-048)', () => {
    const anything = [value, { ...value }, { ...time, nullable: true, values: [null, null] }]
    expect(broken(plain(anything, { type: 'table' }))).toEqual([])
  })
})

describe('times', () => {
  const repeated = times('time', [0, 0])

  test('of wide and multi types ascend strictly (PLANE-014)', () => {
    expect(broken(typed('timeseries-wide', [repeated, value]))).toEqual(['times-ascend'])
    expect(broken(typed('timeseries-wide', [times('time', [1, 0]), value]))).toEqual(['times-ascend'])
  })

  test('of long types may repeat from series to series (PLANE-014)', () => {
    const hosts = column('host', 'string', ['a', 'b'])
    expect(broken(typed('timeseries-long', [repeated, hosts, value]))).toEqual([])
    expect(broken(typed('timeseries-long', [repeated, value]))).toEqual(['times-ascend'])
  })

  test('are the first column that can not be null (PLANE-012)', () => {
    const nullable: Field = { ...times('until', [1, 0]), nullable: true }
    expect(broken(typed('timeseries-wide', [nullable, time, value]))).toEqual([])
    expect(broken(typed('timeseries-wide', [nullable, value]))).toEqual(['time-series-have-a-time'])
  })
})

describe('log lines', () => {
  const [lines] = otherAnswers['logs'] ?? []

  function changed(name: string, change: Partial<Field>): readonly string[] {
    if (lines === undefined) throw new TypeError('there are no log lines')
    const fields = lines.fields.map((field) => (field.name === name ? { ...field, ...change } : field))
    return broken({ ...lines, fields })
  }

  test.each([
    ['Body', 'body', { name: 'Body' }, ['log-lines-have-time-and-body']],
    ['a body of JSON', 'body', { type: 'json' }, ['log-lines-have-time-and-body']],
    [
      'labels that are missing here and there',
      'labels',
      { nullable: true, values: ['{}', null] },
      ['log-columns-are-filled'],
    ],
    ['label types as a list', 'labelTypes', { values: ['[]', '{}'] }, ['log-labels-are-objects']],
    ['severities in capitals and numbers', 'severity', { values: ['EMERG', '7'] }, []],
    ['a number that is no severity', 'severity', { values: ['info', '8'] }, ['log-severities-are-known']],
    ['ids that are missing', 'id', { nullable: true, values: [null, null] }, []],
  ] satisfies readonly (readonly [string, string, Partial<Field>, readonly string[]])[])(
    'with %s',
    (_, name, change, expected) => {
      expect(changed(name, change)).toEqual(expected)
    },
  )
})

describe('bounds of heatmap rows', () => {
  test.each([
    ['1e3', []],
    ['-0.5', []],
    ['+Inf', []],
    ['', ['heatmap-rows-have-numeric-bounds']],
    ['>10', ['heatmap-rows-have-numeric-bounds']],
  ])('%j', (le, expected) => {
    const frame = typed('heatmap-rows', [time, column('r', 'float64', [1, 2], { le })], {
      meta: { type: 'heatmap-rows' },
    })
    expect(broken(frame)).toEqual(expected)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { editDistance, nearest } from './nearest.ts'

describe('nearest', () => {
  it('finds the command behind a swapped pair of letters', () => {
    expect(nearest('helath', ['run', 'health', 'query'])).toBe('health')
  })

  it('ignores letter case', () => {
    expect(nearest('DataSource', ['panel', 'datasource'])).toBe('datasource')
  })

  it('offers nothing when nothing is close', () => {
    expect(nearest('stream', ['run', 'health', 'query'])).toBeUndefined()
    expect(nearest('x', [])).toBeUndefined()
  })

  it('prefers the closest and, among equals, the first', () => {
    expect(nearest('metrix', ['matrices', 'metric', 'metrics'])).toBe('metric')
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat')
  })
})

describe('editDistance', () => {
  const words = fc.string({ maxLength: 12 })

  it('counts a swap of neighbours once', () => {
    expect(editDistance('ab', 'ba')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('kitten', 'sitting')).toBe(3)
  })

  it('is zero exactly for equal words, symmetric, and never above the longer length', () => {
    fc.assert(
      fc.property(words, words, (left, right) => {
        const distance = editDistance(left, right)
        expect(distance === 0).toBe(left === right)
        expect(distance).toBe(editDistance(right, left))
        expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length))
        expect(distance).toBeGreaterThanOrEqual(Math.abs(left.length - right.length))
      }),
    )
  })
})

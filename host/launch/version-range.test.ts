import { describe, expect, it } from 'vitest'

import { isVersionRange } from './version-range.ts'

describe('a range of versions', () => {
  it.each([
    '>=10.4.0',
    '10.x',
    '10.4.x',
    '^9.5.0 || ^10.0.0',
    '>=8.0.0 <11',
    '~10.2',
    '*',
    '10',
    'v10.0.0',
    '1.2.3 - 2.3.4',
    '>= 9.0.0',
    '>=12.3.0-0',
    '>=11.0.0-pre.1+build',
    '10.4.*',
  ])('is %s', (text) => {
    expect(isVersionRange(text)).toBe(true)
  })

  it.each(['ten', '>=', '10..4', '>=10.4.0.1', 'latest!', '10;4'])('is not %s', (text) => {
    expect(isVersionRange(text)).toBe(false)
  })
})

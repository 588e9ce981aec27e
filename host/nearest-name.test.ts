import { expect, it } from 'vitest'

import { nearestName } from './nearest-name.ts'

it('offers the name that a typing mistake came from', () => {
  expect(nearestName('lastest', ['10.4', '12.4', 'latest'])).toBe('latest')
  expect(nearestName('qurey', ['resource', 'query', 'health'])).toBe('query')
})

it('offers the first of equally near names, and nothing when nothing is known', () => {
  expect(nearestName('13', ['11', '12'])).toBe('11')
  expect(nearestName('x', [])).toBeUndefined()
})

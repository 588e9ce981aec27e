import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { ConformanceError } from '../conformance-error.ts'
import { parsePluginJson } from './read-plugin-json.ts'

const base = { id: 'a-b-datasource', type: 'datasource' }

function refusal(more: Readonly<Record<string, unknown>>): string | undefined {
  try {
    parsePluginJson(JSON.stringify({ ...base, ...more }), 'plugin.json')
    return undefined
  } catch (error) {
    return ConformanceError.from(error).message
  }
}

describe("a value of another type than Grafana's decoder wants", () => {
  test.each([
    [{ dependencies: [] }, '`dependencies` to be an object, found a list'],
    [{ dependencies: { plugins: {} } }, '`dependencies.plugins` to be a list, found an object'],
    [{ includes: {} }, '`includes` to be a list, found an object'],
    [
      { includes: [{ addToNav: 'true' }] },
      '`includes[0].addToNav` to be true or false, found the string "true"',
    ],
    [{ routes: [{ path: 'a' }, { headers: {} }] }, '`routes[1].headers` to be a list, found an object'],
    [{ routes: [{ tokenAuth: { params: { a: 1 } } }] }, '`routes[0].tokenAuth.params.a` to be a string'],
    [{ info: { keywords: 'a' } }, '`info.keywords` to be a list'],
    [{ queryOptions: { maxDataPoints: 1 } }, '`queryOptions.maxDataPoints` to be true or false'],
    [{ Category: 7 }, '`Category` to be a string, found the number 7'],
  ])('makes Grafana refuse %j', (more, message) => {
    expect(refusal(more)).toContain(message)
    expect(refusal(more)).toMatch(/\(plugin\.json:1:\d+\)/)
  })
})

describe('a plugin.json that Grafana loads', () => {
  test.each([
    [{ dependencies: null, includes: null, info: null }],
    [{ routes: [{ body: { a: [1] } }, null] }],
    [{ roles: 'anything that no old Grafana reads', languages: 7 }],
    [{ info: { build: { time: 1 } } }],
  ])('may hold %j', (more) => {
    expect(refusal(more)).toBeUndefined()
  })

  test('may hold anything at all under keys that Grafana does not know', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^x[a-z]{3,8}$/), fc.jsonValue(), (key, value) => {
        expect(refusal({ [key]: value })).toBeUndefined()
      }),
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  contentLengthFault,
  headerTextFault,
  headerValues,
  lacksContentType,
  statusFault,
  strippedHeaders,
} from './answer-faults.ts'
import type { AnswerHeaders } from './answer-faults.ts'

function headersOf(lists: Readonly<Record<string, readonly string[]>>): AnswerHeaders {
  const entries = Object.entries(lists).map(([name, values]) => [
    name,
    { $typeName: 'pluginv2.StringList' as const, values: [...values] },
  ])
  return Object.fromEntries(entries) as AnswerHeaders
}

const answer = { httpMethod: 'GET', code: 200, headers: headersOf({}), bodyBytes: 4 }

describe('a status', () => {
  test.each([200, 204, 404, 599, 600, 999])('of %d is final', (code) => {
    expect(statusFault(code)).toBeUndefined()
  })

  test.each([0, -1, 99, 100, 101, 199, 1000])('of %d is none', (code) => {
    expect(statusFault(code)).toContain(`code ${code}`)
  })
})

describe('a header', () => {
  test('may have any token as its name and any text on one line as its value', () => {
    const letters = "abcXYZ019!#$%&'*+-.^_`|~".split('')
    const name = fc.string({ unit: fc.constantFrom(...letters), minLength: 1 })
    const value = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n\0]/.test(text))
    fc.assert(
      fc.property(name, fc.array(value), (key, values) => {
        expect(headerTextFault(headersOf({ [key]: values }))).toBeUndefined()
      }),
    )
  })

  test.each(['', 'X Y', 'X:Y', 'Ü', 'X\n'])('can not have the name %j', (name) => {
    expect(headerTextFault(headersOf({ [name]: ['x'] }))).toContain(JSON.stringify(name))
  })

  test.each(['a\rb', 'a\nb', 'a\0b'])('can not have the value %j, be it its second', (value) => {
    expect(headerTextFault(headersOf({ 'X-Test': ['fine', value] }))).toBe(`X-Test: ${JSON.stringify(value)}`)
  })

  test('is found under any spelling, with the values of all spellings', () => {
    const headers = headersOf({ 'x-test': ['a'], 'X-Test': ['b', 'c'] })
    expect(headerValues(headers, 'X-TEST')).toEqual(['a', 'b', 'c'])
    expect(headerValues(headers, 'X-Other')).toBeUndefined()
  })

  test('that Grafana removes is found under any spelling', () => {
    const headers = headersOf({ 'set-cookie': ['a=1'], Connection: ['close'], 'Cache-Control': ['no-store'] })
    expect(strippedHeaders(headers)).toEqual(['set-cookie', 'Connection'])
  })
})

describe('a body without Content-Type', () => {
  test('is found with success and redirects', () => {
    expect([200, 201, 307, 399].map((code) => lacksContentType({ ...answer, code }))).toEqual(
      Array.from({ length: 4 }, () => true),
    )
  })

  test('is not judged with 204 and 304, which have no body at all', () => {
    expect(lacksContentType({ ...answer, code: 204 })).toBe(false)
    expect(lacksContentType({ ...answer, code: 304 })).toBe(false)
  })

  test('is allowed with errors, when it is empty, and when the header has no values', () => {
    expect(lacksContentType({ ...answer, code: 404 })).toBe(false)
    expect(lacksContentType({ ...answer, bodyBytes: 0 })).toBe(false)
    expect(lacksContentType({ ...answer, headers: headersOf({ 'content-type': [] }) })).toBe(false)
  })
})

function stated(...values: readonly string[]): AnswerHeaders {
  return headersOf({ 'Content-Length': values })
}

describe('a Content-Length', () => {
  test('has to be the length of the body', () => {
    expect(contentLengthFault({ ...answer, headers: stated('4') })).toBeUndefined()
    expect(contentLengthFault({ ...answer, headers: stated('5') })).toBe('Content-Length 5 with 4 bytes')
    expect(contentLengthFault({ ...answer, headers: stated('4', '3') })).toBe('Content-Length 3 with 4 bytes')
    expect(contentLengthFault({ ...answer, headers: stated('four') })).toContain('four')
  })

  test('may be left out', () => {
    expect(contentLengthFault(answer)).toBeUndefined()
  })

  test('is that of another answer after HEAD and with 204 and 304', () => {
    const bodyless = { ...answer, headers: stated('99'), bodyBytes: 0 }
    expect(contentLengthFault({ ...bodyless, httpMethod: 'HEAD' })).toBeUndefined()
    expect(contentLengthFault({ ...bodyless, code: 204 })).toBeUndefined()
    expect(contentLengthFault({ ...bodyless, code: 304 })).toBeUndefined()
    expect(contentLengthFault(bodyless)).toBe('Content-Length 99 with 0 bytes')
  })
})

import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parse as parseYaml } from 'yaml'
import { describe, expect, test } from 'vitest'

import { hostileReport, hostileStart, HUGE } from './hostile-report.ts'
import { writerKinds, writers } from './writers.ts'

const reports = { 'every-verdict': hostileReport, 'no-start': hostileStart }

describe.each(Object.entries(reports))('the report %s', (name, report) => {
  test.each(writerKinds.filter((kind) => kind !== 'json'))('is written as %s as before', async (kind) => {
    // A file cannot hold half a surrogate pair: it is compared with what would be read again.
    const written = Buffer.from(writers[kind](report)).toString('utf8')
    await expect(written).toMatchFileSnapshot(`../../fixtures/reports/${name}.${kind}.txt`)
  })

  test('loses nothing as JSON', () => {
    expect(JSON.parse(writers.json(report))).toEqual(JSON.parse(JSON.stringify(report)))
  })

  test('is well-formed XML with the right sums as JUnit', () => {
    const xml = writers.junit(report)
    expect(XMLValidator.validate(xml)).toBe(true)
    // eslint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/)
    const options = {
      ignoreAttributes: false,
      isArray: (tag: string) => ['testsuite', 'testcase'].includes(tag),
    }
    const root = (new XMLParser(options).parse(xml) as { testsuites: JunitSuites }).testsuites
    const cases = root.testsuite.flatMap((suite) => suite.testcase)
    expect(Number(root['@_tests'])).toBe(cases.length)
    expect(Number(root['@_failures'])).toBe(cases.filter((one) => one.failure !== undefined).length)
    expect(Number(root['@_errors'])).toBe(cases.filter((one) => one.error !== undefined).length)
    expect(Number(root['@_skipped'])).toBe(cases.filter((one) => one.skipped !== undefined).length)
  })

  test('has one line for each annotation for GitHub', () => {
    for (const line of writers.github(report).trimEnd().split('\n'))
      expect(line).toMatch(/^::(error|warning|notice) title=[^:,\r]+::[^\r]+$/)
  })

  test('has a plan, numbered points and YAML that can be read as TAP', () => {
    const [version, plan, ...rest] = writers.tap(report).trimEnd().split('\n')
    expect(version).toBe('TAP version 14')
    const points = rest.filter((line) => !line.startsWith('  '))
    expect(plan).toBe(`1..${points.length}`)
    for (const [index, point] of points.entries())
      expect(point).toMatch(new RegExp(`^(not )?ok ${index + 1} - `))
    for (const line of rest.filter((one) => one.startsWith('  message:')))
      expect(parseYaml(line)).toEqual({ message: expect.stringMatching(/./) })
  })

  test('keeps to the rules of SARIF 2.1.0', () => {
    const { version, runs } = JSON.parse(writers.sarif(report)) as Sarif
    expect(version).toBe('2.1.0')
    const [run] = runs
    const ids = run?.tool.driver.rules.map((rule) => rule.id) ?? []
    expect(new Set(ids).size).toBe(ids.length)
    expect(run?.results.length).toBeGreaterThan(0)
    for (const result of run?.results ?? []) {
      expect(ids[result.ruleIndex]).toBe(result.ruleId)
      expect(['error', 'warning', 'note']).toContain(result.level)
      expect(result.message.text.length).toBeLessThan(60_000)
    }
  })

  test('lets no text of the plugin become Markdown or HTML', () => {
    const outside = writers.markdown(report).replaceAll(/^(`{3,})\n[^]*?\n\1$/gm, '')
    expect(outside).not.toMatch(/[<>]/)
    for (const line of outside.split('\n').filter((one) => one.startsWith('| ')))
      expect(line.split('|').length).toBe(7)
  })

  test.each(writerKinds.filter((kind) => kind !== 'json'))(
    'stays small as %s in spite of a megabyte',
    (kind) => {
      expect(writers[kind](report).length).toBeLessThan(HUGE.length / 5)
    },
  )
})

interface JunitSuites {
  readonly '@_tests': string
  readonly '@_failures': string
  readonly '@_errors': string
  readonly '@_skipped': string
  readonly testsuite: ReadonlyArray<{
    readonly testcase: ReadonlyArray<Readonly<Record<'failure' | 'error' | 'skipped', unknown>>>
  }>
}

interface Sarif {
  readonly version: string
  readonly runs: ReadonlyArray<{
    readonly tool: { readonly driver: { readonly rules: ReadonlyArray<{ readonly id: string }> } }
    readonly results: ReadonlyArray<{
      readonly ruleId: string
      readonly ruleIndex: number
      readonly level: string
      readonly message: { readonly text: string }
    }>
  }>
}

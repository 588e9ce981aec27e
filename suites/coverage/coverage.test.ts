import { readFile } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { catalogue } from '../catalogue.ts'
import { beyondReach } from './beyond-reach.ts'
import { coveragePage } from './coverage-page.ts'
import { cover, isOpen } from './coverage.ts'
import { projectCoverage } from './project-coverage.ts'
import { readSpecRules } from './spec-rule.ts'
import { idsInTitles } from './test-titles.ts'

/** Documents of which every rule is covered. */
const COMPLETE: readonly string[] = ['lifecycle.md', 'frames.md']

describe('the coverage of the protocol', () => {
  test.each(COMPLETE)('no rule of %s is open', async (document) => {
    const open = (await projectCoverage('.')).filter((row) => row.spec.document === document && isOpen(row))
    expect(open.map(({ spec }) => `${spec.id} (${spec.level}) ${spec.title}`)).toEqual([])
  })

  test('every spec id that a rule cites stands in a document', async () => {
    const known = new Set((await projectCoverage('.')).map(({ spec }) => spec.id))
    const cited = catalogue.rules.flatMap((rule) =>
      rule.sources.flatMap((source) => ('spec' in source ? [source.spec] : [])),
    )
    expect(cited.filter((id) => !known.has(id))).toEqual([])
  })

  test('no reason is given for a rule of the protocol that is covered, or that does not exist', async () => {
    const rows = (await projectCoverage('.')).filter(
      ({ reason, rules, tests }) => reason !== undefined && rules.length === 0 && tests.length === 0,
    )
    expect(rows.map(({ spec }) => spec.id).sort()).toEqual(Object.keys(beyondReach).sort())
  })

  test('docs/coverage.md is what the project covers (`npm run docs` writes it)', async () => {
    expect(await readFile('docs/coverage.md', 'utf8')).toBe(coveragePage(await projectCoverage('.')))
  })
})

describe('what counts as covered', () => {
  const [rule] = readSpecRules('x.md', '**LIFE-900 · MUST (if asked)** · The plugin answers. Always.')
  const [hostRule] = readSpecRules('x.md', '#### RES-900 (HOST) Paths')

  test('both forms of rules are read, with the first sentence as their title', () => {
    expect([rule, hostRule]).toEqual([
      { id: 'LIFE-900', level: 'must', document: 'x.md', title: 'The plugin answers.' },
      { id: 'RES-900', level: 'host', document: 'x.md', title: 'Paths' },
    ])
  })

  test('a test does for a host, but not for a plugin', () => {
    const spec = [rule, hostRule].filter((one) => one !== undefined)
    const tests = new Map([['a.test.ts', ['LIFE-900', 'RES-900']]])
    const rows = cover(spec, { rules: [], oddballs: [], tests, beyondReach: {} })
    expect(rows.map((row) => isOpen(row))).toEqual([true, false])
  })

  test('only titles of tests prove something', () => {
    const file = [
      '// LIFE-901',
      "describe('stops (LIFE-902)', () => {",
      "  test.each([['LIFE-903', fn(1)]])('%s ends as `it` should (LIFE-904, LIFE-905)', () => {",
      '    expect(x).toBe("LIFE-906")',
      "  it('begins (LIFE-907)', () => {",
      "  submit('LIFE-908')",
    ].join('\n')
    expect(idsInTitles(file)).toEqual(['LIFE-902', 'LIFE-904', 'LIFE-905', 'LIFE-907'])
  })
})

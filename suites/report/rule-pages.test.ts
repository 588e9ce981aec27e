import { readFile, readdir } from 'node:fs/promises'

import { expect, test } from 'vitest'

import { rulePages } from './rule-pages.ts'

test('the pages in docs/rules are those of the catalogue (`npm run docs` writes them)', async () => {
  const names = await readdir('docs/rules')
  const written = await Promise.all(
    names.map(async (name) => [name, await readFile(`docs/rules/${name}`, 'utf8')] as const),
  )
  expect(Object.fromEntries(written)).toEqual(rulePages())
})

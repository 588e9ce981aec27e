import { readFile } from 'node:fs/promises'

import { expect, test } from 'vitest'

import { diagnosisPage } from './diagnosis-page.ts'

test('docs/diagnosis.md is that of the bad starts (`npm run docs` writes it)', async () => {
  expect(await readFile('docs/diagnosis.md', 'utf8')).toBe(diagnosisPage())
})

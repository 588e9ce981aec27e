// Writes docs/rules/<area>.md and docs/coverage.md from the built catalogue, and docs/diagnosis.md from the bad starts: `npm run docs`. A test fails when that would change anything.
import { mkdirSync, writeFileSync } from 'node:fs'

const { rulePages } = await import('../dist/suites/report/rule-pages.js')
const { coveragePage } = await import('../dist/suites/coverage/coverage-page.js')
const { projectCoverage } = await import('../dist/suites/coverage/project-coverage.js')

mkdirSync('docs/rules', { recursive: true })
for (const [name, text] of Object.entries(rulePages())) writeFileSync(`docs/rules/${name}`, text)
writeFileSync('docs/coverage.md', coveragePage(await projectCoverage('.')))

const { diagnosisPage } = await import('../dist/suites/report/diagnosis-page.js')
writeFileSync('docs/diagnosis.md', diagnosisPage())

// Writes docs/rules/<area>.md and docs/coverage.md from the built catalogue, docs/diagnosis.md from the bad starts, and the figures of
// docs/fidelity.md from the recordings: `npm run docs`. A test fails when that would change anything.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const { rulePages } = await import('../dist/suites/report/rule-pages.js')
const { coveragePage } = await import('../dist/suites/coverage/coverage-page.js')
const { projectFidelity } = await import('../dist/host/api/fidelity/project-fidelity.js')
const { withFidelitySection } = await import('../dist/host/api/fidelity/fidelity-section.js')
const { projectCoverage } = await import('../dist/suites/coverage/project-coverage.js')

mkdirSync('docs/rules', { recursive: true })
for (const [name, text] of Object.entries(rulePages())) writeFileSync(`docs/rules/${name}`, text)
writeFileSync('docs/coverage.md', coveragePage(await projectCoverage('.')))

const { diagnosisPage } = await import('../dist/suites/report/diagnosis-page.js')
writeFileSync('docs/diagnosis.md', diagnosisPage())
const fidelity = readFileSync('docs/fidelity.md', 'utf8')
writeFileSync('docs/fidelity.md', withFidelitySection(fidelity, await projectFidelity('.')))

// What tsc does not do: generated protocol code goes beside the output, and the reference plugin becomes a folder that
// Grafana can run.
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

cpSync('proto/gen', 'dist/proto/gen', { recursive: true })
chmodSync('dist/cli/main.js', 0o755)

const folder = 'dist/reference-plugin'
mkdirSync(folder, { recursive: true })
cpSync('reference-plugin/plugin.json', `${folder}/plugin.json`)
cpSync('reference-plugin/img', `${folder}/img`, { recursive: true })
const template = readFileSync('reference-plugin/launcher.sh', 'utf8')
const { executable } = JSON.parse(readFileSync('reference-plugin/plugin.json', 'utf8'))
for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64']) {
  const file = `${folder}/${executable}_${platform}`
  const text = template.replaceAll('@NODE@', process.execPath)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
  chmodSync(file, 0o755)
}

// `list` and `explain` read the catalogue as data: loading all cases would take longer than answering.
const { catalogue } = await import('../dist/suites/catalogue.js')
const { mutants, oddballs } = await import('../dist/suites/variations.js')
const rules = catalogue.rules.map((rule) => ({
  ...rule,
  cases: [...catalogue.cases, ...catalogue.observers]
    .filter((one) => one.judges.some((judged) => judged.id === rule.id))
    .map(({ id, title }) => ({ id, title })),
  mutants: mutants
    .filter((mutant) => mutant.breaks.some((broken) => broken.id === rule.id))
    .map(({ id }) => id),
}))
const listed = { rules, oddballs: oddballs.map(({ id, because }) => ({ id, because })) }
writeFileSync('dist/catalogue.json', `${JSON.stringify(listed, undefined, 1)}\n`)

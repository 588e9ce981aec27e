// `npm run demo` judges the reference plugin; `npm run demo -- <mutant> …` judges plugins with that one misdeed each.
import { spawnSync } from 'node:child_process'

const ids = process.argv.slice(2)
const cli = 'dist/cli/main.js'

function judge(folder) {
  return spawnSync(process.execPath, [cli, folder], { stdio: 'inherit' }).status ?? 4
}

if (ids.length === 0) process.exitCode = judge('dist/reference-plugin')
else {
  const { mutants, oddballs } = await import('../dist/suites/variations.js')
  const { variationFolder } = await import('../dist/suites/variation-folder.js')
  for (const id of ids) {
    const variation = [...mutants, ...oddballs].find((one) => one.id === id)
    if (variation === undefined) {
      console.error(`There is no mutant or oddball "${id}". See: node ${cli} list --json`)
      process.exitCode = 2
      continue
    }
    const declared =
      'breaks' in variation
        ? `breaks ${variation.breaks.map((rule) => rule.id).join(', ')}`
        : 'breaks nothing'
    console.log(`── ${id}: ${declared}`)
    const folder = await variationFolder(variation)
    try {
      process.exitCode = Math.max(Number(process.exitCode ?? 0), judge(folder.path))
    } finally {
      await folder[Symbol.asyncDispose]()
    }
  }
}

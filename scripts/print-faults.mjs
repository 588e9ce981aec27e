// `npm run faults` provokes every bad start that the doctor is known to explain, and prints what came of it as a table.
import { badStarts } from '../dist/suites/doctor/bad-starts/all.js'
import { provoke } from '../dist/suites/doctor/bad-starts/provoke.js'

const widths = [
  Math.max(...badStarts.map(({ id }) => id.length)),
  Math.max(...badStarts.map(({ diagnosed }) => diagnosed.length)),
]
let wrong = 0
console.log(`${'A plugin that …'.padEnd(widths[0])}  ${'diagnosis'.padEnd(widths[1])}  exit      ms`)
for (const bad of badStarts) {
  const began = performance.now()
  const { diagnosed, exitCode, text } = await provoke(bad)
  const ms = String(Math.round(performance.now() - began))
  const missing = bad.says.filter((phrase) => !text.includes(phrase))
  const isWrong = diagnosed !== bad.diagnosed || missing.length > 0
  if (isWrong) wrong++
  const mark = isWrong ? `  ✗ expected ${[bad.diagnosed, ...missing].join(', ')}` : ''
  console.log(
    `${bad.id.padEnd(widths[0])}  ${diagnosed.padEnd(widths[1])}  ${String(exitCode).padStart(4)}  ${ms.padStart(6)}${mark}`,
  )
}
console.log(`${badStarts.length} bad starts, ${wrong} explained wrongly`)
process.exitCode = wrong === 0 ? 0 : 1

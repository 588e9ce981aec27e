import { main } from '../reference-plugin/main.ts'
import { reference } from '../reference-plugin/reference.ts'
import { mutants, oddballs } from './variations.ts'

/** Runs one mutant or oddball as a process of its own: `node mutant-main.js <id>`. */
const [, , id = ''] = process.argv
const mutant = mutants.find((one) => one.id === id)
const oddball = oddballs.find((one) => one.id === id)
if (mutant !== undefined && 'mutate' in mutant) main(mutant.mutate(reference))
else if (oddball !== undefined) main(oddball.vary(reference))
else {
  process.stderr.write(`There is no mutant or oddball "${id}" that runs as a process.\n`)
  process.exitCode = 2
}

import { processWorld } from '../reference-plugin/process-world.ts'
import { reference } from '../reference-plugin/reference.ts'
import { serve } from '../reference-plugin/serve.ts'
import { mutants, oddballs } from './variations.ts'

/** Runs one mutant or oddball as a process of its own: `node mutant-main.js <id>`. */
const [, , id = ''] = process.argv
const mutant = mutants.find((one) => one.id === id)
const oddball = oddballs.find((one) => one.id === id)
if (mutant !== undefined && 'mutate' in mutant) await serve(mutant.mutate(reference), processWorld()).started
else if (oddball !== undefined) await serve(oddball.vary(reference), processWorld()).started
else {
  process.stderr.write(`There is no mutant or oddball "${id}" that runs as a process.\n`)
  process.exitCode = 2
}

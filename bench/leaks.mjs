// Judges the reference plugin again and again and looks at what the process holds: npm run bench -- leaks [--runs 200] [--every 10].
import process from 'node:process'
import { parseArgs } from 'node:util'

import { leaks } from '../dist/bench/leaks.js'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, every: { type: 'string', default: '10' } },
})
if (!(await leaks({ runs: Number(values.runs), every: Number(values.every) }))) process.exitCode = 1

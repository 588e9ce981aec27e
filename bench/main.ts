import { parseArgs } from 'node:util'

import { leaks } from './leaks.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '200' }, every: { type: 'string', default: '10' } },
})

const benches: Readonly<Record<string, (options: { runs: number; every: number }) => Promise<boolean>>> = {
  leaks,
}

const [name = ''] = positionals
const bench = benches[name]
if (bench === undefined) {
  console.error(`Expected one of ${Object.keys(benches).join(', ')}, found "${name}". See bench/README.md.`)
  process.exitCode = 2
} else if (!(await bench({ runs: Number(values.runs), every: Number(values.every) }))) process.exitCode = 1

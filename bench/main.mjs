// Runs a benchmark by its name: npm run bench -- <name>. Each is a module of this folder that measures when it is imported.
import { readdirSync } from 'node:fs'
import process from 'node:process'

const [name, ...rest] = process.argv.slice(2)
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.mjs') && file !== 'main.mjs')
  .map((file) => file.slice(0, -'.mjs'.length))

if (name !== undefined && names.includes(name)) {
  process.argv.splice(2, process.argv.length, ...rest)
  await import(`./${name}.mjs`)
} else {
  console.error(`Expected the name of a benchmark, one of ${names.join(', ')}; found ${name ?? 'none'}.`)
  process.exitCode = 2
}

import { reference } from './reference.ts'
import { runAsProcess } from './run-as-process.ts'

await runAsProcess(reference)

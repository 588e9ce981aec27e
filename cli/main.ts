#!/usr/bin/env node
import { CommanderError } from 'commander'

import { ConformanceError } from '../host/conformance-error.ts'
import { parseCommandLine } from './program.ts'

/** Exit codes of errors; design.md section 3. */
const exitCodes: Readonly<Record<ConformanceError['code'], number>> = {
  usage: 2,
  'subject-not-found': 2,
  'subject-ambiguous': 2,
  'plugin-json-invalid': 2,
  'plugin-without-backend': 2,
  'configuration-invalid': 2,
  'plugin-start-failed': 3,
  'nothing-judged': 3,
  interrupted: 130,
  'harness-fault': 4,
}

process.exitCode = await main(process.argv.slice(2))

/** Runs one command line to its end; the only place that turns errors into text and exit codes. */
async function main(argv: readonly string[]): Promise<number> {
  const interrupt = new AbortController()
  const onSignal = (): void => {
    // A second Ctrl-C does not wait: the exit handlers of running plugins end them.
    if (interrupt.signal.aborted) process.exit(130)
    interrupt.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  try {
    const action = parseCommandLine(argv)
    return await action(interrupt.signal)
  } catch (error) {
    if (error instanceof CommanderError) return explainUsage(error)
    if (interrupt.signal.aborted) return 130
    return explain(ConformanceError.from(error))
  } finally {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/** Help and version are no errors; the rest is a mistake in the command line. */
function explainUsage(error: CommanderError): number {
  if (error.exitCode === 0) return 0
  return explain(
    new ConformanceError(
      'usage',
      error.message.replace(/^error: /, '').replace(/^./, (letter) => letter.toUpperCase()),
      { hint: 'See grafana-plugin-conformance --help.' },
    ),
  )
}

function explain(error: ConformanceError): number {
  process.stderr.write(`${error.message}\n`)
  if (error.hint !== undefined) process.stderr.write(`${error.hint}\n`)
  if (error.code === 'harness-fault') {
    const cause = error.cause instanceof Error ? error.cause : error
    process.stderr.write(
      `This is our fault, not the plugin's. Please report it with these lines:\n${cause.stack ?? cause.message}\n`,
    )
  }
  return exitCodes[error.code]
}

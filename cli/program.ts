import { Command, CommanderError } from 'commander'

import { ConformanceError } from '../host/conformance-error.ts'
import { nearest } from '../host/nearest.ts'
import { addDoctorFlags } from './doctor-flags.ts'
import type { DoctorFlags } from './doctor-flags.ts'
import type { KnownFlags } from './known-command.ts'
import { addRunFlags, list } from './run-flags.ts'
import type { RunFlags } from './run-flags.ts'
import { processTerminal } from './streams.ts'
import { TOOL } from '../suites/tool.ts'

/** What a command line asks for, once it has been understood. */
export type Action = (signal: AbortSignal) => Promise<number> | number

/** Understands a command line; commands load their code only when they run, so that `--help` stays quick. */
export function parseCommandLine(argv: readonly string[]): Action {
  const split = argv.indexOf('--')
  const own = split === -1 ? argv : argv.slice(0, split)
  const args = split === -1 ? [] : argv.slice(split + 1)
  let action: Action = () => 0

  const program = new Command(TOOL.name)
    .description(
      'Runs a Grafana backend plugin as Grafana would and judges its answers against sourced rules.',
    )
    .version(TOOL.version)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showSuggestionAfterError()
    .enablePositionalOptions()

  const run = program.command('run', { isDefault: true })
  program.addHelpText('after', () => optionsOf(run))
  program.addHelpText('after', helpAfter)
  addRunFlags(run.description('judge a plugin (this is the default command)'))
    .usage('[plugin] [options] [-- arguments for the plugin]')
    .argument('[plugin]', 'folder with plugin.json, plugin.json, or executable')
    .action((path: string | undefined, flags: RunFlags) => {
      action = async (signal) => {
        const { runCommand } = await import('./run-command.ts')
        return runCommand({ path, flags, args, terminal: processTerminal(flags), signal })
      }
    })
  addDoctorFlags(
    program
      .command('doctor')
      .description('say why a plugin does not come up, or what is wrong at first sight'),
  )
    .usage('[plugin] [options] [-- arguments for the plugin]')
    .argument('[plugin]', 'folder with plugin.json, plugin.json, or executable')
    .action((path: string | undefined, flags: DoctorFlags) => {
      action = async (signal) => {
        const { doctorCommand } = await import('./doctor-command.ts')
        return doctorCommand({ path, flags, args, terminal: processTerminal(flags), signal })
      }
    })
  program
    .command('list')
    .description('list the rules')
    .option('--json', 'the whole catalogue with cases, mutants and oddballs')
    .option('--area <area>', 'only this area')
    .option('--no-color', 'plain text')
    .action((flags: { readonly json?: true; readonly area?: string; readonly color: boolean }) => {
      action = async () => {
        const { listCommand } = await import('./list-command.ts')
        return listCommand(flags, processTerminal(flags))
      }
    })
  program
    .command('explain')
    .description('explain one rule: what it says, why, where it comes from')
    .argument('<rule>', 'id such as query/every-refid-answered')
    .option('--no-color', 'plain text')
    .action((rule: string, flags: { readonly color: boolean }) => {
      action = async () => {
        const { explainCommand } = await import('./explain-command.ts')
        return explainCommand(rule, processTerminal(flags))
      }
    })
  program
    .command('known')
    .description('bring conformance.known.yaml, the broken rules that you live with, up to date')
    .argument('[plugin]', 'folder with plugin.json, plugin.json, or executable')
    .option('--write', 'add an entry for every rule that is broken')
    .option('--prune', 'remove the entries of rules that are upheld now')
    .option('--only <globs>', 'judge only these rules or cases', list, [])
    .option('--known <file>', 'the file, if not the one that is found or conformance.known.yaml here')
    .option('--no-color', 'plain text')
    .action((path: string | undefined, flags: KnownFlags) => {
      action = async (signal) => {
        const { knownCommand } = await import('./known-command.ts')
        return knownCommand(path, flags, processTerminal(flags), signal)
      }
    })
  program
    .command('report')
    .description('print a report that was written before, in another form')
    .argument('<file>', 'what --report json=<path> or --report ndjson=<path> wrote')
    .requiredOption('--to <kind>', 'json, text, junit, sarif, tap, github or markdown')
    .action((file: string, flags: { readonly to: string }) => {
      action = async () => {
        const { reportCommand } = await import('./report-command.ts')
        return reportCommand(file, flags, processTerminal({ color: false }))
      }
    })
  try {
    program.parse([...own], { from: 'user' })
  } catch (error) {
    throw misspeltCommand(error, own, program) ?? error
  }
  return action
}

/** A misspelt command looks like the path of a plugin, followed by one argument too many. */
function misspeltCommand(
  error: unknown,
  argv: readonly string[],
  program: Command,
): ConformanceError | undefined {
  if (!(error instanceof CommanderError) || error.code !== 'commander.excessArguments') return undefined
  const [first = ''] = argv
  const names = program.commands.map((command) => command.name())
  const meant = names.includes(first) ? undefined : nearest(first, names)
  if (meant === undefined) return undefined
  return new ConformanceError('usage', `There is no command "${first}".`, { hint: `Did you mean ${meant}?` })
}

/** The flags of the default command, which `--help` would not show otherwise. */
function optionsOf(command: Command): string {
  const help = command.createHelp()
  const width = help.longestOptionTermLength(command, help)
  const lines = help
    .visibleOptions(command)
    .filter((option) => option.long !== '--help')
    .map((option) => help.formatItem(help.optionTerm(option), width, help.optionDescription(option), help))
  return `\nOptions of run:\n${lines.join('\n')}`
}

const helpAfter = `
Examples:
  $ grafana-plugin-conformance ./my-plugin             judge the plugin whose plugin.json is in ./my-plugin
  $ grafana-plugin-conformance ./dist --only 'query/*' --trace
  $ grafana-plugin-conformance doctor ./my-plugin      why does it not come up?
  $ grafana-plugin-conformance --attach 127.0.0.1:50051
  $ grafana-plugin-conformance explain query/every-refid-answered

Exit codes: 0 conformant, 1 not conformant, 2 usage or configuration, 3 the plugin never came up or nothing was judged,
4 our fault, 130 interrupted.`

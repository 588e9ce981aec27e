import type { StartFault } from '../../launch/start-fault.ts'
import type { Cause } from '../diagnosis.ts'
import { causeInWords } from './words-of-death.ts'

/** The cause when the process ended, or closed stdout, before it printed a handshake. */
export function causeOfDeath(fault: StartFault): Cause {
  const named = causeInWords(fault.stderr)
  if (named !== undefined) return named
  const { exit, stderr } = fault
  if (exit === undefined) return closesStdout
  if (exit.signal !== null) return causeOfSignal(exit.signal)
  if (exit.code === 127)
    return { ...commandMissing, fix: 'Name the interpreter or the program by its absolute path.' }
  if (stderr.length > 0)
    return { kind: 'gives-up', cause: 'The program gave up by itself and said why: see the lines of stderr.' }
  return exit.code === 0 ? doneAlready : silent
}

const commandMissing: Cause = {
  kind: 'runtime-missing',
  cause: 'Exit status 127 means that a shell did not find the program it was to run.',
}

const doneAlready: Cause = {
  kind: 'ends-silently',
  cause:
    'The program ran to its end without serving: the call that serves is missing or does not wait, it went to the background, or it took the end of its standard input for the end of the host.',
  fix: 'Keep the started process itself serving until it is told to shut down; ignore stdin; in a script put exec in front of the real program.',
}

const silent: Cause = {
  kind: 'ends-silently',
  cause: 'The program gave up without a word, so that nobody, Grafana least of all, can tell why.',
  fix: 'Run the executable by hand with grafana_plugin_type=datasource, and let it say on stderr why it ends.',
}

const closesStdout: Cause = {
  kind: 'closes-stdout',
  cause:
    'The program closed its standard output while it lives on: a daemon that detaches, or a logger that took it over.',
  fix: 'Leave stdout open, print the handshake there, and do not daemonize: the process that Grafana starts is the plugin.',
}

function causeOfSignal(signal: string): Cause {
  if (signal === 'SIGKILL')
    return {
      kind: 'killed',
      cause:
        'Somebody killed it: mostly the system for want of memory (look for "Out of memory" in dmesg), a limit of the container, or on macOS a missing code signature.',
      fix: 'Raise the memory limit, or need less; on macOS sign the program (codesign -s -).',
    }
  if (signal === 'SIGILL')
    return {
      kind: 'crash',
      cause:
        'The program uses instructions that this processor lacks: it was built for a newer one (-march=native, GOAMD64=v3).',
      fix: 'Build for the baseline of the architecture.',
    }
  if (signal === 'SIGSYS')
    return {
      kind: 'killed',
      cause: 'A sandbox ended it for a forbidden system call (seccomp).',
      fix: 'Allow the call in the profile of the container or the unit.',
    }
  return {
    kind: 'crash',
    cause: 'The program crashed in native code, before any handler could say a word.',
    fix: 'Look at the core dump (coredumpctl), or run the executable by hand with grafana_plugin_type=datasource.',
  }
}

import { formatAddress } from '../handshake/handshake.ts'
import type { Address, Handshake } from '../handshake/handshake.ts'
import type { HandshakeRefusal } from '../handshake/parse-handshake.ts'
import { anyVoice, startLogLine } from '../logs/start-log-line.ts'
import type { LogVoice } from '../logs/start-log-line.ts'
import { describeExit } from '../rpc/call-result.ts'
import type { CertifiedKey } from '../tls/certified-key.ts'
import { dialLog, prefaceLog, refusalLog, unreadableLog } from './fault-log.ts'
import type { Exit } from './plugin-process.ts'
import type { StartFault } from './start-fault.ts'
import type { StartWitness } from './start-witness.ts'
import { tlsFault } from './tls-fault.ts'
import type { TlsFinding } from './tls-fault.ts'

/** What is known when a start has failed, whatever the reason. */
export interface FaultCircumstances {
  readonly command: string
  readonly ms: number
  readonly stderr: readonly string[]
  readonly firstLine: string | undefined
  readonly laterHandshake: { readonly line: string; readonly number: number } | undefined
  readonly exit: Exit | undefined
  readonly witness?: StartWitness
  /** Which server logs about which plugin. Default the newest, about a plugin without name. */
  readonly voice?: LogVoice
  /** What go-plugin adds to its sentence about an unreadable line (LIFE-066). */
  readonly notes?: string
}

/** What go-plugin says of a stdout that ended, or overflowed, without a line (LIFE-065 `garbage-empty`). */
const NO_LINES = "Unrecognized remote plugin message: \nFailed to read any lines from plugin's stdout"

/** The operating system could not run the file (LIFE-003). */
export function execFault(error: NodeJS.ErrnoException, circumstances: FaultCircumstances): StartFault {
  const reasons: Readonly<Record<string, readonly [what: string, fix: string, go: string]>> = {
    ENOENT: [
      'The system found no file to run, or the interpreter that the file names is missing.',
      'Build the executable under the expected name; for a script check its first line, for an ELF binary its interpreter (a glibc binary does not start on Alpine).',
      'no such file or directory',
    ],
    EACCES: [
      'The file may not be executed.',
      `Run chmod 0755 ${circumstances.command}.`,
      'permission denied',
    ],
    ENOEXEC: [
      'The system does not know how to run this file: another architecture, or a script without a first line such as #!/bin/sh.',
      'Build for the platform that the file name promises, or add a first line that names the interpreter.',
      'exec format error',
    ],
  }
  const code = error.code ?? 'unknown'
  const [what, fix, go] = reasons[code] ?? [
    'The system refused to run the file.',
    'Look up the error code.',
    error.message,
  ]
  return fault('exec', circumstances, {
    what,
    expected: 'a file that this machine can execute',
    found: `${code} (${circumstances.command})`,
    fix,
    grafanaLog: startLogLine(`fork/exec ${circumstances.command}: ${go}`, circumstances.voice ?? anyVoice),
  })
}

/** The process ended, or closed stdout, before it printed a line (`garbage-empty`). */
export function silentExitFault(circumstances: FaultCircumstances): StartFault {
  const { exit } = circumstances
  const end = exit === undefined ? 'closed stdout' : `exited (${describeExit(exit)})`
  return fault(exit === undefined ? 'garbage' : 'exited', circumstances, {
    what: `The plugin ${end} after ${circumstances.ms} ms without printing a handshake.`,
    expected: 'a line such as 1|2|tcp|127.0.0.1:43117|grpc on stdout',
    found: 'nothing on stdout',
    fix:
      circumstances.stderr.length > 0
        ? 'The reason is most likely in the last lines of stderr.'
        : 'Run the executable by hand with grafana_plugin_type=datasource set and see why it ends.',
    grafanaLog: unreadableLog(NO_LINES, circumstances),
  })
}

/** The first line does not fit go-plugin's buffer, which counts as no line at all (LIFE-052, LIFE-065). */
export function longLineFault(circumstances: FaultCircumstances): StartFault {
  return fault('too-long', circumstances, {
    what: 'The first line of stdout is longer than the 65536 bytes that the host reads.',
    expected: 'a handshake line of less than 65536 bytes',
    found: 'a first line of 65536 bytes or more',
    fix: 'Print the handshake as the first line of stdout and send everything else to stderr.',
    grafanaLog: unreadableLog(NO_LINES, circumstances),
  })
}

/** No line within 60 s (LIFE-061). */
export function timeoutFault(
  budgetMs: number,
  partial: string | undefined,
  circumstances: FaultCircumstances,
): StartFault {
  return fault('timeout', circumstances, {
    what: `The plugin printed no complete line on stdout within ${budgetMs} ms.`,
    expected: 'the handshake line, ended by a line feed and flushed',
    found: partial === undefined ? 'nothing on stdout' : `${JSON.stringify(partial)} without a line feed`,
    ...(partial === undefined ? {} : { partialLine: partial }),
    fix:
      partial === undefined
        ? 'Print and flush the handshake as soon as the plugin listens; stdout is block-buffered when it is a pipe.'
        : 'End the handshake with a line feed and flush stdout.',
    grafanaLog: startLogLine('timeout while waiting for plugin to start', circumstances.voice ?? anyVoice),
  })
}

/** go-plugin would refuse the line. */
export function handshakeFault(refusal: HandshakeRefusal, circumstances: FaultCircumstances): StartFault {
  const where =
    refusal.field === undefined
      ? `The first line of stdout is not a handshake: ${refusal.found}.`
      : `Field ${refusal.field} of the handshake is wrong: expected ${refusal.expected}, found ${refusal.found || 'nothing'}.`
  return fault(refusal.class, circumstances, {
    what: where,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    expected: refusal.expected,
    found: refusal.found,
    fix: refusal.fix,
    grafanaLog: refusalLog(refusal, circumstances),
    blast: refusal.blast,
  })
}

/** The address refuses connections, or accepts them and stays silent (LIFE-046, LIFE-072). */
export function addressFault(
  kind: 'unreachable' | 'silent',
  address: Address,
  reason: string,
  circumstances: FaultCircumstances,
): StartFault {
  const shown = formatAddress(address)
  const dial = address.kind === 'unix' ? `dial unix ${address.path}` : `dial tcp ${shown}`
  if (kind === 'silent') {
    return fault('silent', circumstances, {
      what: `The address ${shown} accepts connections but does not answer as a gRPC server.`,
      expected: 'HTTP/2 SETTINGS over cleartext within 20 s',
      found: reason,
      fix: 'Serve gRPC without TLS on exactly the address that the handshake names.',
      grafanaLog: prefaceLog(circumstances.witness?.spoken, circumstances),
    })
  }
  const { exit } = circumstances
  const ended = exit === undefined ? '' : `, and the plugin has ended (${describeExit(exit)})`
  return fault('unreachable', circumstances, {
    what: `Nobody listens on ${shown}${ended}.`,
    expected: 'a gRPC server that accepts connections before the handshake is printed',
    found: `${reason} from ${shown}${ended}`,
    fix: 'Bind first, then print the address that was bound; print 127.0.0.1 rather than localhost.',
    grafanaLog: dialLog(dial, reason, circumstances),
  })
}

/** AutoMTLS failed between an accepted handshake and the first message; Grafana knows nothing of it (LIFE-090). */
export function secureFault(
  finding: TlsFinding,
  own: CertifiedKey,
  circumstances: FaultCircumstances,
): StartFault {
  const { what, expected, found, fix } = finding
  const told = fault('tls', circumstances, { what, expected, found, fix, grafanaLog: '' })
  return { ...told, tls: tlsFault(finding.problem, own, finding.presented) }
}

/** AutoMTLS was required, and field 6 is empty (LIFE-092). */
export function notOfferedFault(handshake: Handshake, circumstances: FaultCircumstances): StartFault {
  return fault('tls', circumstances, {
    what: 'The plugin does not offer AutoMTLS: it announces no certificate although PLUGIN_CLIENT_CERT is set.',
    expected: 'a certificate in field 6 of the handshake',
    found: handshake.line,
    fix: 'Run it without AutoMTLS, as Grafana does; or read PLUGIN_CLIENT_CERT, serve TLS and announce a certificate.',
    grafanaLog: '',
  })
}

/** Field 4 names a host that no resolver knows (LIFE-046, recording h-handshake-addrname). */
export function unknownHostFault(host: string, circumstances: FaultCircumstances): StartFault {
  return fault('address', circumstances, {
    what: `The host name ${host} of the handshake is unknown.`,
    field: 4,
    expected: 'an address that this machine can resolve',
    found: host,
    fix: 'Print the address that was bound, such as 127.0.0.1:43117.',
    grafanaLog: startLogLine(`lookup ${host}: no such host`, circumstances.voice ?? anyVoice),
  })
}

type Told = Pick<StartFault, 'what' | 'expected' | 'found' | 'fix' | 'grafanaLog'> &
  Partial<Pick<StartFault, 'field' | 'blast' | 'partialLine'>>

function fault(kind: StartFault['class'], circumstances: FaultCircumstances, told: Told): StartFault {
  const { ms, stderr, firstLine, laterHandshake, exit, witness } = circumstances
  return {
    class: kind,
    blast: 'plugin',
    ...told,
    ms,
    stderr,
    ...(firstLine === undefined ? {} : { firstLine }),
    ...(laterHandshake === undefined ? {} : { laterHandshake }),
    ...(exit === undefined ? {} : { exit }),
    ...(witness === undefined ? {} : { witness }),
  }
}

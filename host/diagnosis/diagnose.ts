import type { StartFault } from '../launch/start-fault.ts'
import { describeExit } from '../rpc/call-result.ts'
import { causeOfNobody, causeOfSpeech } from './causes/address.ts'
import { causeOfTls, tlsExhibit } from './causes/automtls.ts'
import { causeOfDeath } from './causes/death.ts'
import { causeInFiles } from './causes/files.ts'
import { causeInFirstLine } from './causes/first-line.ts'
import { causeOfSilence } from './causes/silence.ts'
import { causeInWords } from './causes/words-of-death.ts'
import type { Cause, Diagnosis, Exhibit } from './diagnosis.ts'
import { handshakeTable } from './handshake-table.ts'

/**
 * Explains a start that failed: what happened, what Grafana logs, the most likely cause, and what to change.
 *
 * A pure function of the fault: everything that needs a look at the machine was looked at when the fault was found.
 */
export function diagnose(fault: StartFault): Diagnosis {
  const { kind, cause, fix } =
    fault.environment === undefined ? causeOf(fault) : lacking(fault, fault.environment)
  return {
    kind,
    what: fault.what,
    cause,
    fix: fix ?? fault.fix,
    grafanaLog: fault.grafanaLog,
    blast: fault.blast,
    exhibits: exhibitsOf(fault),
  }
}

/** It starts with the environment of an older Grafana, whatever its last words are (failure story 11). */
function lacking(fault: StartFault, environment: string): Cause {
  return {
    kind: 'environment',
    cause: `${environment.replace(/^./, (letter) => letter.toUpperCase())} ${causeOf(fault).cause}`,
    fix: 'Start without these variables: put settings into the data source or the ini section [plugin.<id>], which arrives as GF_PLUGIN_<KEY>, and name programs by absolute paths.',
  }
}

function causeOf(fault: StartFault): Cause {
  if (fault.tls !== undefined) return causeOfTls(fault.tls)
  switch (fault.class) {
    case 'preflight':
    case 'exec':
      return causeInFiles(fault)
    case 'exited':
      return fault.firstLine === undefined ? causeOfDeath(fault) : causeOfFirstCall(fault)
    case 'timeout':
      return causeOfSilence(fault)
    case 'unreachable':
      return fault.field === undefined ? causeOfNobody(fault) : madeUp
    case 'tls':
      throw new TypeError('a fault of TLS says how far TLS came')
    case 'silent':
      return causeOfSpeech(fault.witness?.spoken)
    case 'address':
      return fault.what.startsWith('The host name') ? unknownHost : causeInFirstLine(fault)
    case 'garbage':
    case 'too-long':
    case 'core-parse':
    case 'core-version':
    case 'app-parse':
    case 'app-version':
    case 'network':
    case 'protocol':
    case 'cert':
    case 'unasked-cert':
      return causeInFirstLine(fault)
    default:
      return fault.class satisfies never
  }
}

/** A field that go-plugin accepts, and that leads nowhere whoever listens. */
const madeUp: Cause = {
  kind: 'address',
  cause: 'The fourth field names no place where anybody can listen: it is empty, or the port is 0.',
  fix: 'Print the address that was bound: ask the listener for its port after the bind.',
}

const unknownHost: Cause = {
  kind: 'unknown-host',
  cause: 'The plugin prints the name of a host that no resolver here knows, such as that of a container.',
  fix: 'Bind 127.0.0.1 and print it.',
}

function causeOfFirstCall(fault: StartFault): Cause {
  const words = causeInWords(fault.stderr)
  return {
    kind: 'ends-at-first-call',
    cause: `The first request ended the process. ${words?.cause ?? 'An error in a handler has to become an answer of that call.'}`,
    fix: 'Catch what a handler throws, and answer with a gRPC status or with an error in band; keep the process alive.',
  }
}

/** The last lines of stderr that are shown; the cause is looked for in more of them. */
const STDERR_SHOWN = 20

function exhibitsOf(fault: StartFault): readonly Exhibit[] {
  const { firstLine, partialLine, laterHandshake, exit, witness, ms } = fault
  const stderr = fault.stderr.slice(-STDERR_SHOWN)
  const line = partialLine ?? firstLine
  // The table expects what Grafana does, which is no certificate.
  const table =
    line === undefined || fault.class === 'exited' || fault.tls !== undefined
      ? undefined
      : handshakeTable(line)
  const printed = [
    ...(firstLine === undefined ? [] : [['line 1', JSON.stringify(firstLine)]]),
    ...(partialLine === undefined ? [] : [['without its end', JSON.stringify(partialLine)]]),
    ...(laterHandshake === undefined
      ? []
      : [[`line ${laterHandshake.number}`, `${laterHandshake.line}, a valid handshake, too late`]]),
  ]
  return [
    ...(fault.tls === undefined ? [] : [tlsExhibit(fault.tls)]),
    ...(table === undefined ? [] : [table]),
    ...(printed.length === 0 ? [] : [{ title: 'stdout', rows: printed }]),
    ...(exit === undefined
      ? []
      : [{ title: 'exit', rows: [[`${describeExit(exit)}, ${ms} ms after the start`]] }]),
    ...(stderr.length === 0
      ? []
      : [
          {
            title: `stderr, last ${stderr.length === 1 ? 'line' : `${stderr.length} lines`}`,
            rows: stderr.map((text) => [text]),
          },
        ]),
    ...(witness === undefined ? [] : addressExhibits(witness)),
  ]
}

function addressExhibits({
  attempts = [],
  answers = [],
  listens,
  holder,
}: NonNullable<StartFault['witness']>): readonly Exhibit[] {
  return [
    ...(attempts.length === 0
      ? []
      : [{ title: 'connection attempts', rows: attempts.map(({ at, outcome }) => [`${at} ms`, outcome]) }]),
    ...(answers.length < 2 && answers.every(({ outcome }) => outcome !== 'accepted')
      ? []
      : [{ title: 'who answers', rows: answers.map(({ address, outcome }) => [address, outcome]) }]),
    ...(listens.length === 0 ? [] : [{ title: 'the plugin listens on', rows: listens.map((one) => [one]) }]),
    ...(holder === undefined
      ? []
      : [{ title: 'the port belongs to', rows: [[`process ${holder.pid}`, holder.command]] }]),
  ]
}

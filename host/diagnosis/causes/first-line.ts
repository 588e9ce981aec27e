import { parseHandshake } from '../../handshake/parse-handshake.ts'
import type { StartFault } from '../../launch/start-fault.ts'
import type { Cause } from '../diagnosis.ts'
import { causeOfDeath } from './death.ts'
import { causeInWords } from './words-of-death.ts'

/** The cause when there was a first line and go-plugin refuses it (LIFE-040 to LIFE-048). */
export function causeInFirstLine(fault: StartFault): Cause {
  const { firstLine = '', laterHandshake } = fault
  if (fault.class === 'garbage' && fault.firstLine === undefined) return causeOfDeath(fault)
  const bare = undecorated(firstLine)
  if (bare !== firstLine && accepted(bare)) return decorated(firstLine)
  const tight = firstLine
    .split('|')
    .map((field) => field.trim())
    .join('|')
  if (tight !== firstLine.trim() && accepted(tight)) return blanks
  if (laterHandshake !== undefined) return firstLine.trim() === '' ? emptyLine : banner
  if (fault.class === 'core-parse') return notAHandshake
  if (fault.class !== 'garbage') return byClass[fault.class] ?? notAHandshake
  if (handshakeIn(fault.stderr) !== undefined) return onStderr
  const words = causeInWords([firstLine, ...fault.stderr])
  if (words !== undefined && (fault.exit !== undefined || words.kind === 'wants-arguments')) return words
  if (firstLine.trim() === '') return emptyLine
  return fault.exit === undefined ? banner : notAHandshake
}

/** The handshake among lines that stand in the wrong place. */
export function handshakeIn(lines: readonly string[]): string | undefined {
  return lines.find((line) => accepted(line))
}

function accepted(line: string): boolean {
  return parseHandshake(line).kind === 'accepted'
}

/** Colours, a byte-order mark, and a prompt or prefix of a logger in front of a line. */
function undecorated(line: string): string {
  // oxlint-disable-next-line no-control-regex -- the escape character is what it looks for
  return line.replaceAll(/\u001b\[[\d;]*[A-Za-z]/g, '').replace(/^.*?(?=\d+\|\d+\|(?:tcp|unix)\|)/u, '')
}

function decorated(line: string): Cause {
  const found = line.startsWith('\u{feff}')
    ? 'a byte-order mark'
    : line.includes('\u001b[')
      ? 'colour codes of a terminal'
      : 'text'
  return {
    kind: 'decorated-line',
    cause: `The handshake itself is right, but ${found} stand${found.endsWith('s') ? '' : 's'} around it: it was printed through a logger or a console that decorates.`,
    fix: 'Write the bare line to stdout: no logger, no colours, UTF-8 without a byte-order mark.',
  }
}

const blanks: Cause = {
  kind: 'blanks-in-line',
  cause:
    "The fields were separated as in go-plugin's guide, which shows blanks around the bars for legibility.",
  fix: 'Print the bars without blanks: 1|2|tcp|127.0.0.1:43117|grpc.',
}

const banner: Cause = {
  kind: 'banner',
  cause:
    'Something prints to stdout before the handshake: a banner, a print, a logger on stdout, or a notice of the runtime.',
}

const emptyLine: Cause = {
  kind: 'empty-line',
  cause: 'An empty line comes first: a print without text, or a banner that begins with a line feed.',
}

const notAHandshake: Cause = {
  kind: 'not-a-handshake',
  cause:
    'What was printed first has not the form of a handshake: fields between bars, the first five of them needed.',
}

const onStderr: Cause = {
  kind: 'handshake-on-stderr',
  cause: 'The handshake was printed to stderr, where nobody looks for it.',
  fix: 'Print the handshake to stdout, and everything else to stderr: the two are exchanged.',
}

const byClass: Partial<Record<StartFault['class'], Cause>> = {
  'core-version': {
    kind: 'core-version',
    cause: "The first field is the version of go-plugin's own protocol, and not that of the plugin.",
  },
  'app-parse': {
    kind: 'app-version',
    cause: 'The second field is no number: the version of the Grafana protocol, which is 2, belongs there.',
  },
  'app-version': {
    kind: 'app-version',
    cause:
      'The second field is the version of the Grafana protocol. Samples of go-plugin and plugins for Grafana 6 say 1; Grafana 7 and later offer 2 alone (PLUGIN_PROTOCOL_VERSIONS=2).',
  },
  network: {
    kind: 'network',
    cause: 'The third field is neither tcp nor unix; upper case, tcp4, npipe and http are refused as well.',
  },
  address: {
    kind: 'address',
    cause:
      'The fourth field is not host:port: a scheme, a missing port, or an IPv6 address without brackets.',
  },
  protocol: {
    kind: 'protocol',
    cause: 'The fifth field is missing, which means net/rpc to go-plugin, or is not exactly grpc.',
  },
  cert: {
    kind: 'certificate',
    cause:
      'The sixth field holds text of more than 50 characters, which the host takes for a certificate that it never asked for.',
  },
  'unasked-cert': {
    kind: 'certificate',
    cause:
      'The plugin switched TLS on by itself: without PLUGIN_CLIENT_CERT the host has no place for a certificate, and dies of it.',
  },
  'too-long': {
    kind: 'line-too-long',
    cause:
      'Something large goes to stdout before the handshake, without a line feed: a dump, a progress bar, a bundle that prints itself.',
  },
}

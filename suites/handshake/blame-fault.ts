import { parseHandshake } from '../../host/handshake/parse-handshake.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import type { Rule } from '../kernel/rule.ts'
import { rules } from './rules.ts'

/**
 * The one rule that a start has broken when it ended in this fault.
 *
 * go-plugin's classes (LIFE-065) say at which field it gave up, which is not always the field that is wrong: a banner with three
 * bars, a byte-order mark or blanks end as a first field that is no number.
 */
export function blameFault(fault: StartFault): Rule {
  switch (fault.class) {
    case 'preflight':
    case 'exec':
    case 'exited':
      return rules['serves-when-started']
    case 'timeout':
      return fault.partialLine === undefined ? rules['arrives-in-time'] : rules['line-is-ended-and-flushed']
    case 'garbage':
      return rules['first-line-is-the-handshake']
    case 'too-long':
      return rules['line-fits-the-buffer']
    case 'unreachable':
      return rules['address-is-dialable']
    case 'silent':
      return rules['answers-in-plaintext']
    case 'core-parse':
    case 'core-version':
    case 'app-parse':
    case 'app-version':
    case 'network':
    case 'address':
    case 'protocol':
    case 'cert':
    case 'unasked-cert':
      return blameLine(fault.firstLine ?? '', fault.class)
    case 'tls':
      throw new TypeError('a fault of AutoMTLS is judged by suites/tls')
    default:
      return fault.class satisfies never
  }
}

/** What the first field of a line can't begin with when it is a handshake: anything but a digit or a sign. */
const PREFIX = /^[^\d+-]+/u

/** Not `trim`, which takes away a byte-order mark as well. */
const BLANKS = /^[ \t\r]+|[ \t\r]+$/gu

/** Colours and other commands to a terminal (ECMA-48 control sequences). */
// oxlint-disable-next-line no-control-regex -- the escape character is what it looks for
const TERMINAL_COMMAND = /\u001b\[[\d;]*[A-Za-z]/gu

function blameLine(line: string, refused: keyof typeof byClass): Rule {
  const fields = line.split('|')
  const tight = fields.map((field) => field.replaceAll(BLANKS, '')).join('|')
  if (tight !== line.replaceAll(BLANKS, '') && accepted(tight)) return rules['fields-have-no-blanks']
  if (refused !== 'core-parse') return byClass[refused]
  const bare = line.replaceAll(TERMINAL_COMMAND, '').replace(PREFIX, '')
  const looksLikeOne = fields[2] === 'tcp' || fields[2] === 'unix'
  return accepted(bare) || !looksLikeOne ? rules['first-line-is-the-handshake'] : byClass[refused]
}

function accepted(line: string): boolean {
  return parseHandshake(line).kind === 'accepted'
}

const byClass = {
  'core-parse': rules['core-version-is-1'],
  'core-version': rules['core-version-is-1'],
  'app-parse': rules['app-version-is-2'],
  'app-version': rules['app-version-is-2'],
  network: rules['network-is-tcp-or-unix'],
  address: rules['address-is-dialable'],
  protocol: rules['protocol-is-grpc'],
  cert: rules['no-certificate-unasked'],
  'unasked-cert': rules['no-certificate-unasked'],
} as const

import { isIP } from 'node:net'

import type { StartFault } from '../../launch/start-fault.ts'
import type { SpokenProtocol } from '../../launch/spoken-protocol.ts'
import type { StartWitness } from '../../launch/start-witness.ts'
import type { Cause } from '../diagnosis.ts'
import { causeInWords } from './words-of-death.ts'

/** The cause when nobody accepts connections at the announced address (LIFE-046, LIFE-051). */
export function causeOfNobody(fault: StartFault): Cause {
  const { witness, exit } = fault
  const other = otherAddress(witness)
  if (other !== undefined) return other
  const words = causeInWords(fault.stderr)
  if (words?.kind === 'port-taken' || words?.kind === 'socket-folder' || words?.kind === 'read-only')
    return words
  if (exit !== undefined)
    return {
      kind: 'ends-after-announcing',
      cause: `The process printed its handshake and ended${words === undefined ? '' : `. ${words.cause}`}`,
      fix: 'Keep the started process serving: wait for the server, not for the line to be printed; in a script put exec in front of the real program.',
    }
  return {
    kind: 'nobody-listens',
    cause:
      'The line was printed before anybody listened, by a bind that fails or comes later, or the address is made up.',
  }
}

/** The cause when somebody accepts connections and is no gRPC server in plaintext (LIFE-070, LIFE-072). */
export function causeOfSpeech(spoken: SpokenProtocol | undefined): Cause {
  switch (spoken?.kind) {
    case 'tls':
      return {
        kind: 'speaks-tls',
        cause: `The server wants TLS${spoken.certificate === undefined ? '' : ` (its certificate is for ${spoken.certificate})`}, and Grafana always speaks plaintext to its plugins.`,
        fix: 'Serve without TLS unless PLUGIN_CLIENT_CERT is set, which Grafana never does.',
      }
    case 'http1':
      return {
        kind: 'speaks-http1',
        cause: `An HTTP/1.1 server answers ("${spoken.firstLine}"): a web or metrics server, gRPC-Web, or a framework that speaks HTTP/2 over TLS only.`,
        fix: 'Announce the port of the gRPC server, and let it speak HTTP/2 without TLS from the first byte (h2c with prior knowledge).',
      }
    case 'other':
      return {
        kind: 'speaks-otherwise',
        cause: `Somebody else answers at that address, and begins with "${spoken.firstBytes}".`,
        fix: 'Announce the port of the gRPC server; with a constant port, another program may have it.',
      }
    case 'closes':
      return {
        kind: 'hangs-up',
        cause:
          'The listener accepts connections and hangs up: the gRPC server behind it failed to start, or refuses clients that it does not know.',
      }
    case 'http2':
    case 'silent':
    case undefined:
      return {
        kind: 'never-answers',
        cause:
          'The listener accepts connections and says nothing: it is bound, but the gRPC server was not started on it, or its thread is blocked.',
        fix: 'Start the server before the handshake is printed, and do not block its event loop.',
      }
    default:
      return spoken satisfies never
  }
}

/** Where the plugin listens instead, or which of the addresses of a name answers. */
function otherAddress(witness: StartWitness | undefined): Cause | undefined {
  const { address, answers = [], listens = [] } = witness ?? {}
  if (address === undefined) return undefined
  const answering = answers.find(({ outcome }) => outcome === 'accepted')
  if (address.kind === 'tcp' && answering !== undefined) {
    const shown = isIP(answering.address) === 6 ? `[${answering.address}]` : answering.address
    return {
      kind: 'other-family',
      cause: `The server listens on the other address family: ${shown}:${address.port} answers, and ${address.host === '' ? 'an empty host' : address.host} does not lead there.`,
      fix: 'Bind and print one and the same address, best 127.0.0.1.',
    }
  }
  const [first] = listens
  if (first === undefined) return undefined
  if (address.kind === 'unix' && first.startsWith('unix:') && address.path.startsWith('unix:'))
    return {
      kind: 'other-place',
      cause: `Field 4 is taken literally, so that the scheme became a part of the path; the plugin listens at ${first.slice('unix:'.length)}.`,
      fix: 'Print the path alone.',
    }
  return {
    kind: address.kind === 'tcp' && !first.startsWith('unix:') ? 'other-port' : 'other-place',
    cause: `The plugin listens elsewhere: ${listens.join(', ')}.`,
    fix: 'Print the address that was bound: ask the listener for it after the bind.',
  }
}

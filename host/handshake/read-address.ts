import type { Address } from './handshake.ts'
import type { HandshakeRefusal } from './handshake-refusal.ts'
import { refuse } from './handshake-refusal.ts'
import { readTcpAddress } from './tcp-address.ts'

/** Field 4 for the network of field 3; what can be resolved but never reached is refused as `unreachable` (LIFE-046). */
export function readAddress(
  network: 'tcp' | 'unix',
  text: string,
): { readonly kind: 'found'; readonly address: Address } | HandshakeRefusal {
  return network === 'unix' ? unixAddress(text) : tcpAddress(text)
}

function tcpAddress(text: string): { kind: 'found'; address: Address } | HandshakeRefusal {
  const expected = 'host:port with a numeric port, IPv6 in brackets'
  const read = readTcpAddress(text)
  switch (read.kind) {
    case 'found':
      return { kind: 'found', address: { kind: 'tcp', host: read.host, port: read.port } }
    case 'nowhere': {
      const error = `connection error: desc = "transport: error while dialing: dial tcp ${text}: ${read.error}"`
      const found = text === '' ? 'nothing' : text
      return { ...refuse('address', 4, { expected, found, error }), class: 'unreachable' }
    }
    case 'refused':
      return refuse('address', 4, { expected, found: text, error: read.error })
    default:
      return read satisfies never
  }
}

function unixAddress(text: string): { kind: 'found'; address: Address } | HandshakeRefusal {
  if (text === '') {
    const error = 'connection error: desc = "transport: error while dialing: dial unix: missing address"'
    const told = { expected: 'the path of a socket', found: 'nothing', error }
    return { ...refuse('address', 4, told), class: 'unreachable' }
  }
  return { kind: 'found', address: { kind: 'unix', path: text } }
}

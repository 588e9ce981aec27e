import path from 'node:path'

import { ConformanceError } from '../conformance-error.ts'
import type { Address } from '../handshake/handshake.ts'
import { parseHandshake } from '../handshake/parse-handshake.ts'

/** What the user gave to attach to: an address, and the handshake line if it was written as one. */
export interface AttachTarget {
  readonly address: Address
  readonly handshakeLine?: string
}

/**
 * Understands the three forms of an attach address: `host:port`, `unix:/path`, or a whole handshake line.
 *
 * A missing host means this machine, because the Go SDK's locator prints `1|2|tcp|:42283|grpc` and Go dials such an address
 * on 127.0.0.1 (LIFE-181). Anything else is a `usage` error that shows all three forms.
 */
export function parseAttachAddress(text: string): AttachTarget {
  const trimmed = text.trim()
  if (trimmed === '') throw refused(text, 'nothing')
  if (trimmed.includes('|')) return { address: fromHandshakeLine(trimmed), handshakeLine: trimmed }
  if (/^unix:/i.test(trimmed)) return { address: unixAddress(text, trimmed.slice('unix:'.length)) }
  const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.groups?.['scheme']
  if (scheme !== undefined)
    throw refused(text, `a URL with the scheme ${scheme}`, 'Leave out the scheme and any path.')
  if (trimmed.startsWith('/') || trimmed.startsWith('.')) {
    throw refused(text, 'a path', `For a unix socket write unix:${path.resolve('/', trimmed)}.`)
  }
  return { address: tcpAddress(text, trimmed) }
}

/** A unix socket path has at most this many bytes before its closing zero (unix(7) `sun_path` on Linux; LIFE-083). */
const UNIX_PATH_BYTES = 107

/** The forms that are accepted, as every refusal shows them. */
const FORMS =
  'host:port (127.0.0.1:50051, [::1]:50051), unix:/path/to.sock, or a handshake line (1|2|tcp|127.0.0.1:50051|grpc)'

function tcpAddress(text: string, address: string): Address {
  const bracketed = /^\[(?<host>[^\]]*)\]:(?<port>.*)$/.exec(address)
  const plain = /^(?<host>[^:[\]]*):(?<port>[^:]*)$/.exec(address)
  const { host, port } = bracketed?.groups ?? plain?.groups ?? {}
  if (host === undefined || port === undefined) {
    if (/^\d+$/.test(address)) throw refused(text, 'a port alone', `Write 127.0.0.1:${address}.`)
    const colons = address.split(':').length - 1
    if (colons > 1) throw refused(text, 'several colons', 'An IPv6 address stands in brackets: [::1]:50051.')
    throw refused(text, 'no port', `Add the port: ${address}:50051.`)
  }
  if (bracketed !== null && !/^[0-9a-f:.]*:[0-9a-f:.]*(?:%[\w.-]+)?$/i.test(host)) {
    throw refused(text, `"${host}" in the brackets, which is no IPv6 address`)
  }
  if (plain !== null && !/^[\w.-]*$/.test(host)) throw refused(text, `"${host}" as the host`)
  return { kind: 'tcp', host: host === '' ? '127.0.0.1' : host, port: portNumber(text, port) }
}

function portNumber(text: string, port: string): number {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : NaN
  if (number >= 1 && number <= 65_535) return number
  const found = port === '' ? 'no port' : `the port "${port}"`
  throw refused(text, found, 'A port is a whole number from 1 to 65535.')
}

function unixAddress(text: string, socket: string): Address {
  // gRPC names write unix:///path; the empty host between the slashes means nothing.
  const bare = socket.startsWith('//') ? socket.replace(/^\/+/, '/') : socket
  return unixPath(text, bare)
}

function unixPath(text: string, socket: string): Address {
  if (socket === '') throw refused(text, 'no path after unix:')
  if (!path.isAbsolute(socket))
    throw refused(text, `the relative path "${socket}"`, 'Write the absolute path of the socket.')
  if (socket.includes('\0')) throw refused(text, 'a path with a zero byte')
  const bytes = Buffer.byteLength(socket)
  if (bytes > UNIX_PATH_BYTES) {
    throw refused(
      text,
      `a path of ${bytes} bytes`,
      `The system allows ${UNIX_PATH_BYTES}; put the socket into a shorter folder.`,
    )
  }
  return { kind: 'unix', path: socket }
}

/** Judges the line as strictly as Grafana would, then the address as one that the user means to reach. */
function fromHandshakeLine(line: string): Address {
  const result = parseHandshake(line)
  if (result.kind === 'refused') {
    const where = result.field === undefined ? '' : ` in field ${result.field} of the handshake line`
    throw refused(line, `${result.found || 'nothing'} instead of ${result.expected}${where}`)
  }
  const { address } = result.handshake
  if (address.kind === 'tcp') return { ...address, host: address.host === '' ? '127.0.0.1' : address.host }
  // Grafana takes field 4 literally, so here unix:// would be part of the path (lifecycle.md, 17.3).
  return unixPath(line, address.path)
}

function refused(text: string, found: string, advice = ''): ConformanceError {
  const message = `Expected an address to attach to, found ${found} in "${text}".`
  return new ConformanceError('usage', message, { hint: `${advice} Accepted are ${FORMS}.`.trimStart() })
}

import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'

import { within } from '../deadline.ts'
import type { Address } from '../handshake/handshake.ts'
import { reachable, socketPath } from '../rpc/dial.ts'

/** What a listener answers to the first bytes of gRPC. */
export type SpokenProtocol =
  | { readonly kind: 'http2' }
  /** It wants TLS; `certificate` names whom its certificate is for, when it shows one. */
  | { readonly kind: 'tls'; readonly certificate?: string }
  | { readonly kind: 'http1'; readonly firstLine: string }
  /** Something else answered. */
  | { readonly kind: 'other'; readonly firstBytes: string }
  /** It accepts connections and hangs up. */
  | { readonly kind: 'closes' }
  | { readonly kind: 'silent' }

/** The client's connection preface and an empty SETTINGS frame (RFC 9113 section 3.4). */
const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
])

/** Finds out what is spoken at an address: sends what gRPC would send and looks at the answer (LIFE-070, LIFE-072). */
export async function spokenProtocol(address: Address, ms: number): Promise<SpokenProtocol> {
  const answer = await firstBytes(address, ms)
  if (answer.bytes.length > 0) return named(answer.bytes, address, ms)
  // A server that waits for TLS may drop other clients without a word.
  const tls = await tlsCertificate(address, ms)
  if (tls !== undefined) return tls
  return { kind: answer.closed ? 'closes' : 'silent' }
}

async function named(bytes: Buffer, address: Address, ms: number): Promise<SpokenProtocol> {
  if (bytes.length >= 4 && bytes[3] === SETTINGS) return { kind: 'http2' }
  if (bytes[0] === TLS_ALERT && bytes[1] === TLS_MAJOR)
    return (await tlsCertificate(address, ms)) ?? { kind: 'tls' }
  const [firstLine = ''] = bytes.toString('latin1').split(/\r?\n/, 1)
  return firstLine.startsWith('HTTP/1.')
    ? { kind: 'http1', firstLine }
    : { kind: 'other', firstBytes: firstLine.slice(0, SHOWN) }
}

/** Type of the first frame of every HTTP/2 server. */
const SETTINGS = 4
/** Content type and major version of a TLS alert record (RFC 8446 section 5.1). */
const TLS_ALERT = 0x15
const TLS_MAJOR = 3
/** More of a foreign greeting than this tells nothing. */
const SHOWN = 60

function firstBytes(
  address: Address,
  ms: number,
): Promise<{ readonly bytes: Buffer; readonly closed: boolean }> {
  const socket =
    address.kind === 'unix'
      ? connect(socketPath(address.path))
      : connect(address.port, reachable(address.host))
  const heard = new Promise<{ bytes: Buffer; closed: boolean }>((resolve) => {
    socket.once('connect', () => socket.write(PREFACE))
    socket.once('data', (bytes) => resolve({ bytes, closed: false }))
    socket.once('error', () => resolve({ bytes: Buffer.alloc(0), closed: true }))
    socket.once('close', () => resolve({ bytes: Buffer.alloc(0), closed: true }))
  })
  return within(heard, ms).then((outcome) => {
    socket.destroy()
    return outcome.kind === 'settled' ? outcome.value : { bytes: Buffer.alloc(0), closed: false }
  })
}

async function tlsCertificate(address: Address, ms: number): Promise<SpokenProtocol | undefined> {
  const options = { rejectUnauthorized: false, ALPNProtocols: ['h2'], servername: 'localhost' }
  const socket =
    address.kind === 'unix'
      ? connectTls({ ...options, path: socketPath(address.path) })
      : connectTls({ ...options, host: reachable(address.host), port: address.port })
  const secured = new Promise<SpokenProtocol | undefined>((resolve) => {
    socket.once('secureConnect', () => {
      const { subjectaltname, subject } = socket.getPeerCertificate()
      // A certificate without a subject has none in Node's object either, whatever its type says.
      const name = subjectaltname ?? (subject as { readonly CN?: string | string[] } | undefined)?.CN
      resolve(name === undefined ? { kind: 'tls' } : { kind: 'tls', certificate: [name].flat().join(', ') })
    })
    socket.once('error', () => resolve(undefined))
    socket.once('close', () => resolve(undefined))
  })
  const outcome = await within(secured, ms)
  socket.on('error', () => {})
  socket.destroy()
  return outcome.kind === 'settled' ? outcome.value : undefined
}

import type { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'

import type { CertifiedKey } from './certified-key.ts'
import { distrustOf } from './distrust.ts'

/** How the host secures its connections to one plugin. */
export interface TlsTrust {
  /** What the host presents. */
  readonly own: CertifiedKey
  /** What the plugin announced in field 6: the only certificate that is trusted (LIFE-094). */
  readonly announced: X509Certificate
}

/** The only protocol that gRPC speaks over TLS (LIFE-096). */
const PROTOCOL = 'h2'

/** The name by which both sides of AutoMTLS know the server (LIFE-094). */
export const SERVER_NAME = 'localhost'

/** Begins TLS on a connection, with any server whatever it presents, and with the given client certificate or none. */
export function beginTls(socket: Socket, own: CertifiedKey | undefined): TLSSocket {
  const secured = connect({
    socket,
    servername: SERVER_NAME,
    ALPNProtocols: [PROTOCOL],
    minVersion: 'TLSv1.2',
    // Judged by `refusalOf`, because OpenSSL judges otherwise than Go.
    rejectUnauthorized: false,
    ...(own === undefined ? {} : { key: own.key.export({ type: 'pkcs8', format: 'pem' }), cert: own.pem }),
  })
  socket.on('error', (error) => secured.destroy(error))
  return secured
}

/**
 * Secures a connection as go-plugin's host does; rejects, before anything is sent, when the server is not to be trusted.
 *
 * Only a finished handshake may be given to `node:http2`: a socket that is destroyed during it ends the whole process there (Node 20.20).
 */
export async function secureSocket(socket: Socket, { own, announced }: TlsTrust): Promise<TLSSocket> {
  const secured = beginTls(socket, own)
  // Whoever uses it hears of its end; without a listener Node would end the process.
  secured.on('error', () => {})
  await once(secured, 'secureConnect')
  const refusal = refusalOf(secured, announced)
  if (refusal === undefined) return secured
  secured.destroy()
  throw new Error(refusal)
}

/** Why a Go host would end the connection after its TLS handshake; undefined when it would not. */
function refusalOf(socket: TLSSocket, announced: X509Certificate): string | undefined {
  const presented = socket.getPeerX509Certificate()
  if (presented === undefined) return 'the server presents no certificate'
  const distrust = distrustOf(presented, announced)
  if (distrust !== undefined) return `expected ${distrust.expected}, found ${distrust.found}`
  return socket.alpnProtocol === PROTOCOL ? undefined : 'the server negotiates no ALPN protocol h2'
}

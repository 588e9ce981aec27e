import type { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'

import { within } from '../deadline.ts'
import type { CertifiedKey } from './certified-key.ts'
import { beginTls } from './secure-socket.ts'

/** What one TLS connection showed. */
export interface TlsView {
  /** The certificate that the server presents, if it got as far. */
  readonly presented: X509Certificate | undefined
  /** The protocol that ALPN agreed on. */
  readonly alpn: string | undefined
  /**
   * What came of it: the server spoke, it refused the client, the connection broke before anything was presented, or nothing.
   *
   * In TLS 1.3 a server judges the client's certificate after the client has seen the end of the handshake, so that only the
   * first bytes of HTTP/2 say that the client was let in.
   */
  readonly end:
    | { readonly kind: 'spoke' }
    | { readonly kind: 'refused'; readonly reason: string }
    | { readonly kind: 'broken'; readonly reason: string }
    | { readonly kind: 'silent' }
}

/** An error of Node; `reason` has OpenSSL's own words, and is missing where the connection broke. */
type TlsError = NodeJS.ErrnoException & { readonly reason?: string }

/** The connection preface of HTTP/2 and an empty SETTINGS frame (RFC 9113 section 3.4). */
const PREFACE = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1'),
  Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0, 0),
])

/** Opens TLS with any server, whatever it presents, and looks whether it lets a client with this certificate (or none) in. */
export async function inspectTls(
  socket: Socket,
  own: CertifiedKey | undefined,
  ms: number,
): Promise<TlsView> {
  const secured = beginTls(socket, own)
  let presented: X509Certificate | undefined
  let alpn: string | undefined
  const end = new Promise<TlsView['end']>((resolve) => {
    secured.once('secureConnect', () => {
      presented = secured.getPeerX509Certificate()
      alpn = typeof secured.alpnProtocol === 'string' ? secured.alpnProtocol : undefined
      secured.write(PREFACE)
    })
    secured.once('data', () => resolve({ kind: 'spoke' }))
    secured.on('error', (error) => {
      // In TLS 1.2 the server judges the client before the handshake ends.
      presented ??= presentedOf(() => secured.getPeerX509Certificate())
      resolve(endBy(error))
    })
    secured.once('close', () => resolve(endBy(new Error('the connection was closed'))))
  })
  function endBy(error: TlsError): TlsView['end'] {
    const kind = presented === undefined && error.reason === undefined ? 'broken' : 'refused'
    return { kind, reason: error.reason ?? error.code ?? error.message }
  }
  const outcome = await within(end, ms)
  secured.destroy()
  socket.destroy()
  return { presented, alpn, end: outcome.kind === 'late' ? { kind: 'silent' } : outcome.value }
}

/** After a failed handshake there may be nothing left to ask. */
function presentedOf(ask: () => X509Certificate | undefined): X509Certificate | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

import type { HandshakeRefusal } from './handshake-refusal.ts'
import { refuse } from './handshake-refusal.ts'

/** Longest sixth field that go-plugin ignores instead of reading it as a certificate (LIFE-048). */
const IGNORED_CERTIFICATE_LENGTH = 50

/** Field 6: nothing, or the DER of the server's certificate in base64 without padding (LIFE-048, LIFE-093). */
export function readCertificate(
  text: string,
  offer: { readonly tls: boolean },
): { kind: 'found'; der: Uint8Array | undefined } | HandshakeRefusal {
  if (text.length <= IGNORED_CERTIFICATE_LENGTH) return { kind: 'found', der: undefined }
  const expected = offer.tls
    ? 'unpadded base64 of a DER certificate'
    : 'nothing: the host asked for no certificate'
  const told = { expected, found: `${text.slice(0, 24)}… (${text.length} characters)` }
  const illegal = /[^A-Za-z0-9+/]/.exec(text)
  if (illegal !== null) {
    const error = `error parsing server cert: illegal base64 data at input byte ${illegal.index}`
    return refuse('cert', 6, { ...told, error })
  }
  const der = Buffer.from(text, 'base64')
  if (!looksLikeCertificate(der))
    return refuse('cert', 6, { ...told, error: 'error parsing server cert: x509: malformed certificate' })
  if (!offer.tls) {
    const error = 'panic: runtime error: invalid memory address or nil pointer dereference'
    return refuse('unasked-cert', 6, { ...told, error }, 'server')
  }
  return { kind: 'found', der }
}

/** A DER SEQUENCE whose length is that of the text; go-plugin parses the whole of X.509, this suffices to tell certificates from junk. */
function looksLikeCertificate(der: Uint8Array): boolean {
  return der[0] === 0x30 && der[1] === 0x82 && ((der[2] ?? 0) << 8) + (der[3] ?? 0) + 4 === der.length
}

import { readCertificate } from '../tls/read-certificate.ts'
import type { HandshakeRefusal } from './handshake-refusal.ts'
import { refuse } from './handshake-refusal.ts'

/** Longest sixth field that go-plugin ignores instead of reading it as a certificate (LIFE-048). */
const IGNORED_CERTIFICATE_LENGTH = 50

/** What to do about a certificate that the host asked for and can't read (LIFE-093). */
const ENCODE =
  'Announce the DER of the certificate (not its PEM) in standard base64 with + and / and without = at the end.'

/** Field 6: nothing, or the DER of the server's certificate in base64 without padding (LIFE-048, LIFE-093). */
export function readCertificateField(
  text: string,
  offer: { readonly tls: boolean },
): { kind: 'found'; der: Uint8Array | undefined } | HandshakeRefusal {
  if (text.length <= IGNORED_CERTIFICATE_LENGTH) return { kind: 'found', der: undefined }
  const expected = offer.tls
    ? 'unpadded base64 of a DER certificate'
    : 'nothing: the host asked for no certificate'
  const told = { expected, found: `${text.slice(0, 24)}… (${text.length} characters)` }
  const refuseFor = (reason: string): HandshakeRefusal => {
    const refusal = refuse('cert', 6, { ...told, error: `error parsing server cert: ${reason}` })
    return offer.tls ? { ...refusal, found: `${told.found}: ${reason}`, fix: ENCODE } : refusal
  }
  const illegal = /[^A-Za-z0-9+/]/.exec(text)
  if (illegal !== null) return refuseFor(`illegal base64 data at input byte ${illegal.index}`)
  // A single character of the last four is too little for a byte.
  if (text.length % 4 === 1) return refuseFor(`illegal base64 data at input byte ${text.length - 1}`)
  const der = Buffer.from(text, 'base64')
  if (!looksLikeCertificate(der) || (offer.tls && readCertificate(der) === undefined))
    return refuseFor('x509: malformed certificate')
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

import { X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** Reads a certificate from DER; undefined when it is none. */
export function readCertificate(bytes: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes)
  } catch {
    return undefined
  }
}

/** `ECDSA P-521, CN localhost, DNS:localhost, valid until 2056-11-14`: what tells one certificate from another. */
export function describeCertificate(certificate: X509Certificate): string {
  const { subject, subjectAltName, validTo } = certificate
  return [
    describeKey(certificate),
    `CN ${/^CN=(.*)$/m.exec(subject)?.[1] ?? 'missing'}`,
    subjectAltName ?? 'no alternative name',
    `valid until ${new Date(validTo).toISOString().slice(0, 10)}`,
  ].join(', ')
}

/** Names of curves as people know them; OpenSSL has others. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

function describeKey(certificate: X509Certificate): string {
  const key = publicKeyOf(certificate)
  const { namedCurve, modulusLength } = key?.asymmetricKeyDetails ?? {}
  if (namedCurve !== undefined) return `ECDSA ${curves[namedCurve] ?? namedCurve}`
  if (modulusLength !== undefined) return `RSA ${modulusLength}`
  return key?.asymmetricKeyType ?? 'a key of an unknown kind'
}

/** A key of a kind that this Node does not know can't be read. */
function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

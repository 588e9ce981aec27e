import type { X509Certificate } from 'node:crypto'

import { purposes } from './certificate-extensions.ts'
import { describeCertificate } from './read-certificate.ts'

/** Why a Go host would not trust a server's certificate. */
export interface Distrust {
  readonly kind: 'another-certificate' | 'name' | 'purpose' | 'validity'
  readonly expected: string
  readonly found: string
}

/**
 * Judges a presented certificate as go-plugin's host does: the announced one is the only root, the server's name is `localhost`.
 *
 * OpenSSL can't be asked: it refuses trusted certificates whose key usage is keyCertSign alone, or whose purpose is any, and
 * falls back to the common name; Go does none of this. As in Go, the presented certificate is the announced one or one that this
 * has signed.
 *
 * Source: hashicorp/go-plugin:client.go (`loadServerCert`), golang/go:src/crypto/x509/verify.go, LIFE-094.
 */
export function distrustOf(
  presented: X509Certificate,
  announced: X509Certificate,
  now: Date = new Date(),
): Distrust | undefined {
  if (!presented.raw.equals(announced.raw) && !signedBy(presented, announced))
    return {
      kind: 'another-certificate',
      expected: `the announced certificate (${describeCertificate(announced)})`,
      found: `another one (${describeCertificate(presented)})`,
    }
  // Go ignores the common name.
  if (presented.checkHost('localhost', { subject: 'never' }) === undefined)
    return {
      kind: 'name',
      expected: 'the alternative name DNS:localhost',
      found: presented.subjectAltName ?? `no alternative name (${presented.subject.replaceAll('\n', ', ')})`,
    }
  return unfit(presented, now) ?? unfit(announced, now)
}

/** The demands on every certificate of the chain. */
function unfit(certificate: X509Certificate, now: Date): Distrust | undefined {
  // Node calls the extended usages keyUsage; none at all allows everything.
  const allowed: readonly string[] | undefined = certificate.keyUsage
  if (allowed !== undefined && !allowed.some((id) => id === purposes.serverAuth || id === purposes.any))
    return {
      kind: 'purpose',
      expected: 'an extended key usage with serverAuth, or none',
      found: allowed.join(', '),
    }
  if (now < new Date(certificate.validFrom) || now > new Date(certificate.validTo))
    return {
      kind: 'validity',
      expected: `a certificate that is valid now (${now.toISOString()})`,
      found: `valid from ${certificate.validFrom} to ${certificate.validTo}`,
    }
  return undefined
}

function signedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return authority.ca && certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  } catch {
    // A key of a kind that this Node does not know has signed nothing that this Node could check.
    return false
  }
}

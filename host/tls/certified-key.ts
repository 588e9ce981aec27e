import type { KeyObject } from 'node:crypto'
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

import { certificateExtensions } from './certificate-extensions.ts'
import type { KeyUsage, Purpose } from './certificate-extensions.ts'
import { der } from './der.ts'

/** A private key and the certificate of its public half. */
export interface CertifiedKey {
  readonly key: KeyObject
  readonly certificate: Uint8Array
  /** The certificate as PEM, with real line breaks. */
  readonly pem: string
}

/** What a certificate says; every default is what go-plugin writes (LIFE-095). */
export interface CertificateContent {
  /** Default ECDSA on P-521. */
  readonly keyType?: 'P-521' | 'P-256' | 'RSA'
  /** Default 30 s ago, in case that clocks differ. */
  readonly notBefore?: Date
  /** Default in 262 980 hours, which are 30 years. */
  readonly notAfter?: Date
  readonly dnsNames?: readonly string[]
  readonly keyUsages?: readonly KeyUsage[]
  readonly purposes?: readonly Purpose[]
  /** Default true: it signs itself. */
  readonly authority?: boolean
  /** Default `localhost`. */
  readonly commonName?: string
  /** Default itself. */
  readonly issuer?: CertifiedKey & { readonly commonName: string }
}

const BEFORE_MS = 30_000
const HOURS = 262_980
const SERIAL_BYTES = 16

/**
 * Makes a new key and a certificate for it, as both sides of AutoMTLS do at each start.
 *
 * Source: hashicorp/go-plugin:mtls.go (`generateCert`), LIFE-095.
 */
export function createCertifiedKey(content: CertificateContent = {}): CertifiedKey {
  const now = Date.now()
  const {
    keyType = 'P-521',
    notBefore = new Date(now - BEFORE_MS),
    notAfter = new Date(now + HOURS * 3_600_000),
    dnsNames = ['localhost'],
    keyUsages = ['digitalSignature', 'keyEncipherment', 'keyAgreement', 'keyCertSign'],
    purposes = ['clientAuth', 'serverAuth'],
    authority = true,
    commonName = 'localhost',
    issuer,
  } = content
  const { privateKey: key, publicKey } =
    keyType === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: keyType })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const signer = issuer?.key ?? key
  const algorithm = algorithmOf(signer)
  const toBeSigned = der.sequence(
    // Version 3, counted from 0.
    der.tagged(0, 'constructed', der.integer(Uint8Array.of(2))),
    der.integer(randomBytes(SERIAL_BYTES)),
    algorithm.identifier,
    nameOf(issuer?.commonName ?? commonName),
    der.sequence(der.time(notBefore), der.time(notAfter)),
    nameOf(commonName),
    spki,
    der.tagged(
      3,
      'constructed',
      certificateExtensions({ keyUsages, purposes, authority, dnsNames, publicKey: spki }),
    ),
  )
  const signature = sign(algorithm.hash, toBeSigned, signer)
  const certificate = der.sequence(toBeSigned, algorithm.identifier, der.bitString(signature))
  return { key, certificate, pem: pemOf(certificate) }
}

/** A certificate as text: base64 in lines of 64 characters between two marks (RFC 7468). */
export function pemOf(certificate: Uint8Array): string {
  const lines = Buffer.from(certificate)
    .toString('base64')
    .replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** Go signs with the hash that fits the curve. */
function algorithmOf(key: KeyObject): { readonly identifier: Buffer; readonly hash: string } {
  if (key.asymmetricKeyType === 'rsa')
    return { identifier: der.sequence(der.objectId('1.2.840.113549.1.1.11'), der.nothing()), hash: 'sha256' }
  return key.asymmetricKeyDetails?.namedCurve === 'secp521r1'
    ? { identifier: der.sequence(der.objectId('1.2.840.10045.4.3.4')), hash: 'sha512' }
    : { identifier: der.sequence(der.objectId('1.2.840.10045.4.3.2')), hash: 'sha256' }
}

/** Organization, then common name, as Go orders them. */
function nameOf(commonName: string): Buffer {
  return der.sequence(
    der.set(der.sequence(der.objectId('2.5.4.10'), der.printable('HashiCorp'))),
    der.set(der.sequence(der.objectId('2.5.4.3'), der.printable(commonName))),
  )
}

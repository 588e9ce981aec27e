import { createHash } from 'node:crypto'

import { der } from './der.ts'

/** What a key may be used for, by the number of its bit (RFC 5280 section 4.2.1.3). */
const keyUsageBits = {
  digitalSignature: 0,
  keyEncipherment: 2,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const

export type KeyUsage = keyof typeof keyUsageBits

/** Purposes of a certificate (RFC 5280 section 4.2.1.12). */
export const purposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  any: '2.5.29.37.0',
} as const

export type Purpose = keyof typeof purposes

/** What the extensions of a certificate say. */
export interface ExtensionContent {
  /** Left out when empty, which allows everything. */
  readonly keyUsages: readonly KeyUsage[]
  /** Left out when empty, which allows everything. */
  readonly purposes: readonly Purpose[]
  readonly authority: boolean
  readonly dnsNames: readonly string[]
  /** Public key of the certificate, SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array
}

/** The extensions of a certificate, in the order and with the marks of criticality of Go's crypto/x509 (`buildCertExtensions`). */
export function certificateExtensions(content: ExtensionContent): Buffer {
  const { keyUsages, purposes: allowed, authority, dnsNames, publicKey } = content
  return der.sequence(
    ...present(keyUsages, () => extension('2.5.29.15', bits(keyUsages), true)),
    ...present(allowed, () =>
      extension('2.5.29.37', der.sequence(...allowed.map((name) => der.objectId(purposes[name])))),
    ),
    extension('2.5.29.19', der.sequence(...(authority ? [der.boolean(true)] : [])), true),
    extension('2.5.29.14', der.octetString(keyId(publicKey))),
    ...present(dnsNames, () =>
      extension(
        '2.5.29.17',
        der.sequence(...dnsNames.map((name) => der.tagged(2, 'primitive', Buffer.from(name, 'ascii')))),
      ),
    ),
  )
}

function present(list: readonly unknown[], write: () => Buffer): readonly Buffer[] {
  return list.length === 0 ? [] : [write()]
}

function extension(id: string, value: Uint8Array, critical = false): Buffer {
  return der.sequence(der.objectId(id), ...(critical ? [der.boolean(true)] : []), der.octetString(value))
}

/** Bit 0 is the highest of the byte; trailing zeros are not sent. */
function bits(usages: readonly KeyUsage[]): Buffer {
  const numbers = usages.map((usage): number => keyUsageBits[usage])
  const byte = numbers.reduce((sum, number) => sum | (0x80 >> number), 0)
  return der.bitString(Uint8Array.of(byte), 7 - Math.max(...numbers))
}

/** Any digest of the key will do; this is the first method of RFC 7093. */
function keyId(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(publicKey).digest().subarray(0, 20)
}

import { X509Certificate, createPrivateKey } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { purposes } from './certificate-extensions.ts'
import { createCertifiedKey } from './certified-key.ts'
import { der } from './der.ts'

const HOUR_MS = 3_600_000

describe('the certificate of the host', () => {
  const made = createCertifiedKey()
  const read = new X509Certificate(made.certificate)

  test('is a self-signed ECDSA certificate on P-521 for localhost of HashiCorp (LIFE-095)', () => {
    expect(read.publicKey.asymmetricKeyDetails?.namedCurve).toBe('secp521r1')
    expect(read.subject).toBe('O=HashiCorp\nCN=localhost')
    expect(read.issuer).toBe(read.subject)
    expect(read.subjectAltName).toBe('DNS:localhost')
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.checkIssued(read)).toBe(true)
    expect(read.checkPrivateKey(createPrivateKey(made.key.export({ type: 'pkcs8', format: 'pem' })))).toBe(
      true,
    )
  })

  test('is an authority for clients and servers with the four key usages of go-plugin (LIFE-095)', () => {
    expect(read.ca).toBe(true)
    expect(read.keyUsage).toEqual([purposes.clientAuth, purposes.serverAuth])
    // Key usage, critical: digitalSignature, keyEncipherment, keyAgreement and keyCertSign are bits 0, 2, 4 and 5.
    const keyUsage = Buffer.from('0603551d0f0101ff0404030202ac', 'hex')
    expect(Buffer.from(made.certificate).includes(keyUsage)).toBe(true)
  })

  test('is valid from 30 s ago for 262980 hours (LIFE-095)', () => {
    const now = new Date('2026-11-21T12:00:00Z').getTime()
    const { certificate } = createCertifiedKey({
      notBefore: new Date(now - 30_000),
      notAfter: new Date(now + 262_980 * HOUR_MS),
    })
    const { validFrom, validTo } = new X509Certificate(certificate)
    expect([validFrom, validTo]).toEqual(['Nov 21 11:59:30 2026 GMT', 'Nov 21 00:00:00 2056 GMT'])
    const [from, to] = [new Date(read.validFrom).getTime(), new Date(read.validTo).getTime()]
    expect(to - from).toBe(262_980 * HOUR_MS + 30_000)
    expect(from).toBeLessThanOrEqual(Date.now() - 30_000)
  })

  test('has a random serial number of up to 128 bits and another key each time (LIFE-095)', () => {
    const other = new X509Certificate(createCertifiedKey().certificate)
    expect(read.serialNumber).toMatch(/^[0-9A-F]{24,32}$/)
    expect(other.serialNumber).not.toBe(read.serialNumber)
    expect(other.publicKey.equals(read.publicKey)).toBe(false)
  })

  test('is PEM with the line breaks that OpenSSL would write', () => {
    expect(made.pem).toBe(read.toString())
  })

  test('takes the room that Go needs for the same: 794 characters and one more or less (lifecycle.md 17.2)', () => {
    const { length } = Buffer.from(made.certificate).toString('base64').replace(/=+$/, '')
    expect(Math.abs(length - 794)).toBeLessThan(10)
  })
})

test.each(['P-521', 'P-256', 'RSA'] as const)(
  'a certificate for a %s key verifies with that key',
  (keyType) => {
    const read = new X509Certificate(createCertifiedKey({ keyType }).certificate)
    expect(read.verify(read.publicKey)).toBe(true)
  },
)

test('a certificate signed by another names its issuer and verifies with the key of that alone', () => {
  const issuer = { ...createCertifiedKey({ commonName: 'authority' }), commonName: 'authority' }
  const read = new X509Certificate(createCertifiedKey({ issuer }).certificate)
  const authority = new X509Certificate(issuer.certificate)
  expect(read.issuer).toBe('O=HashiCorp\nCN=authority')
  expect(read.verify(authority.publicKey)).toBe(true)
  expect(read.verify(read.publicKey)).toBe(false)
})

test('whatever names and times are asked for, OpenSSL reads the same', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,60}$/)
  const moment = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2190-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), moment, (dnsNames, notBefore) => {
      const { certificate } = createCertifiedKey({ keyType: 'P-256', dnsNames, notBefore })
      const read = new X509Certificate(certificate)
      expect(read.subjectAltName ?? '').toBe(dnsNames.map((one) => `DNS:${one}`).join(', '))
      expect(new Date(read.validFrom).getTime()).toBe(Math.floor(notBefore.getTime() / 1000) * 1000)
    }),
    { numRuns: 40 },
  )
})

test.each([
  [[], '020100'],
  [[0, 0, 5], '020105'],
  [[0x80], '02020080'],
  [[0, 0xff, 1], '020300ff01'],
])('the number %j has the shortest form that is not negative', (bytes, hex) => {
  expect(der.integer(Uint8Array.from(bytes)).toString('hex')).toBe(hex)
})

test.each([
  [127, '047f'],
  [128, '048180'],
  [255, '0481ff'],
  [256, '04820100'],
  [70_000, '0483011170'],
])('a length of %i has the shortest form', (length, hex) => {
  expect(der.octetString(new Uint8Array(length)).toString('hex').slice(0, hex.length)).toBe(hex)
})

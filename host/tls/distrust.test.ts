import { X509Certificate } from 'node:crypto'

import { describe, expect, test } from 'vitest'

import { createCertifiedKey } from './certified-key.ts'
import type { CertificateContent, CertifiedKey } from './certified-key.ts'
import { distrustOf } from './distrust.ts'

function kindOf(presented: CertifiedKey, announced: CertifiedKey): string | undefined {
  return distrustOf(new X509Certificate(presented.certificate), new X509Certificate(announced.certificate))
    ?.kind
}

const hour = (hours: number): Date => new Date(Date.now() + hours * 3_600_000)

// What Go says of each was found out with crypto/x509 and crypto/tls of Go 1.26.
describe('a server that presents what it announces is trusted as Go trusts it (LIFE-094)', () => {
  test.each<[string, CertificateContent, string | undefined]>([
    ["go-plugin's certificate", {}, undefined],
    ['a certificate without usages', { keyUsages: [], purposes: [] }, undefined],
    ['a key usage of keyCertSign alone', { keyUsages: ['keyCertSign'] }, undefined],
    ['no authority', { authority: false, keyUsages: ['digitalSignature'] }, undefined],
    ['any purpose', { purposes: ['any'] }, undefined],
    ['upper case', { dnsNames: ['LOCALHOST'] }, undefined],
    ['P-256', { keyType: 'P-256' }, undefined],
    ['RSA', { keyType: 'RSA' }, undefined],
    ['clients alone', { purposes: ['clientAuth'] }, 'purpose'],
    ['a common name alone', { dnsNames: [] }, 'name'],
    ['another name', { dnsNames: ['plugin.local'] }, 'name'],
    ['a wildcard', { dnsNames: ['*'] }, 'name'],
    ['an hour ago', { notBefore: hour(-2), notAfter: hour(-1) }, 'validity'],
    ['tomorrow', { notBefore: hour(24) }, 'validity'],
  ])('%s', (_, content, kind) => {
    const one = createCertifiedKey(content)
    expect(kindOf(one, one)).toBe(kind)
  })
})

describe('a server that presents something else is trusted if the announced certificate signed it (LIFE-094)', () => {
  test.each<[string, CertificateContent, string | undefined]>([
    ['an authority', {}, undefined],
    ['an authority without the name', { dnsNames: [] }, undefined],
    ['no authority', { authority: false }, 'another-certificate'],
    ['an expired authority', { notBefore: hour(-2), notAfter: hour(-1) }, 'validity'],
    ['an authority for clients', { purposes: ['clientAuth'] }, 'purpose'],
  ])('%s', (_, content, kind) => {
    const commonName = 'authority'
    const issuer = { ...createCertifiedKey({ ...content, commonName }), commonName }
    expect(kindOf(createCertifiedKey({ issuer, authority: false }), issuer)).toBe(kind)
  })

  test('an announced certificate that somebody else signed is trusted itself', () => {
    const issuer = { ...createCertifiedKey({ commonName: 'authority' }), commonName: 'authority' }
    const leaf = createCertifiedKey({ issuer, authority: false })
    expect(kindOf(leaf, leaf)).toBeUndefined()
  })

  test('another certificate with the same words is refused', () => {
    expect(kindOf(createCertifiedKey(), createCertifiedKey())).toBe('another-certificate')
  })
})

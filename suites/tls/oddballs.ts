import { tmpdir } from 'node:os'

import { createCertifiedKey } from '../../host/tls/certified-key.ts'
import type { CertificateContent, CertifiedKey } from '../../host/tls/certified-key.ts'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { unixSocketIn } from '../../reference-plugin/process/listen-place.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'
import { behindTls } from './behind-tls.ts'

/** What Go takes was found out with Go's own verification. */
const RAN = '(ran: Go 1.26, crypto/x509 and crypto/tls)'

/** What signs certificates and serves nothing itself. */
const authority = { commonName: 'authority', dnsNames: [] } as const

/** Legal habits under AutoMTLS. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'knows-nothing-of-automtls',
    because: 'a plugin may do without (LIFE-092)',
    vary: (base) => withPair(base, () => null),
  }),
  certified('has-a-p256-certificate', 'the curve is free', { keyType: 'P-256' }),
  certified('has-an-rsa-certificate', 'the kind of key is free', { keyType: 'RSA' }),
  certified('states-no-usages', 'a certificate without usages may be used for everything', {
    keyUsages: [],
    purposes: [],
  }),
  certified('states-any-purpose', `any purpose includes serving ${RAN}`, { purposes: ['any'] }),
  certified('has-a-key-for-certificates-alone', `Go does not look at the key usage ${RAN}`, {
    keyUsages: ['keyCertSign'],
  }),
  certified('is-no-authority', `a trusted certificate need not be one ${RAN}`, {
    authority: false,
    keyUsages: ['digitalSignature'],
  }),
  certified('has-further-names', 'localhost is one of them (LIFE-094)', {
    dnsNames: ['plugin.local', 'localhost'],
  }),
  defineOddball({
    id: 'announces-the-authority-of-its-certificate',
    because: `what the announced certificate signed is trusted, too ${RAN}`,
    vary(base) {
      const issuers = new WeakMap<CertifiedKey, CertifiedKey>()
      const signed = withPair(base, () => {
        const issuer = { ...createCertifiedKey(authority), commonName: authority.commonName }
        const pair = createCertifiedKey({ issuer, authority: false })
        issuers.set(pair, issuer)
        return pair
      })
      return {
        ...signed,
        tls: { ...signed.tls, announce: (pair) => base.tls.announce(issuers.get(pair) ?? pair) },
      }
    },
  }),
  defineOddball({
    id: 'speaks-tls-1-2-alone',
    because: 'TLS 1.2 is the least that both sides speak (LIFE-095)',
    vary: (base) => behindTls(base, { maxVersion: 'TLSv1.2' }),
  }),
  defineOddball({
    id: 'speaks-tls-1-3-alone',
    because: 'both sides speak it',
    vary: (base) => behindTls(base, { minVersion: 'TLSv1.3' }),
  }),
  defineOddball({
    id: 'serves-tls-on-a-unix-socket',
    because: 'Go plugins do (lifecycle.md 17.2)',
    vary: (base) => ({
      ...base,
      process: {
        ...base.process,
        listen: (env) =>
          base.tls.pair(env) === null
            ? base.process.listen(env)
            : unixSocketIn(env['PLUGIN_UNIX_SOCKET_DIR'] ?? tmpdir(), env),
      },
    }),
  }),
]

function certified(id: string, because: string, content: CertificateContent): Oddball {
  return defineOddball({ id, because, vary: (base) => withPair(base, () => createCertifiedKey(content)) })
}

/** The plugin with another pair, where it has one at all, or with none. */
function withPair(base: Behaviour, pair: () => ReturnType<typeof base.tls.pair>): Behaviour {
  return {
    ...base,
    tls: { ...base.tls, pair: (env) => (base.tls.pair(env) === null ? null : pair()) },
  }
}

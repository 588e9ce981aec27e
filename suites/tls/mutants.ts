import { ServerCredentials } from '@grpc/grpc-js'

import { createCertifiedKey, pemOf } from '../../host/tls/certified-key.ts'
import type { CertificateContent, CertifiedKey } from '../../host/tls/certified-key.ts'
import type { Behaviour, TlsBehaviour } from '../../reference-plugin/behaviour.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Rule } from '../kernel/rule.ts'
import { behindTls } from './behind-tls.ts'
import { rules } from './rules.ts'

const HOUR_MS = 3_600_000

/** Misdeeds under AutoMTLS. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'dies-of-a-client-certificate',
    breaks: [rules['starts-when-asked']],
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        async start(steps, running) {
          if (running.tls !== null) throw new Error('the curve secp521r1 is not supported')
          await base.process.start(steps, running)
        },
      },
    }),
  }),
  announcing('serves-tls-in-secret', rules['certificate-is-announced'], () => ''),
  announcing('pads-its-certificate', rules['certificate-is-unpadded-base64'], (text) => `${text}=`),
  announcing('announces-its-certificate-in-base64url', rules['certificate-is-unpadded-base64'], (text) =>
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ),
  announcing('announces-pem', rules['certificate-is-unpadded-base64'], (_, { certificate }) =>
    pemOf(certificate).replaceAll('\n', ''),
  ),
  announcing('announces-pem-in-base64', rules['certificate-is-unpadded-base64'], (_, { certificate }) =>
    Buffer.from(pemOf(certificate)).toString('base64').replace(/=+$/, ''),
  ),
  announcing('announces-another-certificate', rules['presents-what-it-announces'], () =>
    unpadded(createCertifiedKey().certificate),
  ),
  defineMutant({
    id: 'announces-a-certificate-and-serves-plaintext',
    breaks: [rules['presents-what-it-announces']],
    mutate: (base) => trusting(base, () => ServerCredentials.createInsecure()),
  }),
  certified('has-a-common-name-alone', rules['certificate-names-localhost'], () => ({ dnsNames: [] })),
  certified('has-a-certificate-for-another-name', rules['certificate-names-localhost'], () => ({
    dnsNames: ['plugin.local'],
  })),
  certified('has-a-certificate-for-clients', rules['certificate-allows-serving'], () => ({
    purposes: ['clientAuth'],
  })),
  certified('has-an-expired-certificate', rules['certificate-is-valid-now'], () => ({
    notBefore: new Date(Date.now() - 2 * HOUR_MS),
    notAfter: new Date(Date.now() - HOUR_MS),
  })),
  certified('has-a-certificate-of-tomorrow', rules['certificate-is-valid-now'], () => ({
    notBefore: new Date(Date.now() + 24 * HOUR_MS),
  })),
  defineMutant({
    id: 'negotiates-nothing',
    breaks: [rules['negotiates-http2']],
    mutate: (base) => behindTls(base, { ALPNProtocols: [] }),
  }),
  defineMutant({
    id: 'trusts-itself-instead-of-the-host',
    breaks: [rules['lets-the-host-in']],
    mutate: (base) => ({ ...base, tls: { ...base.tls, trusted: () => createCertifiedKey().pem } }),
  }),
  defineMutant({
    id: 'loses-the-line-breaks-of-the-client-certificate',
    breaks: [rules['lets-the-host-in']],
    mutate: (base) => ({
      ...base,
      tls: { ...base.tls, trusted: (env) => base.tls.trusted(env).replaceAll('\n', '') },
    }),
  }),
  defineMutant({
    id: 'lets-everybody-in',
    breaks: [rules['demands-a-client-certificate'], rules['trusts-the-host-alone']],
    mutate: (base) => trusting(base, (pair) => ServerCredentials.createSsl(null, [pair], false)),
  }),
  defineMutant({
    id: 'lets-every-certificate-in',
    breaks: [rules['trusts-the-host-alone']],
    mutate: (base) =>
      behindTls(base, {
        rejectUnauthorized: false,
        welcome: (client) => client.getPeerX509Certificate() !== undefined,
      }),
  }),
  defineMutant({
    id: 'lets-those-without-a-certificate-in',
    breaks: [rules['demands-a-client-certificate']],
    mutate: (base) =>
      behindTls(base, {
        rejectUnauthorized: false,
        welcome: (client) => client.authorized || client.getPeerX509Certificate() === undefined,
      }),
  }),
  defineMutant({
    id: 'has-one-key-for-all-starts',
    breaks: [rules['makes-a-pair-for-each-start']],
    mutate(base) {
      let known: CertifiedKey | undefined
      return withPair(base, () => (known ??= createCertifiedKey()))
    },
  }),
]

function announcing(id: string, rule: Rule, edit: (text: string, pair: CertifiedKey) => string): Mutant {
  return defineMutant({
    id,
    breaks: [rule],
    mutate: (base) => ({
      ...base,
      tls: { ...base.tls, announce: (pair) => edit(base.tls.announce(pair), pair) },
    }),
  })
}

function certified(id: string, rule: Rule, content: () => CertificateContent): Mutant {
  return defineMutant({
    id,
    breaks: [rule],
    mutate: (base) => withPair(base, () => createCertifiedKey(content())),
  })
}

/** The plugin with another pair, where it has one at all. */
function withPair(base: Behaviour, pair: () => CertifiedKey): Behaviour {
  const tls: TlsBehaviour = { ...base.tls, pair: (env) => (base.tls.pair(env) === null ? null : pair()) }
  return { ...base, tls }
}

/** The plugin with other credentials of its TLS server. */
function trusting(
  base: Behaviour,
  credentials: (pair: { private_key: Buffer; cert_chain: Buffer }) => ServerCredentials,
): Behaviour {
  return {
    ...base,
    transport: {
      ...base.transport,
      credentials(running) {
        const { tls } = running
        if (tls === null) return base.transport.credentials(running)
        const key = tls.key.export({ type: 'pkcs8', format: 'pem' })
        return credentials({ private_key: Buffer.from(key), cert_chain: Buffer.from(tls.pem) })
      },
    },
  }
}

function unpadded(certificate: Uint8Array): string {
  return Buffer.from(certificate).toString('base64').replace(/=+$/, '')
}

import { defineRules } from '../kernel/rule.ts'

const elsewhere = 'none, because it never asks for TLS; a host of go-plugin with AutoMTLS'

/** AutoMTLS for hosts other than Grafana: a plugin need not offer it, but what it offers has to work (lifecycle.md section 7). */
export const rules = defineRules('tls', {
  'starts-when-asked': {
    statement: 'With a certificate in PLUGIN_CLIENT_CERT the plugin starts as it does without.',
    level: 'should',
    consequence: `${elsewhere} has to do without the plugin.`,
    sources: [{ spec: 'LIFE-092' }, { spec: 'LIFE-095' }],
  },
  'certificate-is-announced': {
    statement: 'A plugin that serves TLS because of PLUGIN_CLIENT_CERT announces its certificate in field 6.',
    level: 'must',
    consequence: `${elsewhere} trusts no certificate that it does not know, so that every call fails.`,
    sources: [{ spec: 'LIFE-092' }, { upstream: 'hashicorp/go-plugin:client.go' }],
  },
  'certificate-is-unpadded-base64': {
    statement: 'The certificate in field 6 is DER in standard base64 without padding.',
    level: 'must',
    consequence: `${elsewhere} refuses the plugin with "error parsing server cert".`,
    sources: [{ spec: 'LIFE-093' }, { upstream: 'hashicorp/go-plugin:client.go' }],
  },
  'presents-what-it-announces': {
    statement: 'The plugin serves TLS with the certificate that it announces.',
    level: 'must',
    consequence: `${elsewhere} ends every connection, so that every call fails.`,
    sources: [{ spec: 'LIFE-092' }, { spec: 'LIFE-094' }],
  },
  'certificate-names-localhost': {
    statement: 'The certificate of the plugin has the alternative name DNS:localhost.',
    level: 'must',
    consequence: `${elsewhere} finds the certificate to be "not valid for any names" and every call fails.`,
    sources: [{ spec: 'LIFE-094' }],
  },
  'certificate-allows-serving': {
    statement: 'The certificate of the plugin allows server authentication.',
    level: 'must',
    consequence: `${elsewhere} finds an "incompatible key usage" and every call fails.`,
    sources: [{ spec: 'LIFE-094' }],
  },
  'certificate-is-valid-now': {
    statement: 'The certificate of the plugin is valid at the time of its start.',
    level: 'must',
    consequence: `${elsewhere} finds the certificate to be "expired or not yet valid" and every call fails.`,
    sources: [{ spec: 'LIFE-094' }],
  },
  'negotiates-http2': {
    statement: 'The TLS handshake of the plugin negotiates the ALPN protocol h2.',
    level: 'must',
    consequence: `${elsewhere} and grpc-go 1.67 or later ends every connection: "missing selected ALPN property".`,
    sources: [{ spec: 'LIFE-096' }],
  },
  'lets-the-host-in': {
    statement:
      'The plugin answers a host that presents the certificate of PLUGIN_CLIENT_CERT, ECDSA on P-521.',
    level: 'must',
    consequence: `${elsewhere} is refused by the plugin, so that every call fails.`,
    sources: [{ spec: 'LIFE-092' }, { spec: 'LIFE-095' }],
  },
  'demands-a-client-certificate': {
    statement: 'A plugin under AutoMTLS refuses clients without a certificate.',
    level: 'should',
    consequence:
      'none in Grafana; elsewhere every program on the machine can use the plugin and its secrets.',
    sources: [{ spec: 'LIFE-092' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
  'trusts-the-host-alone': {
    statement:
      'A plugin under AutoMTLS refuses clients with another certificate than that of PLUGIN_CLIENT_CERT.',
    level: 'should',
    consequence:
      'none in Grafana; elsewhere every program on the machine can use the plugin and its secrets.',
    sources: [{ spec: 'LIFE-092' }, { upstream: 'hashicorp/go-plugin:server.go' }],
  },
  'makes-a-pair-for-each-start': {
    statement: 'Each start of the plugin has a certificate and a key of its own.',
    level: 'should',
    consequence: 'none in Grafana; elsewhere whoever has the plugin has its key, and can pose as the plugin.',
    sources: [{ spec: 'LIFE-092' }, { spec: 'LIFE-095' }, { upstream: 'hashicorp/go-plugin:mtls.go' }],
  },
})

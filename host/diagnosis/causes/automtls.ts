import { tlsSteps } from '../../launch/tls-fault.ts'
import type { TlsFault, TlsProblem } from '../../launch/tls-fault.ts'
import type { Cause, Exhibit } from '../diagnosis.ts'

/** The cause of a start that failed under AutoMTLS and, where that was tried, not in plaintext (failure story 13). */
export function causeOfTls({ problem }: TlsFault): Cause {
  return { kind: 'automtls', cause: causes[problem] }
}

/** How far AutoMTLS came, with which certificates, and whether TLS is the reason. */
export function tlsExhibit({ problem, host, plugin, plaintext }: TlsFault): Exhibit {
  return {
    title: 'AutoMTLS',
    rows: [
      ['step that failed', tlsSteps[problem]],
      ['certificate of the host', host],
      ...(plugin === undefined ? [] : [['certificate of the plugin', plugin]]),
      ...(plaintext === undefined ? [] : [['in plaintext', plaintext]]),
    ],
  }
}

const causes = {
  startup:
    'The plugin can do nothing with PLUGIN_CLIENT_CERT: often its TLS library does not know the curve P-521, or wants a chain where the certificate is self-signed.',
  'not-offered': 'The plugin does not look at PLUGIN_CLIENT_CERT, which Grafana never sets.',
  unreadable: 'Field 6 is encoded otherwise than go-plugin decodes it.',
  'no-tls': 'The certificate is announced, and the server behind the address does not use it.',
  'another-certificate': 'The plugin announces one certificate and serves with another.',
  name: 'The certificate does not name the server localhost, as every host of go-plugin calls it.',
  purpose: 'The certificate is not for servers.',
  validity: 'The certificate is not valid now: it was made at another time, or the clock is wrong.',
  protocol: 'The TLS server is not told which protocols it speaks.',
  'client-refused':
    'The plugin does not trust the certificate of PLUGIN_CLIENT_CERT: it lost its line breaks, is not used as a root, or is of a kind (self-signed, P-521) that the TLS library refuses.',
} as const satisfies Readonly<Record<TlsProblem, string>>

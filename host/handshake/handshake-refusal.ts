import type { StartFaultClass } from '../launch/start-fault.ts'

/** What is wrong with one field of a handshake line, in the order in which go-plugin looks (LIFE-065). */
export interface HandshakeRefusal {
  readonly kind: 'refused'
  readonly class: StartFaultClass
  readonly field: number | undefined
  readonly expected: string
  readonly found: string
  readonly fix: string
  /** The error text of the go-plugin that reads. */
  readonly error: string
  readonly blast: 'plugin' | 'server'
}

/** Makes a refusal, with the fix that goes with its class. */
export function refuse(
  kind: StartFaultClass,
  field: number | undefined,
  told: { readonly expected: string; readonly found: string; readonly error: string },
  blast: 'plugin' | 'server' = 'plugin',
): HandshakeRefusal {
  return { kind: 'refused', class: kind, field, ...told, fix: fixes[kind] ?? '', blast }
}

const fixes: Partial<Record<StartFaultClass, string>> = {
  garbage: 'Print the handshake as the first line of stdout and send everything else to stderr.',
  'core-parse':
    'Print 1 as the first field, with nothing in front of it: no byte-order mark, no colour code, no blanks.',
  'core-version': 'Print 1 as the first field: it is the version of the handshake, not of the plugin.',
  'app-parse': 'Print 2 as the second field, without blanks: Grafana plugins speak protocol version 2.',
  'app-version':
    'Print 2 as the second field: Grafana offers PLUGIN_PROTOCOL_VERSIONS=2; samples for go-plugin often say 1.',
  network: 'Print tcp or unix as the third field, in lower case.',
  address:
    'Print the address that was bound, such as 127.0.0.1:43117 for tcp or /tmp/plugin123 for unix, without a scheme.',
  protocol: 'Print grpc as the fifth field, in lower case.',
  cert: 'Leave the sixth field empty unless PLUGIN_CLIENT_CERT is set.',
  'unasked-cert': 'Leave the sixth field empty and serve without TLS unless PLUGIN_CLIENT_CERT is set.',
}

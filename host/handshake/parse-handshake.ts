import type { StartFaultClass } from '../launch/start-fault.ts'
import type { Address, Handshake } from './handshake.ts'
import { atoi } from './atoi.ts'
import { readTcpAddress } from './tcp-address.ts'

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

export type HandshakeResult = { readonly kind: 'accepted'; readonly handshake: Handshake } | HandshakeRefusal

/** What this host offered to the plugin, which decides what it accepts. */
export interface HandshakeOffer {
  /** `PLUGIN_PROTOCOL_VERSIONS`; Grafana offers 2 alone (LIFE-020). */
  readonly versions: readonly number[]
  /** Whether `PLUGIN_CLIENT_CERT` was set; never by Grafana (LIFE-090). */
  readonly tls: boolean
}

/** What Grafana offers (LIFE-020, LIFE-090). */
export const grafanaOffer: HandshakeOffer = { versions: [2], tls: false }

/** Longest sixth field that go-plugin ignores instead of reading it as a certificate (LIFE-048). */
const IGNORED_CERTIFICATE_LENGTH = 50

/** The generations of go-plugin that read handshakes differently: Grafana 10.4 has the first, newer ones the second (LIFE-065). */
export type GoPluginVersion = '1.6.0' | '1.7.0'

/**
 * Reads a handshake line as go-plugin does: same order, same strictness, same words.
 *
 * Version 1.6.0 begins some of its texts in upper case, dies with the whole server of a wrong network, and loses a wrong address.
 *
 * Source: hashicorp/go-plugin:client.go (`Start`, `checkProtoVersion`), LIFE-042 to LIFE-050, LIFE-065.
 */
export function parseHandshake(
  line: string,
  offer: HandshakeOffer = grafanaOffer,
  goPlugin: GoPluginVersion = '1.7.0',
): HandshakeResult {
  const result = readLine(line, offer)
  return result.kind === 'refused' && goPlugin === '1.6.0' ? asOldGoPlugin(result) : result
}

function readLine(line: string, offer: HandshakeOffer): HandshakeResult {
  const trimmed = goTrimSpace(line)
  const fields = trimmed.split('|')
  if (fields.length < 4) return garbage(trimmed, fields.length)
  const [core = '', app = '', network = '', address = '', protocol] = fields

  const coreVersion = atoi(core)
  if (coreVersion === undefined) {
    return refuse(
      'core-parse',
      1,
      'the number 1',
      core,
      `error parsing core protocol version: ${atoiError(core)}`,
    )
  }
  if (coreVersion !== 1) {
    const error = `incompatible core API version with plugin. Plugin version: ${core}, Core version: 1`
    return refuse('core-version', 1, 'the number 1', core, error)
  }
  const appVersion = atoi(app)
  const offered = offer.versions.join(' or ')
  if (appVersion === undefined) {
    return refuse(
      'app-parse',
      2,
      `the number ${offered}`,
      app,
      `Error parsing protocol version ${goQuote(app)}: ${atoiError(app)}`,
    )
  }
  if (!offer.versions.includes(appVersion)) {
    const error = `incompatible API version with plugin. Plugin version: ${appVersion}, Client versions: [${offer.versions.join(' ')}]`
    return refuse('app-version', 2, `the number ${offered}`, app, error)
  }
  if (network !== 'tcp' && network !== 'unix') {
    return refuse('network', 3, 'tcp or unix, lower case', network, `unknown address type: ${address}`)
  }
  const where = network === 'unix' ? unixAddress(address) : tcpAddress(address)
  if (where.kind === 'refused') return where
  const spoken = protocol ?? 'netrpc'
  if (spoken !== 'grpc') {
    return refuse(
      'protocol',
      5,
      'grpc',
      protocol ?? 'no fifth field, which means netrpc',
      `unsupported plugin protocol ${goQuote(spoken)}. Supported: [grpc]`,
    )
  }
  const certificate = readCertificate(fields[5] ?? '', offer)
  if (certificate.kind === 'refused') return certificate
  return {
    kind: 'accepted',
    handshake: {
      line,
      fields,
      coreVersion,
      appVersion,
      address: where.address,
      certificate: certificate.der,
    },
  }
}

function garbage(line: string, fields: number): HandshakeRefusal {
  const found =
    line === '' ? 'an empty line' : `${JSON.stringify(line)} (${fields} ${fields === 1 ? 'field' : 'fields'})`
  return refuse(
    'garbage',
    undefined,
    'a line such as 1|2|tcp|127.0.0.1:43117|grpc',
    found,
    `Unrecognized remote plugin message: ${line}`,
  )
}

function tcpAddress(text: string): { kind: 'found'; address: Address } | HandshakeRefusal {
  const expected = 'host:port with a numeric port, IPv6 in brackets'
  const read = readTcpAddress(text)
  switch (read.kind) {
    case 'found':
      return { kind: 'found', address: { kind: 'tcp', host: read.host, port: read.port } }
    case 'nowhere': {
      const error = `connection error: desc = "transport: Error while dialing: dial tcp ${text}: ${read.error}"`
      return {
        ...refuse('address', 4, expected, text === '' ? 'nothing' : text, error),
        class: 'unreachable',
      }
    }
    case 'refused':
      return refuse('address', 4, expected, text, read.error)
    default:
      return read satisfies never
  }
}

function unixAddress(text: string): { kind: 'found'; address: Address } | HandshakeRefusal {
  if (text === '') {
    const error = 'connection error: desc = "transport: Error while dialing: dial unix: missing address"'
    return { ...refuse('address', 4, 'the path of a socket', 'nothing', error), class: 'unreachable' }
  }
  return { kind: 'found', address: { kind: 'unix', path: text } }
}

function readCertificate(
  text: string,
  offer: HandshakeOffer,
): { kind: 'found'; der: Uint8Array | undefined } | HandshakeRefusal {
  if (text.length <= IGNORED_CERTIFICATE_LENGTH) return { kind: 'found', der: undefined }
  const shown = `${text.slice(0, 24)}… (${text.length} characters)`
  const expected = offer.tls
    ? 'unpadded base64 of a DER certificate'
    : 'nothing: the host asked for no certificate'
  const illegal = /[^A-Za-z0-9+/]/.exec(text)
  if (illegal !== null) {
    return refuse(
      'cert',
      6,
      expected,
      shown,
      `error parsing server cert: illegal base64 data at input byte ${illegal.index}`,
    )
  }
  const der = Buffer.from(text, 'base64')
  if (!looksLikeCertificate(der))
    return refuse('cert', 6, expected, shown, 'error parsing server cert: x509: malformed certificate')
  if (!offer.tls) {
    return refuse(
      'unasked-cert',
      6,
      expected,
      shown,
      'panic: runtime error: invalid memory address or nil pointer dereference',
      'server',
    )
  }
  return { kind: 'found', der }
}

/** What go-plugin 1.6.0 makes of the same line (recordings h-handshake-* of Grafana 10.4.3). */
function asOldGoPlugin(refusal: HandshakeRefusal): HandshakeRefusal {
  switch (refusal.class) {
    case 'core-parse':
    case 'core-version':
    case 'app-version':
    case 'protocol':
      return { ...refusal, error: refusal.error.slice(0, 1).toUpperCase() + refusal.error.slice(1) }
    case 'network':
      return {
        ...refusal,
        error: 'panic: runtime error: invalid memory address or nil pointer dereference',
        blast: 'server',
      }
    case 'address':
      return {
        ...refusal,
        class: 'unreachable',
        error:
          'connection error: desc = "transport: error while dialing: dial tcp: address <nil>: missing port in address"',
      }
    default:
      return refusal
  }
}

/** A DER SEQUENCE whose length is that of the text; go-plugin parses the whole of X.509, this suffices to tell certificates from junk. */
function looksLikeCertificate(der: Uint8Array): boolean {
  return der[0] === 0x30 && der[1] === 0x82 && ((der[2] ?? 0) << 8) + (der[3] ?? 0) + 4 === der.length
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

function refuse(
  kind: StartFaultClass,
  field: number | undefined,
  expected: string,
  found: string,
  error: string,
  blast: 'plugin' | 'server' = 'plugin',
): HandshakeRefusal {
  return { kind: 'refused', class: kind, field, expected, found, fix: fixes[kind] ?? '', error, blast }
}

/** Go's strings.TrimSpace knows U+0085 and does not know U+FEFF, unlike String.prototype.trim. */
function goTrimSpace(text: string): string {
  return text.replace(
    /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g,
    '',
  )
}

function atoiError(text: string): string {
  return `strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`
}

function goQuote(text: string): string {
  return JSON.stringify(text).replaceAll('\u{feff}', String.raw`\ufeff`)
}

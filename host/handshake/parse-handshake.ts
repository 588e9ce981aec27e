import { atoi } from './atoi.ts'
import { atoiError, goQuote, goTrimSpace } from './go-text.ts'
import type { Handshake } from './handshake.ts'
import type { HandshakeRefusal } from './handshake-refusal.ts'
import { refuse } from './handshake-refusal.ts'
import { asOldGoPlugin } from './old-go-plugin.ts'
import { readAddress } from './read-address.ts'
import { readCertificateField } from './read-certificate-field.ts'

export type { HandshakeRefusal } from './handshake-refusal.ts'

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
  const versions = refusedCore(core) ?? refusedApp(app, offer)
  if (versions !== undefined) return versions
  if (network !== 'tcp' && network !== 'unix') {
    const error = `unknown address type: ${address}`
    return refuse('network', 3, { expected: 'tcp or unix, lower case', found: network, error })
  }
  const where = readAddress(network, address)
  if (where.kind === 'refused') return where
  const spoken = protocol ?? 'netrpc'
  if (spoken !== 'grpc') {
    const found = protocol ?? 'no fifth field, which means netrpc'
    const error = `unsupported plugin protocol ${goQuote(spoken)}. Supported: [grpc]`
    return refuse('protocol', 5, { expected: 'grpc', found, error })
  }
  const certificate = readCertificateField(fields[5] ?? '', offer)
  if (certificate.kind === 'refused') return certificate
  return {
    kind: 'accepted',
    handshake: {
      line,
      fields,
      // Both have been read as numbers above.
      coreVersion: 1,
      appVersion: atoi(app) ?? 2,
      address: where.address,
      certificate: certificate.der,
    },
  }
}

function garbage(line: string, fields: number): HandshakeRefusal {
  const shown = `${JSON.stringify(line)} (${fields} ${fields === 1 ? 'field' : 'fields'})`
  return refuse('garbage', undefined, {
    expected: 'a line such as 1|2|tcp|127.0.0.1:43117|grpc',
    found: line === '' ? 'an empty line' : shown,
    error: `Unrecognized remote plugin message: ${line}`,
  })
}

/** How go-plugin goes on after the sentence about a wrong core version (go-plugin:client.go `Start`). */
const RECOMPILE =
  '\n\nTo fix this, the plugin usually only needs to be recompiled.\nPlease report this to the plugin author'

function refusedCore(core: string): HandshakeRefusal | undefined {
  const told = { expected: 'the number 1', found: core }
  const version = atoi(core)
  if (version === undefined)
    return refuse('core-parse', 1, {
      ...told,
      error: `error parsing core protocol version: ${atoiError(core)}`,
    })
  if (version === 1) return undefined
  const error = `incompatible core API version with plugin. Plugin version: ${core}, Core version: 1${RECOMPILE}`
  return refuse('core-version', 1, { ...told, error })
}

function refusedApp(app: string, { versions }: HandshakeOffer): HandshakeRefusal | undefined {
  const told = { expected: `the number ${versions.join(' or ')}`, found: app }
  const version = atoi(app)
  if (version === undefined)
    return refuse('app-parse', 2, {
      ...told,
      error: `Error parsing protocol version ${goQuote(app)}: ${atoiError(app)}`,
    })
  if (versions.includes(version)) return undefined
  const error = `incompatible API version with plugin. Plugin version: ${version}, Client versions: [${versions.join(' ')}]`
  return refuse('app-version', 2, { ...told, error })
}

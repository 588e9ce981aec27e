import type { X509Certificate } from 'node:crypto'

import { distrustOf } from '../tls/distrust.ts'
import type { TlsView } from '../tls/inspect-tls.ts'
import type { CertifiedKey } from '../tls/certified-key.ts'
import { describeCertificate, readCertificate } from '../tls/read-certificate.ts'
import type { StartFault } from './start-fault.ts'

/** What went wrong under AutoMTLS, in the order in which it can. */
export type TlsProblem =
  /** The start failed before TLS came into it; only a start without PLUGIN_CLIENT_CERT can tell whether TLS is the reason. */
  | 'startup'
  /** No certificate in field 6. */
  | 'not-offered'
  /** Field 6 is no certificate (LIFE-093). */
  | 'unreadable'
  /** A certificate is announced, and nobody presents one. */
  | 'no-tls'
  | 'another-certificate'
  | 'name'
  | 'purpose'
  | 'validity'
  /** No ALPN protocol h2 (LIFE-096). */
  | 'protocol'
  /** The plugin does not let the host in. */
  | 'client-refused'

/** The steps of AutoMTLS, for people who look for the one that failed. */
export const tlsSteps = {
  startup: 'read the client certificate',
  'not-offered': 'advertise the server certificate',
  unreadable: 'advertise the server certificate',
  'no-tls': 'present the server certificate',
  'another-certificate': 'present the server certificate',
  name: 'verify the server certificate',
  purpose: 'verify the server certificate',
  validity: 'verify the server certificate',
  protocol: 'negotiate HTTP/2',
  'client-refused': 'verify the client certificate',
} as const satisfies Readonly<Record<TlsProblem, string>>

/** The part of a start fault that is about AutoMTLS. */
export interface TlsFault {
  readonly problem: TlsProblem
  /** Curve and names of the certificate in PLUGIN_CLIENT_CERT. */
  readonly host: string
  /** Curve and names of the plugin's certificate, as far as it is known. */
  readonly plugin?: string
  /** How the same plugin does without PLUGIN_CLIENT_CERT, where that was tried. */
  readonly plaintext?: string
}

/** What a start fault says of a problem. */
export interface TlsFinding {
  readonly problem: TlsProblem
  readonly what: string
  readonly expected: string
  readonly found: string
  readonly fix: string
  readonly presented: X509Certificate | undefined
}

/** Judges the first connection as go-plugin's host and its gRPC library would; undefined when they would go on. */
export function judgeTls(view: TlsView, announced: X509Certificate): TlsFinding | undefined {
  const { presented, end } = view
  const ended = 'reason' in end ? end.reason : undefined
  if (ended !== undefined && NO_PROTOCOL.test(ended)) return noProtocol(ended, presented)
  if (ended !== undefined && CLIENT_REFUSED.test(ended)) return clientRefused(ended, presented)
  if (presented === undefined) {
    return {
      problem: 'no-tls',
      what: 'The plugin announces a certificate and presents none.',
      expected: 'a TLS server that presents the announced certificate',
      found: ended ?? 'no answer to the TLS handshake',
      fix: 'Serve TLS on the announced address, with the certificate of field 6 and its key; the host speaks TLS 1.2 and later and has a P-521 certificate.',
      presented,
    }
  }
  const distrust = distrustOf(presented, announced)
  if (distrust !== undefined)
    return {
      problem: distrust.kind,
      what: 'The host can not verify the certificate that the plugin presents.',
      expected: distrust.expected,
      found: distrust.found,
      fix: fixes[distrust.kind],
      presented,
    }
  if (ended !== undefined) return clientRefused(ended, presented)
  return view.alpn === 'h2' ? undefined : noProtocol(view.alpn ?? 'no ALPN protocol', presented)
}

/** Alerts by which a server refuses a client's certificate, in OpenSSL's words (RFC 8446 section 6.2). */
const CLIENT_REFUSED = /alert (.*certificate|unknown ca|access denied|decrypt error)/

/** The alert of a server that shares no ALPN protocol with its client (RFC 7301 section 3.2). */
const NO_PROTOCOL = /alert no application protocol/

function clientRefused(found: string, presented: X509Certificate | undefined): TlsFinding {
  return {
    problem: 'client-refused',
    what: 'The plugin does not let the host in with the certificate of PLUGIN_CLIENT_CERT.',
    expected: 'a server that trusts exactly the certificate of PLUGIN_CLIENT_CERT',
    found,
    fix: 'Use PLUGIN_CLIENT_CERT, a PEM with real line breaks, as the only root for client certificates; it is self-signed ECDSA on P-521, which older TLS libraries have to be told to take.',
    presented,
  }
}

function noProtocol(found: string, presented: X509Certificate | undefined): TlsFinding {
  return {
    problem: 'protocol',
    what: 'The plugin does not negotiate HTTP/2 in its TLS handshake.',
    expected: 'the ALPN protocol h2',
    found,
    fix: 'Offer h2 as ALPN protocol; grpc-go clients insist on it since version 1.67.',
    presented,
  }
}

/** Names both certificates. */
export function tlsFault(
  problem: TlsProblem,
  own: CertifiedKey,
  plugin: X509Certificate | undefined,
): TlsFault {
  const host = readCertificate(own.certificate)
  return {
    problem,
    host: host === undefined ? 'unreadable' : describeCertificate(host),
    ...(plugin === undefined ? {} : { plugin: describeCertificate(plugin) }),
  }
}

/** Any fault of a start that asked for AutoMTLS; whether TLS is the reason shows in a start that does not. */
export function underTls(fault: StartFault, own: CertifiedKey): StartFault {
  if (fault.tls !== undefined) return fault
  return { ...fault, grafanaLog: '', tls: tlsFault(problemOf(fault), own, undefined) }
}

function problemOf(fault: StartFault): TlsProblem {
  if (fault.class === 'cert') return 'unreadable'
  return fault.class === 'tls' ? 'not-offered' : 'startup'
}

/** What is left when a secured connection is good and nobody speaks behind it. */
export const mute: TlsFinding = {
  problem: 'no-tls',
  what: 'The plugin completes the TLS handshake and does not speak HTTP/2 behind it.',
  expected: 'HTTP/2 SETTINGS over TLS',
  found: 'nothing',
  fix: 'Serve gRPC behind TLS on exactly the address that the handshake names.',
  presented: undefined,
}

const fixes = {
  'another-certificate': 'Announce in field 6 the certificate that the server presents.',
  name: 'Put DNS:localhost among the alternative names of the certificate; a common name does not count.',
  purpose: 'Allow serverAuth in the extended key usage of the certificate.',
  validity: 'Make a new certificate at each start, valid from a little before now.',
} as const

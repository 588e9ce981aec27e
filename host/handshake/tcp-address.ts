/** What Go makes of the address of a TCP listener, short of resolving a name. */
export type TcpAddress =
  | { readonly kind: 'found'; readonly host: string; readonly port: number }
  /** Go resolves it, but nobody can listen there: every dial is refused. */
  | { readonly kind: 'nowhere'; readonly error: string }
  | { readonly kind: 'refused'; readonly error: string }

/** Reads an address as Go's `net.ResolveTCPAddr` does, with its words (go:src/net/ipsock.go, go:src/net/port.go; LIFE-046). */
export function readTcpAddress(text: string): TcpAddress {
  if (text === '') return { kind: 'nowhere', error: 'missing address' }
  const parts = splitHostPort(text)
  if ('error' in parts) return { kind: 'refused', error: `address ${text}: ${parts.error}` }
  const port = portNumber(parts.port)
  if (port === undefined) return { kind: 'refused', error: `lookup tcp/${parts.port}: unknown port` }
  if (port < 0 || port > 65_535) return { kind: 'refused', error: `address ${parts.port}: invalid port` }
  if (port === 0) return { kind: 'nowhere', error: 'connection refused' }
  return { kind: 'found', host: parts.host, port }
}

const MISSING_PORT = { error: 'missing port in address' } as const
const TOO_MANY_COLONS = { error: 'too many colons in address' } as const

/** go:src/net/ipsock.go `SplitHostPort`. */
function splitHostPort(
  text: string,
): { readonly host: string; readonly port: string } | { readonly error: string } {
  const colon = text.lastIndexOf(':')
  if (colon === -1) return MISSING_PORT
  const port = text.slice(colon + 1)
  if (!text.startsWith('[')) {
    const host = text.slice(0, colon)
    return host.includes(':') ? TOO_MANY_COLONS : withoutBrackets(text, text, { host, port })
  }
  const end = text.indexOf(']')
  if (end === -1) return { error: "missing ']' in address" }
  if (end + 1 === text.length) return MISSING_PORT
  if (end + 1 !== colon) return text[end + 1] === ':' ? TOO_MANY_COLONS : MISSING_PORT
  return withoutBrackets(text.slice(1), text.slice(end + 1), { host: text.slice(1, end), port })
}

function withoutBrackets<Parts>(
  opening: string,
  closing: string,
  parts: Parts,
): Parts | { readonly error: string } {
  if (opening.includes('[')) return { error: "unexpected '[' in address" }
  return closing.includes(']') ? { error: "unexpected ']' in address" } : parts
}

/** The names of ports that Go knows without /etc/services (go:src/net/lookup.go `services`); a host may know more. */
const namedPorts: Readonly<Record<string, number>> = {
  domain: 53,
  ftp: 21,
  ftps: 990,
  gopher: 70,
  http: 80,
  https: 443,
  imap2: 143,
  imap3: 220,
  imaps: 993,
  pop3: 110,
  pop3s: 995,
  smtp: 25,
  submissions: 465,
  ssh: 22,
  telnet: 23,
}

/** go:src/net/port.go `parsePort`: a missing port is 0, a sign is allowed. */
function portNumber(text: string): number | undefined {
  if (text === '') return 0
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  const name = text.toLowerCase()
  return Object.hasOwn(namedPorts, name) ? namedPorts[name] : undefined
}

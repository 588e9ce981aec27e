/** Where a plugin listens, as field 3 and 4 of its handshake say (LIFE-045, LIFE-046). */
export type Address =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string }

/** A handshake line that Grafana accepts, taken apart (lifecycle.md section 4). */
export interface Handshake {
  /** The line as it was printed, without its line end. */
  readonly line: string
  readonly fields: readonly string[]
  readonly coreVersion: number
  readonly appVersion: number
  readonly address: Address
  /** DER of the server certificate; only under AutoMTLS. */
  readonly certificate: Uint8Array | undefined
}

/** `127.0.0.1:4711`, `[::1]:4711` or `unix:/path`, for people. */
export function formatAddress(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`
}

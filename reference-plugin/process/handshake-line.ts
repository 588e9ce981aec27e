import type { BoundPlace, Env } from '../behaviour.ts'

/** go-plugin's own protocol, and Grafana's plugin protocol: the only ones there are (LIFE-043, LIFE-044). */
const CORE_PROTOCOL = 1
const PLUGIN_PROTOCOL = 2

/**
 * The line by which the host finds the plugin: `1|2|tcp|127.0.0.1:43117|grpc`.
 *
 * The sixth field is the certificate that a host with AutoMTLS asks for; an unasked one ends the whole server (LIFE-048). The
 * seventh only answers a host that asks whether the broker can multiplex (LIFE-049).
 */
export function handshakeLine(
  [network, address]: readonly [BoundPlace['kind'], string],
  certificate: string,
  env: Env,
): string {
  const fields = [CORE_PROTOCOL, PLUGIN_PROTOCOL, network, address, 'grpc']
  const multiplex = env['PLUGIN_MULTIPLEX_GRPC']
  const asked = multiplex !== undefined && multiplex !== ''
  if (asked || certificate !== '') fields.push(certificate)
  if (asked) fields.push('false')
  return `${fields.join('|')}\n`
}

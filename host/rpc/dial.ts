import { connect } from 'node:net'
import type { Socket } from 'node:net'

import type { Address } from '../handshake/handshake.ts'

/** Opens a plain connection to the announced address. */
export function dial(address: Address): Socket {
  return address.kind === 'unix'
    ? connect(socketPath(address.path))
    : connect({ host: reachable(address.host), port: address.port })
}

/** A leading `@` stands for an abstract socket of Linux, whose name begins with a zero byte (LIFE-086). */
export function socketPath(path: string): string {
  return path.startsWith('@') && process.platform === 'linux' ? `\0${path.slice(1)}` : path
}

/** An empty or unspecified host means this machine, as for Go's dialer (LIFE-046). */
export function reachable(host: string): string {
  if (host === '' || host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

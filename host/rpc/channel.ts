import { Client, credentials } from '@grpc/grpc-js'

import { within } from '../deadline.ts'
import type { Address } from '../handshake/handshake.ts'

/**
 * Opens a gRPC channel the way go-plugin does: plaintext, authority `unused`, no limit on messages, no retries, no keep-alive.
 *
 * Source: hashicorp/go-plugin:grpc_client.go (`dialGRPCConn`), LIFE-071, LIFE-076, LIFE-079, LIFE-090.
 */
export function openChannel(address: Address): Client {
  return new Client(target(address), credentials.createInsecure(), {
    'grpc.default_authority': 'unused',
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_retries': 0,
    // Each plugin process has a connection of its own, also when two happen to get the same port one after the other.
    'grpc.use_local_subchannel_pool': 1,
    'grpc.service_config_disable_resolution': 1,
  })
}

function target(address: Address): string {
  if (address.kind === 'unix') return `unix:${socketPath(address.path)}`
  const host = reachable(address.host)
  return host.includes(':') ? `ipv6:[${host}]:${address.port}` : `dns:${host}:${address.port}`
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

/** Resolves when the channel is ready, rejects at `deadline`. */
export async function whenReady(client: Client, milliseconds: number): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    client.waitForReady(Infinity, (error) => {
      if (error === undefined || error === null) resolve()
      else reject(error)
    })
  })
  // Whoever gives up closes the client, and that rejects the promise when nobody waits for it any more.
  ready.catch(() => {})
  const outcome = await within(ready, milliseconds)
  if (outcome.kind === 'late') throw new Error(`the connection was not ready within ${milliseconds} ms`)
}

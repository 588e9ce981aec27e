import { Client, credentials } from '@grpc/grpc-js'

import { within } from '../deadline.ts'
import type { Address } from '../handshake/handshake.ts'
import { TrustingCredentials } from '../tls/channel-credentials.ts'
import { SERVER_NAME } from '../tls/secure-socket.ts'
import type { TlsTrust } from '../tls/secure-socket.ts'
import { reachable, socketPath } from './dial.ts'

/**
 * Opens a gRPC channel the way go-plugin does: plaintext, authority `unused`, no limit on messages, no retries, no keep-alive.
 *
 * With `tls` the connections are secured and the authority is `localhost`, as under AutoMTLS.
 *
 * Source: hashicorp/go-plugin:grpc_client.go (`dialGRPCConn`), LIFE-071, LIFE-076, LIFE-079, LIFE-090.
 */
export function openChannel(address: Address, tls?: TlsTrust): Client {
  const secured = tls === undefined ? credentials.createInsecure() : new TrustingCredentials(tls)
  return new Client(target(address), secured, {
    'grpc.default_authority': tls === undefined ? 'unused' : SERVER_NAME,
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

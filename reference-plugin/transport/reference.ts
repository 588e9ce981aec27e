import { ServerCredentials, status } from '@grpc/grpc-js'

import type { TransportBehaviour } from '../behaviour.ts'
import { RpcError } from '../rpc-error.ts'
import { shortText } from './short-text.ts'

/** What the Go SDK accepts (LIFE-077); grpc-js alone would stop at 4 MiB. */
const MAX_RECEIVE_BYTES = 16 * 1024 * 1024

/** No limit but that of the format (LIFE-078). */
const UNLIMITED = -1

/** Plain gRPC that lets everybody in and drops nobody; behind TLS the host alone. */
export const referenceTransport: TransportBehaviour = {
  serverOptions: () => ({
    'grpc.max_receive_message_length': MAX_RECEIVE_BYTES,
    'grpc.max_send_message_length': UNLIMITED,
    'grpc.enable_channelz': 0,
  }),
  credentials({ tls, behaviour, world }) {
    if (tls === null) return ServerCredentials.createInsecure()
    const key = tls.key.export({ type: 'pkcs8', format: 'pem' })
    return ServerCredentials.createSsl(
      Buffer.from(behaviour.tls.trusted(world.env)),
      [{ private_key: Buffer.from(key), cert_chain: Buffer.from(tls.pem) }],
      true,
    )
  },
  onServer: () => {},
  onConnection: () => 'accept',
  onConnectionLost: () => {},
  refusal: () => null,
  receive: (bytes) => bytes,
  send: (bytes) => bytes,
  onUndecodable: (error, path, running) => {
    running.log.error('Request is not protobuf', { method: path, error: shortText(error) })
  },
  fault(error, call) {
    // What a handler throws after its call has ended is only an echo of that end.
    const cause: unknown = call.signal.aborted ? call.signal.reason : error
    if (cause instanceof RpcError) return { code: cause.code, details: shortText(cause) }
    return { code: status.INTERNAL, details: `the plugin failed: ${shortText(cause)}` }
  },
}

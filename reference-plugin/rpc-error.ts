import type { status } from '@grpc/grpc-js'

/**
 * A gRPC status that a handler throws on purpose.
 *
 * Only for calls that have no field for an error (CONV-004) or that are not offered (ERR-001); everything else is
 * answered in band (ERR-006).
 */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: status

  constructor(code: status, message: string) {
    super(message)
    this.code = code
  }
}

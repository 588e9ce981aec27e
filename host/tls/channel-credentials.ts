import type { Socket } from 'node:net'

import { CallCredentials, ChannelCredentials } from '@grpc/grpc-js'
import type { experimental } from '@grpc/grpc-js'

import { secureSocket } from './secure-socket.ts'
import type { TlsTrust } from './secure-socket.ts'

/**
 * Channel credentials that trust a plugin exactly as go-plugin's host does.
 *
 * grpc-js's own leave the judgement of certificates to OpenSSL, which refuses some that Go takes (see `distrustOf`), and don't insist
 * on ALPN as grpc-go does (LIFE-096).
 */
export class TrustingCredentials extends ChannelCredentials {
  readonly #trust: TlsTrust

  constructor(trust: TlsTrust) {
    super()
    this.#trust = trust
  }

  override _isSecure(): boolean {
    return true
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other
  }

  override _createSecureConnector(
    _target: unknown,
    _options: unknown,
    calls: CallCredentials = CallCredentials.createEmpty(),
  ): experimental.SecureConnector {
    return {
      connect: async (socket: Socket) => ({ socket: await secureSocket(socket, this.#trust), secure: true }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => calls,
      destroy: () => {},
    }
  }
}

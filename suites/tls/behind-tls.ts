import { connect, createServer as createPlainServer } from 'node:net'
import type { Duplex } from 'node:stream'
import { createServer } from 'node:tls'
import type { TLSSocket, TlsOptions } from 'node:tls'

import { ServerCredentials } from '@grpc/grpc-js'

import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { behindServer } from '../lifecycle/front.ts'

/** The plugin behind a TLS server of other habits, for misdeeds that grpc-js does not commit. */
export function behindTls(
  base: Behaviour,
  habits: TlsOptions & { readonly welcome?: (client: TLSSocket) => boolean },
): Behaviour {
  const { welcome = () => true, ...options } = habits
  const fronted = behindServer(base, (place, running) => {
    const pass = (outer: Duplex): void => {
      const inner = connect({ ...place, noDelay: true })
      inner.on('error', () => outer.destroy())
      inner.once('close', () => outer.destroy())
      outer.on('error', () => {})
      outer.once('close', () => inner.destroy())
      outer.pipe(inner).pipe(outer)
    }
    if (running.tls === null) return createPlainServer({ noDelay: true }, pass)
    const server = createServer(
      {
        key: running.tls.key.export({ type: 'pkcs8', format: 'pem' }),
        cert: running.tls.pem,
        ca: base.tls.trusted(running.world.env),
        requestCert: true,
        ALPNProtocols: ['h2'],
        ...options,
      },
      (client) => {
        if (welcome(client)) pass(client)
        else client.destroy()
      },
    )
    server.on('tlsClientError', () => {})
    return server
  })
  return {
    ...fronted,
    tls: base.tls,
    transport: { ...base.transport, credentials: () => ServerCredentials.createInsecure() },
  }
}

import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'

import type { Behaviour, BoundPlace } from '../../reference-plugin/behaviour.ts'
import type { Running } from '../../reference-plugin/running.ts'

/** What sits between the host and the plugin: sees each connection with its number, from 1, and connects it to the plugin. */
export type Front = (connection: Socket, number: number, toPlugin: () => Socket, running: Running) => void

/** The plugin behind a front that listens at the announced address: for misdeeds below gRPC. */
export function behindFront(base: Behaviour, front: Front): Behaviour {
  return behindServer(base, (place, running) => {
    let count = 0
    // Small writes must not wait for each other: flow control makes a round trip of every 64 KiB.
    return createServer({ noDelay: true }, (connection) => {
      connection.on('error', () => {})
      const toPlugin = (): Socket => {
        const inner = connect({ ...place, noDelay: true })
        inner.on('error', () => connection.destroy())
        inner.once('close', () => connection.destroy())
        connection.once('close', () => inner.destroy())
        return inner
      }
      front(connection, ++count, toPlugin, running)
    })
  })
}

/** The plugin behind any server; `create` is told where the plugin itself listens. */
export function behindServer(
  base: Behaviour,
  create: (plugin: { readonly host: string; readonly port: number }, running: Running) => Server,
): Behaviour {
  return {
    ...base,
    // A front that reads what passes can't do so behind TLS, which nobody has to offer (LIFE-092).
    tls: { ...base.tls, pair: () => null },
    process: {
      ...base.process,
      async start(steps, running) {
        const bound = await steps.listen({ kind: 'tcp', host: '127.0.0.1', port: 0 })
        if (bound.kind !== 'tcp') throw new TypeError('asked for TCP')
        await steps.announce(await listen(create({ host: bound.host, port: bound.port }, running), running))
      },
    },
  }
}

function listen(server: Server, running: Running): Promise<BoundPlace> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  running.ended.addEventListener('abort', () => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      resolve({ kind: 'tcp', host: '127.0.0.1', port })
    })
  })
}

import { once } from 'node:events'
import { chmodSync, chownSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'

import type { BoundPlace, ListenPlace } from '../behaviour.ts'

/** `PLUGIN_UNIX_SOCKET_GROUP` asks for this mode (LIFE-084). */
const GROUP_SOCKET_MODE = 0o660

/** A listening socket and the connections that came through it. */
export class Listener {
  readonly connections = new Set<Socket>()
  readonly #server: Server
  #closed = false

  constructor(accept: (socket: Socket) => void, onLost: (socket: Socket) => void) {
    // Small answers must not wait for more to come.
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.connections.add(socket)
      // A connection may break at any time; that is the host's right and no fault of anybody's.
      socket.on('error', () => {})
      socket.once('close', () => {
        this.connections.delete(socket)
        onLost(socket)
      })
      accept(socket)
    })
  }

  /** Resolves once connections are accepted; rejects if the place can't be had. */
  async listen(place: ListenPlace): Promise<BoundPlace> {
    if (place.kind === 'unix') {
      await this.#open(() => this.#server.listen(place.path))
      if (place.group !== null) {
        chownSync(place.path, -1, place.group)
        chmodSync(place.path, GROUP_SOCKET_MODE)
      }
      return { kind: 'unix', path: place.path }
    }
    await this.#open(() => this.#server.listen(place.port, place.host))
    const bound = this.#server.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : place.port
    return { kind: 'tcp', host: place.host, port }
  }

  /** Accepts nothing more; Node removes the file of a unix socket with it (LIFE-085). */
  close(): void {
    this.#closed = true
    this.#server.close()
  }

  /** Breaks all connections, without a farewell on any of them. */
  drop(): void {
    for (const socket of this.connections) socket.destroy()
  }

  async #open(begin: () => void): Promise<void> {
    begin()
    await once(this.#server, 'listening')
    if (!this.#closed) return
    // Whoever closed it could not know that it was about to open.
    this.#server.close()
    throw new Error('The plugin ended before it listened.')
  }
}

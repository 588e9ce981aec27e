import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { once } from 'node:events'

/** A backend on loopback that accepts connections and never says a word. */
export class UnhelpfulBackend implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #connections = 0

  /** `closes` ends every connection at once; `is-silent` keeps it open. */
  private constructor(manner: 'closes' | 'is-silent') {
    this.#server = createServer((socket) => {
      this.#connections += 1
      // Whoever connects may go at any time.
      socket.on('error', () => {})
      if (manner === 'closes') {
        socket.destroy()
        return
      }
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      socket.resume()
    })
  }

  static async start(manner: 'closes' | 'is-silent'): Promise<UnhelpfulBackend> {
    const backend = new UnhelpfulBackend(manner)
    backend.#server.listen(0, '127.0.0.1')
    await once(backend.#server, 'listening')
    return backend
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new TypeError('the backend has no port')
    return `http://127.0.0.1:${address.port}`
  }

  /** How often somebody connected. */
  get connections(): number {
    return this.#connections
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { once } from 'node:events'

/** How long a client may be silent until the backend hangs up: some wait for a greeting before they say anything. */
const PATIENCE_MS = 50

/** A backend on loopback that accepts connections and never says a word. */
export class UnhelpfulBackend implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #connections = 0

  /** `closes` hangs up at the first byte, or soon when none comes; `is-silent` keeps connections open. */
  private constructor(manner: 'closes' | 'is-silent') {
    this.#server = createServer((socket) => {
      this.#connections += 1
      // Whoever connects may go at any time.
      socket.on('error', () => {})
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      if (manner === 'closes') hangUp(socket)
      else socket.resume()
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

/** Not at once: the HTTP client of Node 20 never notices a connection that is closed before it has looked at it. */
function hangUp(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS)
  socket.once('data', () => socket.destroy())
  socket.once('close', () => clearTimeout(timer))
}

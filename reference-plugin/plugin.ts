import { setMaxListeners } from 'node:events'

import { Server } from '@grpc/grpc-js'

import type { Behaviour, BoundPlace, ListenPlace } from './behaviour.ts'
import { createCounters } from './diagnostics/create-counters.ts'
import { createInstances } from './instances/create-instances.ts'
import { createLog } from './logs/create-log.ts'
import type { Running } from './running.ts'
import { addServices } from './services.ts'
import { Listener } from './transport/listener.ts'
import type { World } from './world.ts'

/** After Shutdown, answers under way get this long; the host waits 2 s and the target is 1 s (LIFE-161). */
const GRACE_MS = 500

/** One running copy of the plugin: a gRPC server behind a listening socket, and the way to end both. */
export class Plugin implements Running {
  readonly behaviour: Behaviour
  readonly world: World
  readonly log: Running['log']
  readonly instances: Running['instances']
  readonly counters: Running['counters']
  readonly tls: Running['tls']
  readonly startedAt = Date.now()
  readonly #end = new AbortController()
  readonly #server: Server
  readonly #listener: Listener

  constructor(behaviour: Behaviour, world: World) {
    this.behaviour = behaviour
    this.world = world
    this.log = createLog(behaviour, world.stderr)
    this.instances = createInstances(behaviour)
    this.counters = createCounters()
    this.tls = behaviour.tls.pair(world.env)
    // Each open call listens for the end, and there may be hundreds (LIFE-087).
    setMaxListeners(0, this.#end.signal)
    this.#server = new Server(behaviour.transport.serverOptions(this))
    addServices(this.#server, this)
    behaviour.transport.onServer(this.#server, this)
    const injector = this.#server.createConnectionInjector(behaviour.transport.credentials(this))
    this.#listener = new Listener(
      (socket) => {
        const verdict = behaviour.transport.onConnection(socket, this)
        if (verdict === 'accept') injector.injectConnection(socket)
        else if (verdict === 'refuse') socket.destroy()
      },
      () => {
        if (!this.ended.aborted) behaviour.transport.onConnectionLost(this)
      },
    )
  }

  get ended(): AbortSignal {
    return this.#end.signal
  }

  get connections(): Running['connections'] {
    return this.#listener.connections
  }

  async listen(place: ListenPlace): Promise<BoundPlace> {
    return this.#listener.listen(place)
  }

  stopListening(): void {
    this.#listener.close()
  }

  stop(code: number): void {
    // The call that asks for the end gets its answer first.
    setImmediate(() => {
      this.#listener.close()
      this.#end.abort()
      const deadline = setTimeout(() => this.exit(code), GRACE_MS)
      this.#server.tryShutdown(() => {
        clearTimeout(deadline)
        this.exit(code)
      })
    })
  }

  exit(code: number): void {
    this.drop()
    this.world.exit(code)
  }

  /** Leaves nothing behind, but does not exit: what SIGKILL does to a process. */
  drop(): void {
    this.#listener.drop()
    this.#listener.close()
    this.#end.abort()
    this.#server.forceShutdown()
  }
}

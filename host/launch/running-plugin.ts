import type { Client } from '@grpc/grpc-js'

import type { Budgets } from '../budgets.ts'
import { within } from '../deadline.ts'
import type { Address, Handshake } from '../handshake/handshake.ts'
import { exitRecord } from '../logs/exit-record.ts'
import type { CallOptions, CallerEnvironment } from '../rpc/caller.ts'
import { callBytes } from '../rpc/caller.ts'
import { openChannel, whenReady } from '../rpc/channel.ts'
import type { PacketStream } from '../rpc/packet-stream.ts'
import { pluginServices } from '../rpc/plugin-services.ts'
import type { PluginServices } from '../rpc/plugin-services.ts'
import type { TlsTrust } from '../tls/secure-socket.ts'
import type { Connection, Plugin, PluginOutput, StopReport } from './plugin.ts'
import type { Exit, PluginProcess, PluginSignal } from './plugin-process.ts'
import type { PluginStreams } from './plugin-streams.ts'
import { SideStreams } from './side-streams.ts'
import type { StartOptions } from './start-options.ts'
import { stopPlugin } from './stop-plugin.ts'

/** A broken connection and the exit of its process reach us in any order; both are there within this time (LIFE-153: 6 ms). */
const EXIT_MOMENT_MS = 250

/** What a start has produced. */
export interface RunningParts {
  readonly options: StartOptions
  readonly client: Client
  readonly address: Address
  readonly tls: TlsTrust | undefined
  readonly refusedFirst: boolean
  readonly handshake: Handshake | undefined
  readonly process: PluginProcess | undefined
  readonly streams: PluginStreams | undefined
  readonly startMs: number
}

/** State that all views of one plugin share. */
interface Shared {
  client: Client
  side: SideStreams
  exit: Exit | undefined
  readonly gone: Promise<Exit>
  /** Connections that were opened besides the host's own and not closed yet. */
  readonly further: Set<Client>
  calls: number
  stop: Promise<StopReport> | undefined
  stopping: boolean
}

const nothingPrinted: PluginOutput = { stdout: [], log: [] }

/** The one implementation of `Plugin`: started or attached. */
export class RunningPlugin implements Plugin {
  readonly data: PluginServices['data']
  readonly resource: PluginServices['resource']
  readonly diagnostics: PluginServices['diagnostics']
  readonly stream: PluginServices['stream']
  readonly admission: PluginServices['admission']
  readonly conversion: PluginServices['conversion']
  readonly health: PluginServices['health']
  readonly controller: PluginServices['controller']
  readonly stdio: PluginServices['stdio']
  readonly broker: PluginServices['broker']
  readonly #parts: RunningParts
  readonly #shared: Shared
  readonly #tag: string | undefined

  constructor(parts: RunningParts, view?: { readonly shared: Shared; readonly tag: string }) {
    this.#parts = parts
    this.#tag = view?.tag
    this.#shared = view?.shared ?? this.#begin()
    const services = pluginServices(this.#environment())
    this.data = services.data
    this.resource = services.resource
    this.diagnostics = services.diagnostics
    this.stream = services.stream
    this.admission = services.admission
    this.conversion = services.conversion
    this.health = services.health
    this.controller = services.controller
    this.stdio = services.stdio
    this.broker = services.broker
    if (view === undefined) this.#shared.side = new SideStreams(this, parts.options)
  }

  get name(): string {
    return this.#parts.options.name
  }

  get process(): PluginProcess | undefined {
    return this.#parts.process
  }

  get handshake(): Handshake | undefined {
    return this.#parts.handshake
  }

  get address(): Address {
    return this.#parts.address
  }

  get tls(): TlsTrust | undefined {
    return this.#parts.tls
  }

  get startMs(): number {
    return this.#parts.startMs
  }

  get refusedFirstConnection(): boolean {
    return this.#parts.refusedFirst
  }

  get output(): PluginOutput {
    return this.#parts.streams ?? nothingPrinted
  }

  get exit(): Exit | undefined {
    return this.#shared.exit
  }

  get gone(): Promise<Exit> {
    return this.#shared.gone
  }

  as(tag: string, budgets: Budgets = this.#parts.options.budgets): Plugin {
    const parts = { ...this.#parts, options: { ...this.#parts.options, budgets } }
    return new RunningPlugin(parts, { shared: this.#shared, tag })
  }

  sendBytes(path: string, bytes: Uint8Array, options?: CallOptions): PacketStream<Uint8Array> {
    return callBytes(
      this.#environment(),
      { path, bytes, message: bytes, decode: (answer) => answer },
      options,
    )
  }

  async connect(): Promise<Connection> {
    const client = openChannel(this.address, this.tls)
    try {
      await whenReady(client, this.#parts.options.budgets.connect)
    } catch (error) {
      // It would go on trying, and keep this process alive.
      client.close()
      throw error
    }
    this.#shared.further.add(client)
    const services = pluginServices({ ...this.#environment(), client })
    return {
      ...services,
      [Symbol.asyncDispose]: async () => {
        this.#shared.further.delete(client)
        client.close()
      },
    }
  }

  kill(signal: PluginSignal): void {
    this.#endIsWanted()
    this.process?.kill(signal)
  }

  closePipes(): void {
    this.#endIsWanted()
    this.process?.stdout.destroy()
    this.process?.stderr.destroy()
  }

  disconnect(): void {
    // A channel with open calls would keep its connection; the streams are not opened again, as in Grafana (LIFE-073).
    this.#shared.side.close()
    this.#shared.client.close()
  }

  async reconnect(): Promise<void> {
    this.disconnect()
    this.#shared.client = openChannel(this.address, this.tls)
    await whenReady(this.#shared.client, this.#parts.options.budgets.connect)
  }

  stop(): Promise<StopReport> {
    this.#shared.stopping = true
    this.#shared.stop ??= stopPlugin(this, {
      client: this.#shared.client,
      closed: this.#parts.streams?.closed ?? Promise.resolve(),
      side: this.#shared.side,
      options: this.#parts.options,
    }).finally(() => {
      for (const client of this.#shared.further) client.close()
    })
    return this.#shared.stop
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  #begin(): Shared {
    const { process, streams, client, options } = this.#parts
    const shared: Shared = {
      client,
      side: SideStreams.none,
      exit: undefined,
      gone:
        process === undefined
          ? new Promise(() => {})
          : Promise.all([process.exited, streams?.closed]).then(([exit]) => exit),
      further: new Set(),
      calls: 0,
      stop: undefined,
      stopping: false,
    }
    void process?.exited.then((exit) => {
      shared.exit = exit
      options.sink({
        kind: 'exit',
        origin: 'plugin',
        at: options.now(),
        process: options.name,
        tag: undefined,
        exit,
        wanted: shared.stopping,
        record: exitRecord(exit, process),
      })
    })
    return shared
  }

  /** From here on the host wants the end of the process, or takes it as it comes. */
  #endIsWanted(): void {
    const { options } = this.#parts
    if (!this.#shared.stopping)
      options.sink({
        kind: 'stopping',
        origin: 'host',
        at: options.now(),
        process: options.name,
        tag: this.#tag,
      })
    this.#shared.stopping = true
  }

  #environment(): CallerEnvironment {
    const { options, process } = this.#parts
    const shared = this.#shared
    return {
      get client() {
        return shared.client
      },
      process: options.name,
      tag: this.#tag,
      sink: options.sink,
      now: options.now,
      nextCall: () => ++shared.calls,
      budgetMs: options.budgets.call,
      spans: options.spans,
      signal: options.signal,
      async goneProcess() {
        if (process === undefined || shared.exit !== undefined) return shared.exit
        const exit = await within(process.exited, EXIT_MOMENT_MS)
        return exit.kind === 'settled' ? exit.value : undefined
      },
    }
  }
}

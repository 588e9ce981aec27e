import type { Address } from '../../host/handshake/handshake.ts'
import type { Plugin, StartOutcome } from '../../host/launch/plugin.ts'
import { attachPlugin } from '../../host/launch/attach-plugin.ts'
import { startFor } from './contexts.ts'
import type { RunWorld } from './run-world.ts'

/** The process that shared cases talk to; it is started anew when it has died, as Grafana does (LIFE-150). */
export class SharedProcess implements AsyncDisposable {
  readonly #world: RunWorld
  readonly #all: Plugin[] = []
  #current: Promise<StartOutcome> | undefined

  constructor(world: RunWorld) {
    this.#world = world
  }

  /** The running process, or why there is none. */
  async get(): Promise<StartOutcome> {
    this.#current ??= this.#start()
    const current = this.#current
    const outcome = await current
    const gone =
      outcome.kind === 'up' && outcome.plugin.exit !== undefined && !(await answers(outcome.plugin))
    if (!gone) return outcome
    // Many cases find the same process dead; the first of them starts the one that all of them get.
    if (this.#current === current) this.#current = this.#start()
    return this.#current
  }

  async #start(): Promise<StartOutcome> {
    const { subject } = this.#world.options
    const name = `shared-${this.#all.length + 1}`
    const outcome =
      subject.address === undefined
        ? await startFor(this.#world, name)
        : await this.#attach(subject.address, name)
    if (outcome.kind === 'up') this.#all.push(outcome.plugin)
    return outcome
  }

  #attach(address: Address, name: string): Promise<StartOutcome> {
    const { options, see, now, spans, signal } = this.#world
    return attachPlugin(address, { name, budgets: options.budgets, sink: see, now, spans, signal })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#current
    await Promise.all(this.#all.map((plugin) => plugin.stop()))
  }
}

/** A process may have ended while the server that its handshake named lives elsewhere (LIFE-183). */
async function answers(plugin: Plugin): Promise<boolean> {
  const result = await plugin.health.check({ service: 'plugin' }, { budgetMs: 1_000 })
  return result.kind === 'answered' || (result.kind === 'failed' && result.code !== 14)
}

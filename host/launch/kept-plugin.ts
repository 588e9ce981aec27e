import type { Plugin, StartOutcome, StopReport } from './plugin.ts'
import type { StartFault } from './start-fault.ts'
import type { Ticker } from './ticker.ts'

/** What becomes of a call to a plugin that may be dead, or about to be started again (LIFE-153). */
export type KeptCall<Answer> =
  | { readonly kind: 'called'; readonly answer: Answer }
  /** No process, or one whose restart failed: Grafana answers 500 "Plugin unavailable" at once, without a call. */
  | { readonly kind: 'unavailable' }
  /** Decommissioned: Grafana does not find the plugin any more (LIFE-169). */
  | { readonly kind: 'not-found' }

/** How a kept plugin is doing. */
export type KeptState =
  | { readonly kind: 'running'; readonly plugin: Plugin }
  /** Dead until the next tick. */
  | { readonly kind: 'exited' }
  | { readonly kind: 'restarting' }
  /** The restart failed; the next tick tries again. */
  | { readonly kind: 'refused'; readonly fault: StartFault }
  /** The file could not be run: nobody tries again, not even when it is back, and calls go to a dead address (LIFE-154). */
  | { readonly kind: 'given-up'; readonly fault: StartFault }
  | { readonly kind: 'decommissioned' }

/** What a kept plugin needs to be kept. */
export interface KeptParts {
  readonly plugin: Plugin
  /** Starts a fresh process. */
  readonly start: () => Promise<StartOutcome>
  readonly ticker: Ticker
}

/**
 * A plugin that is started again when its process has ended, with whatever status, without back-off or limit (LIFE-150).
 *
 * Source: grafana:pkg/plugins/manager/process/process.go (`keepPluginAlive`), grafana:…/grpcplugin/grpc_plugin.go.
 */
export class KeptPlugin implements AsyncDisposable {
  readonly #start: KeptParts['start']
  readonly #stopTicker: () => void
  /** Dead ones of which the traces are being cleared away. */
  readonly #clearing = new Set<Promise<unknown>>()
  /** The last one that was up; dead or alive. */
  #plugin: Plugin
  #state: KeptState
  #restart: Promise<void> | undefined
  #stop: Promise<StopReport> | undefined
  #decommissioned = false

  constructor({ plugin, start, ticker }: KeptParts) {
    this.#start = start
    this.#plugin = plugin
    this.#state = this.#keep(plugin)
    this.#stopTicker = ticker(() => this.#look())
  }

  get state(): KeptState {
    return this.#decommissioned ? { kind: 'decommissioned' } : this.#state
  }

  /**
   * Makes a call as Grafana does: it waits for a restart under way, and is not made at all without a process.
   *
   * A plugin whose descendant holds the pipes counts as running, and so does one that can't be run any more (LIFE-011, LIFE-154).
   */
  async call<Answer>(make: (plugin: Plugin) => Answer | Promise<Answer>): Promise<KeptCall<Answer>> {
    if (this.#decommissioned) return { kind: 'not-found' }
    await this.#restart
    const { kind } = this.#state
    if (kind !== 'running' && kind !== 'given-up') return { kind: 'unavailable' }
    return { kind: 'called', answer: await make(this.#plugin) }
  }

  /** Takes the plugin out of service for good: nobody finds it, and nobody starts it again (LIFE-169). */
  decommission(): void {
    this.#decommissioned = true
    this.#stopTicker()
  }

  /** Decommissions, then stops what runs as Grafana does (LIFE-160); a restart under way is waited for. */
  stop(): Promise<StopReport> {
    this.decommission()
    this.#stop ??= this.#end()
    return this.#stop
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  #look(): Promise<void> {
    const dead = this.#state.kind === 'exited' || this.#state.kind === 'refused'
    if (this.#decommissioned || !dead || this.#restart !== undefined)
      return this.#restart ?? Promise.resolve()
    this.#restart = this.#startAgain().finally(() => {
      this.#restart = undefined
    })
    return this.#restart
  }

  async #startAgain(): Promise<void> {
    this.#state = { kind: 'restarting' }
    const outcome = await this.#start()
    if (outcome.kind === 'refused') {
      const { fault } = outcome
      this.#state = fault.class === 'exec' ? { kind: 'given-up', fault } : { kind: 'refused', fault }
      return
    }
    // Not earlier: a new process has to cope with whatever the dead one has left (LIFE-152).
    const cleared = this.#plugin.stop().finally(() => this.#clearing.delete(cleared))
    this.#clearing.add(cleared)
    this.#plugin = outcome.plugin
    this.#state = this.#keep(outcome.plugin)
  }

  #keep(plugin: Plugin): KeptState {
    void plugin.gone.then(() => {
      if (this.#state.kind === 'running' && this.#state.plugin === plugin) this.#state = { kind: 'exited' }
    })
    return { kind: 'running', plugin }
  }

  async #end(): Promise<StopReport> {
    await this.#restart
    const report = await this.#plugin.stop()
    await Promise.all(this.#clearing)
    return report
  }
}

import type { HostEvent } from '../host/events.ts'

/** Nobody reads more of one conversation, and a plugin may log for ever. */
const MOST_EVENTS = 20_000

/** What was said for one case, or by one process outside of all cases. */
export interface Conversation {
  readonly tag: string
  readonly events: readonly HostEvent[]
  /** Events after these that were not kept. */
  readonly more: number
}

/** Sorts the events of a run by conversation and keeps the beginning of each. */
export class Conversations {
  readonly #all = new Map<string, { readonly events: HostEvent[]; more: number }>()

  see(event: HostEvent): void {
    // What belongs to no case (start, log lines, exit) is the conversation of the process.
    const tag = event.tag ?? `process ${event.process}`
    const one = this.#all.get(tag) ?? { events: [], more: 0 }
    this.#all.set(tag, one)
    // The end is always told: what came before it may be a flood.
    if (one.events.length < MOST_EVENTS || event.kind === 'exit') one.events.push(event)
    else one.more += 1
  }

  /** In the order of their first events. */
  get all(): readonly Conversation[] {
    return [...this.#all].map(([tag, { events, more }]) => ({ tag, events, more }))
  }
}

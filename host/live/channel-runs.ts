/** What Grafana does for one Live channel of a plugin, step by step (STREAM-201 to 205; grafana:pkg/services/live/runstream/manager.go). */
export interface ChannelRun<Subscriber> {
  /** Who gets the packets, in the order in which they came. */
  readonly subscribers: readonly Subscriber[]
  readonly stream:
    | { readonly kind: 'idle' }
    /** A RunStream call is open; it began at `since`, with user and data of the subscriber who started it. */
    | { readonly kind: 'running'; readonly since: number; readonly startedBy: Subscriber }
    /** The next attempt comes after a pause. */
    | { readonly kind: 'pausing'; readonly startedBy: Subscriber }
  /** Looks in a row at which nobody was there. */
  readonly misses: number
  /** Attempts in a row that failed within `FAST_FAILURE_MS`. */
  readonly failures: number
}

/** What happens to a channel. `at` is a time in milliseconds. */
export type ChannelEvent<Subscriber> =
  /** The plugin admitted a subscriber. */
  | { readonly kind: 'subscribed'; readonly subscriber: Subscriber; readonly at: number }
  | { readonly kind: 'left'; readonly subscriber: Subscriber }
  /** `LOOK_MS` have passed since the last look. */
  | { readonly kind: 'look' }
  /** The plugin sent a packet. */
  | { readonly kind: 'packet'; readonly data: string }
  /** RunStream ended without the host's doing. */
  | { readonly kind: 'ended'; readonly well: boolean; readonly at: number }
  /** The pause before the next attempt is over. */
  | { readonly kind: 'pause-over'; readonly at: number }

/** What the host has to do. */
export type ChannelOrder<Subscriber> =
  | { readonly kind: 'run'; readonly startedBy: Subscriber }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'send'; readonly to: Subscriber; readonly data: string }

/** A channel of which nobody has heard. */
export function idleChannel<Subscriber>(): ChannelRun<Subscriber> {
  return { subscribers: [], stream: { kind: 'idle' }, misses: 0, failures: 0 }
}

/** How often Grafana looks for subscribers (defaultCheckInterval). */
export const LOOK_MS = 5_000
/** Looks without anybody after which RunStream is cancelled (defaultMaxChecks). */
export const MOST_MISSES = 3
/** An attempt that lasted at least this long was no failure at once (streamDurationThreshold). */
export const FAST_FAILURE_MS = 100
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

/** The next state of a channel, and what to do, in this order. */
export function nextOfChannel<Subscriber>(
  run: ChannelRun<Subscriber>,
  event: ChannelEvent<Subscriber>,
): readonly [ChannelRun<Subscriber>, ...ChannelOrder<Subscriber>[]] {
  switch (event.kind) {
    case 'subscribed': {
      const joined = { ...run, subscribers: [...run.subscribers, event.subscriber], misses: 0 }
      if (run.stream.kind !== 'idle') return [joined]
      return [
        { ...joined, stream: { kind: 'running', since: event.at, startedBy: event.subscriber }, failures: 0 },
        { kind: 'run', startedBy: event.subscriber },
      ]
    }
    case 'left':
      return [{ ...run, subscribers: run.subscribers.filter((one) => one !== event.subscriber) }]
    case 'look':
      return afterLook(run)
    case 'packet':
      return [run, ...run.subscribers.map((to) => ({ kind: 'send', to, data: event.data }) as const)]
    case 'ended':
      return afterEnd(run, event)
    case 'pause-over': {
      if (run.stream.kind !== 'pausing') return [run]
      const { startedBy } = run.stream
      return [
        { ...run, stream: { kind: 'running', since: event.at, startedBy } },
        { kind: 'run', startedBy },
      ]
    }
    default:
      return event satisfies never
  }
}

function afterLook<Subscriber>(
  run: ChannelRun<Subscriber>,
): readonly [ChannelRun<Subscriber>, ...ChannelOrder<Subscriber>[]] {
  if (run.stream.kind === 'idle') return [run]
  if (run.subscribers.length > 0) return [{ ...run, misses: 0 }]
  const misses = run.misses + 1
  if (misses < MOST_MISSES) return [{ ...run, misses }]
  return [{ ...idleChannel<Subscriber>() }, { kind: 'cancel' }]
}

function afterEnd<Subscriber>(
  run: ChannelRun<Subscriber>,
  { well, at }: { readonly well: boolean; readonly at: number },
): readonly [ChannelRun<Subscriber>, ...ChannelOrder<Subscriber>[]] {
  if (run.stream.kind !== 'running') return [run]
  if (well) return [{ ...run, stream: { kind: 'idle' }, failures: 0 }]
  const fast = at - run.stream.since < FAST_FAILURE_MS
  const failures = fast ? run.failures + 1 : 0
  return [
    { ...run, stream: { kind: 'pausing', startedBy: run.stream.startedBy }, failures },
    { kind: 'pause', ms: pauseAfter(failures) },
  ]
}

/** 0, 200, 400, 800, 1600, 3200, then 5000 ms after failures at once; none after an attempt that lasted (STREAM-204). */
function pauseAfter(failures: number): number {
  return failures < 2 ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))
}

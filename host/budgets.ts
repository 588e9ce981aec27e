/**
 * How long the host waits for what, in milliseconds. Every entry names the reason for its number.
 *
 * `scaleBudgets` multiplies all of them (`--patience`), for slow machines.
 */
export interface Budgets {
  /** From process creation to the handshake line: go-plugin's StartTimeout, LIFE-060. */
  readonly handshake: number
  /** From connect to HTTP/2 SETTINGS: grpc-go's minConnectTimeout, LIFE-072. */
  readonly connect: number
  /** From an accepted connection to HTTP/2 SETTINGS: LIFE-072 asks for 1 s, and a busy machine is no fault of the plugin. */
  readonly settings: number
  /** One call that asks for nothing unusual: HEALTH-010's bound for a hanging backend; interactive users give up earlier. */
  readonly call: number
  /** From Shutdown to the exit of the process: go-plugin's grace in Client.Kill, LIFE-160. */
  readonly grace: number
  /** How long the host looks at a Shutdown call that never ends before it says so; Grafana itself waits for ever, LIFE-162. */
  readonly shutdownCall: number
  /** From a cancelled call or stream to its end, STREAM-203. */
  readonly cancel: number
  /** From SIGKILL of a process to the end of its pipes; beyond it a descendant holds them, LIFE-011. */
  readonly reap: number
  /** From the missing cookie to exit status 1, LIFE-031. */
  readonly refuse: number
  /** How long a process is watched that ought to stay as it is (after SIGINT, after the end of stdin), LIFE-165. */
  readonly watch: number
  /** How long a connection is left alone before it is used again; the idle limits of servers begin at seconds, LIFE-080. */
  readonly idle: number
  /** For a partial first line to be completed, LIFE-041. */
  readonly partialLine: number
  /** For somebody to listen at an announced address that refuses at first: a listener 1.5 s late is reached after 2.5 s of gRPC's back-off, LIFE-051. */
  readonly lateListener: number
  /** For a refused plugin to finish its sentence, so that the diagnosis knows its next lines; Grafana kills at once, LIFE-062. */
  readonly lastWords: number
  /** For the first packet of a stream, STREAM-304. */
  readonly firstPacket: number
  /** Between two looks of the watcher that keeps a plugin alive: Grafana's ticker, LIFE-150. */
  readonly tick: number
}

/** What the host waits unless told otherwise. */
export const defaultBudgets: Budgets = {
  handshake: 60_000,
  connect: 20_000,
  settings: 3_000,
  call: 30_000,
  grace: 2_000,
  shutdownCall: 5_000,
  cancel: 5_000,
  reap: 2_000,
  refuse: 5_000,
  watch: 1_000,
  idle: 5_000,
  partialLine: 2_000,
  lateListener: 5_000,
  lastWords: 500,
  firstPacket: 5_000,
  tick: 1_000,
}

/** Multiplies what is our patience; what Grafana itself fixes (`handshake`, `connect`, `grace`) stays unless `factor` is above 1. */
export function scaleBudgets(budgets: Budgets, factor: number): Budgets {
  const scaled = Object.fromEntries(
    Object.entries(budgets).map(([name, milliseconds]) => [name, Math.round(milliseconds * factor)]),
  )
  return { ...budgets, ...scaled }
}

/** Nobody debugs longer than a day without a pause. */
const A_DAY_MS = 24 * 60 * 60_000

/**
 * Waits without end for whatever the plugin has to do, for a case under which a person stands in a debugger.
 *
 * Times in which nothing should happen (`watch`), and those after which the host goes on by force, stay as they are.
 */
export function unhurried(budgets: Budgets): Budgets {
  return {
    ...budgets,
    handshake: A_DAY_MS,
    connect: A_DAY_MS,
    settings: A_DAY_MS,
    call: A_DAY_MS,
    shutdownCall: A_DAY_MS,
    cancel: A_DAY_MS,
    firstPacket: A_DAY_MS,
  }
}

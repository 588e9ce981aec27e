import { within } from '../deadline.ts'
import type { Address, Handshake } from '../handshake/handshake.ts'
import { grafanaOffer, parseHandshake } from '../handshake/parse-handshake.ts'
import { LINE_BUFFER_BYTES } from '../logs/split-lines.ts'
import { openChannel, whenReady } from '../rpc/channel.ts'
import type { FaultCircumstances } from './describe-fault.ts'
import {
  addressFault,
  execFault,
  handshakeFault,
  longLineFault,
  silentExitFault,
  timeoutFault,
  unknownHostFault,
} from './describe-fault.ts'
import type { StartOutcome } from './plugin.ts'
import type { Exit, PluginProcess } from './plugin-process.ts'
import { readStreams } from './plugin-streams.ts'
import type { PluginStreams } from './plugin-streams.ts'
import { probeAddress } from './probe-address.ts'
import { reportLeftBehind } from './report-left-behind.ts'
import { RunningPlugin } from './running-plugin.ts'
import type { StartFault } from './start-fault.ts'
import type { StartOptions } from './start-options.ts'

/** Last lines of stderr that a fault carries. */
const STDERR_TAIL = 20
/** How long a refused plugin may go on talking, so that the diagnosis knows its next lines; Grafana kills at once (LIFE-062). */
const DIAGNOSIS_MS = 500
/** A listener 1.5 s late is reached by gRPC's back-off after 2.5 s (LIFE-051); who is not there after twice that never comes. */
const LATE_LISTENER_MS = 5_000

/** Starts a plugin, reads its handshake and connects; never rejects for anything that the plugin does. */
export async function startPlugin(options: StartOptions): Promise<StartOutcome> {
  const began = options.now()
  const ms = (): number => Math.round(options.now() - began)
  let process: PluginProcess
  try {
    process = await options.spawn({
      env: options.env,
      args: options.args ?? [],
      stdin: options.stdin ?? 'null-device',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
  } catch (error) {
    const nothing = {
      command: commandOf(error),
      ms: ms(),
      stderr: [],
      firstLine: undefined,
      laterHandshake: undefined,
      exit: undefined,
    }
    return refused(options, execFault(error as NodeJS.ErrnoException, nothing))
  }
  options.sink({
    kind: 'spawned',
    origin: 'host',
    at: options.now(),
    process: options.name,
    tag: undefined,
    command: process.command,
    pid: process.pid,
    env: options.env,
    oddOnPurpose: options.oddOnPurpose ?? false,
  })
  const streams = readStreams(process, options)
  const fail = async (describe: (circumstances: FaultCircumstances) => StartFault): Promise<StartOutcome> => {
    const circumstances = await investigate(process, streams, ms)
    process.kill('SIGKILL')
    reportLeftBehind(options, await process.reap())
    return refused(options, describe(circumstances))
  }

  const first = await within(streams.firstLine, options.budgets.handshake, options.signal)
  if (first.kind === 'late') {
    // Asked now, because the end of stdout would make a line of it.
    const partial = streams.unfinishedLine()
    return fail((known) => timeoutFault(options.budgets.handshake, partial, known))
  }
  const { value: line } = first
  if (line === undefined) return fail((known) => silentExitFault(known))
  if (line.bytes >= LINE_BUFFER_BYTES) return fail((known) => longLineFault(known))
  const startMs = ms()
  const result = parseHandshake(line.text, options.offer ?? grafanaOffer, options.goPlugin)
  if (result.kind === 'refused') return fail((known) => handshakeFault(result, known))
  const { handshake } = result
  options.sink({
    kind: 'handshake',
    origin: 'plugin',
    at: options.now(),
    process: options.name,
    tag: undefined,
    handshake,
    ms: startMs,
  })
  return connect(options, { process, streams, handshake, startMs }, fail)
}

type Fail = (describe: (circumstances: FaultCircumstances) => StartFault) => Promise<StartOutcome>

async function connect(
  options: StartOptions,
  started: {
    readonly process: PluginProcess
    readonly streams: PluginStreams
    readonly handshake: Handshake
    readonly startMs: number
  },
  fail: Fail,
): Promise<StartOutcome> {
  const { address } = started.handshake
  const probe = await probeAddress(address, options.budgets.connect)
  if (probe.kind === 'refused' && address.kind === 'tcp' && unknownHost.includes(probe.code))
    return fail((known) => unknownHostFault(address.host, known))
  const client = openChannel(address)
  const refusedFirst = probe.kind === 'refused'
  const ready = new AbortController()
  try {
    const patience = refusedFirst ? LATE_LISTENER_MS : options.budgets.connect
    await Promise.race([whenReady(client, patience), nobodyIsLeft(started.process, address, ready.signal)])
    ready.abort()
  } catch {
    ready.abort()
    client.close()
    const now = await probeAddress(address, options.budgets.connect)
    if (now.kind === 'refused') return fail((known) => addressFault('unreachable', address, now.code, known))
    return fail((known) =>
      addressFault(
        'silent',
        address,
        `a connection, but no HTTP/2 within ${options.budgets.connect} ms`,
        known,
      ),
    )
  }
  return { kind: 'up', plugin: new RunningPlugin({ options, client, address, refusedFirst, ...started }) }
}

/** What a resolver says of a name that it does not know. */
const unknownHost: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME']

/**
 * Rejects when the process ends while it is waited for and nobody listens on its address.
 *
 * A process that ends is not enough: a locator may, while the server that it named lives on (LIFE-181, LIFE-183).
 */
async function nobodyIsLeft(process: PluginProcess, address: Address, done: AbortSignal): Promise<never> {
  await process.exited
  // The end of a plugin that has come up is somebody else's business.
  if (done.aborted) return new Promise(() => {})
  const probe = await probeAddress(address, LATE_LISTENER_MS)
  if (probe.kind === 'refused') throw new TypeError('the process has ended and nobody listens')
  return new Promise(() => {})
}

function refused(options: StartOptions, fault: StartFault): StartOutcome {
  options.sink({
    kind: 'start-failed',
    origin: 'plugin',
    at: options.now(),
    process: options.name,
    tag: undefined,
    fault,
  })
  return { kind: 'refused', fault }
}

/** Lets the plugin finish its sentence: what else it prints, and whether it ends by itself. */
async function investigate(
  process: PluginProcess,
  streams: PluginStreams,
  ms: () => number,
): Promise<FaultCircumstances> {
  let exit: Exit | undefined
  // A descendant may hold the pipes open after the process itself is gone.
  const exited = process.exited.then((how) => {
    exit = how
  })
  const settled = Promise.all([exited, streams.closed])
  const talking = (async () => {
    while (laterHandshake(streams) === undefined && !streams.stdoutEnded) await streams.nextLine()
    await settled
  })()
  await within(talking, DIAGNOSIS_MS)
  const later = laterHandshake(streams)
  return {
    command: process.command,
    ms: ms(),
    stderr: streams.log.slice(-STDERR_TAIL).map((record) => record.raw),
    firstLine: streams.stdout[0]?.text,
    laterHandshake: later,
    exit,
  }
}

function laterHandshake(
  streams: PluginStreams,
): { readonly line: string; readonly number: number } | undefined {
  const index = streams.stdout.findIndex(
    (line, at) => at > 0 && parseHandshake(line.text).kind === 'accepted',
  )
  const line = streams.stdout[index]
  return line === undefined ? undefined : { line: line.text, number: index + 1 }
}

function commandOf(error: unknown): string {
  return error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? error.path
    : 'the executable'
}

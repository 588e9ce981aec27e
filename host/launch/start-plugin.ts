import { within } from '../deadline.ts'
import { grafanaOffer, parseHandshake } from '../handshake/parse-handshake.ts'
import type { HandshakeOffer } from '../handshake/parse-handshake.ts'
import { LINE_BUFFER_BYTES } from '../logs/split-lines.ts'
import { anyVoice } from '../logs/start-log-line.ts'
import { createCertifiedKey } from '../tls/certified-key.ts'
import type { CertifiedKey } from '../tls/certified-key.ts'
import { readCertificate } from '../tls/read-certificate.ts'
import { connectStarted } from './connect-started.ts'
import type { Fail } from './connect-started.ts'
import type { FaultCircumstances } from './describe-fault.ts'
import {
  execFault,
  handshakeFault,
  longLineFault,
  notOfferedFault,
  silentExitFault,
  timeoutFault,
} from './describe-fault.ts'
import { executableNotes } from './executable-notes.ts'
import type { StartOutcome } from './plugin.ts'
import type { Exit, PluginProcess } from './plugin-process.ts'
import { readStreams } from './plugin-streams.ts'
import type { PluginStreams } from './plugin-streams.ts'
import { removeDeadSocket } from './remove-dead-socket.ts'
import { reportLeftBehind } from './report-left-behind.ts'
import type { StartFault } from './start-fault.ts'
import type { StartOptions } from './start-options.ts'
import { underTls } from './tls-fault.ts'
import { witnessStart } from './start-witness.ts'

/** From the end of stdout to the end of the process, on a busy machine. */
const ENDING_MS = 2_000
/** Last lines of stderr that a fault carries: the reason may stand above a long stack. */
const STDERR_TAIL = 60
/** Starts a plugin, reads its handshake and connects; never rejects for anything that the plugin does. */
export async function startPlugin(options: StartOptions): Promise<StartOutcome> {
  const began = options.now()
  const ms = (): number => Math.round(options.now() - began)
  // A fresh pair for each start (LIFE-095).
  const own = options.autoMtls === undefined ? undefined : createCertifiedKey()
  const env = own === undefined ? options.env : { ...options.env, PLUGIN_CLIENT_CERT: own.pem }
  const offer = { ...(options.offer ?? grafanaOffer), tls: own !== undefined }
  let process: PluginProcess
  try {
    process = await options.spawn({
      env,
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
    const voice = { pluginId: options.pluginId ?? anyVoice.pluginId, goPlugin: options.goPlugin }
    return refused(options, own, execFault(error as NodeJS.ErrnoException, { ...nothing, voice }))
  }
  options.sink({
    kind: 'spawned',
    origin: 'host',
    at: options.now(),
    process: options.name,
    tag: undefined,
    command: process.command,
    pid: process.pid,
    env,
    oddOnPurpose: options.oddOnPurpose ?? false,
  })
  const streams = readStreams(process, options)
  const voice = { pluginId: options.pluginId ?? anyVoice.pluginId, goPlugin: options.goPlugin }
  const fail: Fail = async (describe, seen) => {
    const notes = await executableNotes(process.command)
    const known = await investigate(process, streams, {
      ms,
      patience: options.budgets.lastWords,
      offer,
      signal: options.signal,
    })
    const circumstances = { ...known, voice, notes, ...(seen === undefined ? {} : { witness: seen }) }
    process.kill('SIGKILL')
    reportLeftBehind(options, await process.reap())
    for (const one of seen?.listens ?? [])
      if (one.startsWith('unix:/')) await removeDeadSocket(one.slice('unix:'.length), options.budgets.reap)
    for (const path of announcedSockets(streams, offer)) await removeDeadSocket(path, options.budgets.reap)
    return refused(options, own, describe(circumstances))
  }

  const first = await within(streams.firstLine, options.budgets.handshake, options.signal)
  if (first.kind === 'late') {
    // Asked now, because the end of stdout would make a line of it.
    const partial = streams.unfinishedLine()
    const seen = await witnessStart(process.pid, undefined)
    return fail((known) => timeoutFault(options.budgets.handshake, partial, known), seen)
  }
  const { value: line } = first
  if (line === undefined) return fail((known) => silentExitFault(known))
  if (line.bytes >= LINE_BUFFER_BYTES) return fail((known) => longLineFault(known))
  const startMs = ms()
  const result = parseHandshake(line.text, offer, options.goPlugin)
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
  const announced = handshake.certificate === undefined ? undefined : readCertificate(handshake.certificate)
  const tls = own === undefined || announced === undefined ? undefined : { own, announced }
  if (options.autoMtls === 'require' && tls === undefined)
    return fail((known) => notOfferedFault(handshake, known))
  return connectStarted(options, { process, streams, handshake, startMs, tls }, fail)
}

function refused(options: StartOptions, own: CertifiedKey | undefined, told: StartFault): StartOutcome {
  const fault = own === undefined ? told : underTls(told, own)
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
  {
    ms,
    patience,
    offer,
    signal,
  }: {
    readonly ms: () => number
    readonly patience: number
    readonly offer: HandshakeOffer
    readonly signal: AbortSignal | undefined
  },
): Promise<FaultCircumstances> {
  let exit: Exit | undefined
  // A descendant may hold the pipes open after the process itself is gone.
  const exited = process.exited.then((how) => {
    exit = how
  })
  const settled = Promise.all([exited, streams.closed])
  const talking = (async () => {
    while (laterHandshake(streams, offer) === undefined && !streams.stdoutEnded) await streams.nextLine()
    await settled
  })()
  // Nobody reads the diagnosis of an interrupted start; but an address that is known can be cleared away.
  const interrupted = signal?.aborted === true
  await within(interrupted ? Promise.race([talking, streams.firstLine]) : talking, patience)
  // Whose output has ended is mostly about to end itself.
  if (!interrupted && streams.stdoutEnded && exit === undefined) await within(exited, ENDING_MS)
  const later = laterHandshake(streams, offer)
  return {
    command: process.command,
    ms: ms(),
    stderr: streams.log.slice(-STDERR_TAIL).map((record) => record.raw),
    firstLine: streams.stdout[0]?.text,
    laterHandshake: later,
    exit,
  }
}

/** The sockets that a plugin has named, whatever else was wrong with it. */
function announcedSockets(streams: PluginStreams, offer: HandshakeOffer): readonly string[] {
  return streams.stdout.flatMap(({ text }) => {
    const result = parseHandshake(text, offer)
    return result.kind === 'accepted' && result.handshake.address.kind === 'unix'
      ? [result.handshake.address.path]
      : []
  })
}

function laterHandshake(
  streams: PluginStreams,
  offer: HandshakeOffer,
): { readonly line: string; readonly number: number } | undefined {
  const index = streams.stdout.findIndex(
    (line, at) => at > 0 && parseHandshake(line.text, offer).kind === 'accepted',
  )
  const line = streams.stdout[index]
  return line === undefined ? undefined : { line: line.text, number: index + 1 }
}

function commandOf(error: unknown): string {
  return error instanceof Error && 'path' in error && typeof error.path === 'string'
    ? error.path
    : 'the executable'
}

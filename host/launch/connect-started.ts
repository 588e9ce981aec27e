import { within } from '../deadline.ts'
import type { Address, Handshake } from '../handshake/handshake.ts'
import { openChannel, whenReady } from '../rpc/channel.ts'
import { dial } from '../rpc/dial.ts'
import { inspectTls } from '../tls/inspect-tls.ts'
import type { TlsView } from '../tls/inspect-tls.ts'
import type { TlsTrust } from '../tls/secure-socket.ts'
import type { FaultCircumstances } from './describe-fault.ts'
import { addressFault, secureFault, unknownHostFault } from './describe-fault.ts'
import type { StartOutcome } from './plugin.ts'
import type { PluginProcess } from './plugin-process.ts'
import type { PluginStreams } from './plugin-streams.ts'
import { probeAddress } from './probe-address.ts'
import type { AddressProbe } from './probe-address.ts'
import { RunningPlugin } from './running-plugin.ts'
import { spokenProtocol } from './spoken-protocol.ts'
import type { SpokenProtocol } from './spoken-protocol.ts'
import type { StartFault } from './start-fault.ts'
import type { StartOptions } from './start-options.ts'
import { witnessStart } from './start-witness.ts'
import type { ConnectionAttempt, StartWitness } from './start-witness.ts'
import { judgeTls, mute } from './tls-fault.ts'

/** Ends a start as failed: looks at what is left, kills it, and describes what was found. */
export type Fail = (
  describe: (circumstances: FaultCircumstances) => StartFault,
  seen?: StartWitness,
) => Promise<StartOutcome>

/** Connects to the address that a plugin announced, or finds out why nobody can. */
export async function connectStarted(
  options: StartOptions,
  started: {
    readonly process: PluginProcess
    readonly streams: PluginStreams
    readonly handshake: Handshake
    readonly startMs: number
    /** Only when the host asked for a certificate and the plugin announced one. */
    readonly tls: TlsTrust | undefined
  },
  fail: Fail,
): Promise<StartOutcome> {
  const { tls } = started
  const { address } = started.handshake
  const { budgets } = options
  const began = options.now() - started.startMs
  const attempts: ConnectionAttempt[] = []
  const attempt = async (ms: number): Promise<AddressProbe> => {
    const at = Math.round(options.now() - began)
    const result = await probeAddress(address, ms)
    attempts.push({ at, outcome: result.kind === 'accepted' ? 'accepted' : result.code })
    return result
  }
  const witness = async (spoken?: SpokenProtocol): Promise<StartWitness> => ({
    ...(await witnessStart(started.process.pid, address)),
    attempts,
    ...(spoken === undefined ? {} : { spoken }),
  })
  const probe = await attempt(budgets.connect)
  if (probe.kind === 'refused' && address.kind === 'tcp' && unknownHost.includes(probe.code))
    return fail((known) => unknownHostFault(address.host, known), await witness())
  const refusedFirst = probe.kind === 'refused'
  const inspect = ({ own }: TlsTrust): Promise<TlsView> => inspectTls(dial(address), own, budgets.connect)
  if (tls !== undefined && !refusedFirst) {
    const view = await inspect(tls)
    // A connection may break once; whether all do will show.
    const finding = view.end.kind === 'broken' ? undefined : judgeTls(view, tls.announced)
    if (finding !== undefined) return fail((known) => secureFault(finding, tls.own, known), await witness())
  }
  const client = openChannel(address, tls)
  const done = new AbortController()
  try {
    const patience = refusedFirst ? budgets.lateListener : budgets.connect
    await Promise.race([
      whenReady(client, patience),
      nobodyIsLeft(started.process, address, { done: done.signal, ms: budgets.lateListener }),
      // Behind TLS nobody speaks plaintext, as is right.
      ...(tls === undefined ? [foreignTongue(address, done.signal)] : []),
    ])
  } catch (error) {
    client.close()
    const now = await attempt(budgets.connect)
    if (now.kind === 'refused')
      return fail((known) => addressFault('unreachable', address, now.code, known), await witness())
    if (tls !== undefined) {
      const finding = judgeTls(await inspect(tls), tls.announced) ?? mute
      return fail((known) => secureFault(finding, tls.own, known), await witness())
    }
    const spoken = error instanceof ForeignTongue ? error.spoken : await spokenProtocol(address, LOOK_MS)
    const reason = `a connection, but no HTTP/2 within ${budgets.connect} ms`
    return fail((known) => addressFault('silent', address, reason, known), await witness(spoken))
  } finally {
    done.abort()
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
async function nobodyIsLeft(
  process: PluginProcess,
  address: Address,
  { done, ms }: { readonly done: AbortSignal; readonly ms: number },
): Promise<never> {
  await process.exited
  // The end of a plugin that has come up is somebody else's business.
  if (done.aborted) return new Promise(() => {})
  const probe = await probeAddress(address, ms)
  if (probe.kind === 'refused') throw new TypeError('the process has ended and nobody listens')
  return new Promise(() => {})
}

/** A gRPC server says SETTINGS at once (LIFE-072); after this time it is looked what a slow one speaks, and for as long. */
const LOOK_MS = 1_000

/** Somebody answers who will never speak gRPC in plaintext. */
class ForeignTongue extends Error {
  readonly spoken: SpokenProtocol

  constructor(spoken: SpokenProtocol) {
    super(`the listener speaks ${spoken.kind}`)
    this.spoken = spoken
  }
}

/** Rejects when the listener speaks something else than HTTP/2, so that nobody has to wait for the end of all patience. */
async function foreignTongue(address: Address, done: AbortSignal): Promise<never> {
  await within(new Promise(() => {}), LOOK_MS, done)
  if (done.aborted) return new Promise(() => {})
  const spoken = await spokenProtocol(address, LOOK_MS)
  if (spoken.kind === 'tls' || spoken.kind === 'http1' || spoken.kind === 'other')
    throw new ForeignTongue(spoken)
  return new Promise(() => {})
}

import type { Budgets } from '../budgets.ts'
import type { EventSink } from '../events.ts'
import type { Address } from '../handshake/handshake.ts'
import { openChannel, whenReady } from '../rpc/channel.ts'
import type { CallSpans } from '../trace/call-spans.ts'
import { addressFault } from './describe-fault.ts'
import type { StartOutcome } from './plugin.ts'
import { probeAddress } from './probe-address.ts'
import { RunningPlugin } from './running-plugin.ts'

/** What attaching depends on. */
export interface AttachOptions {
  readonly name: string
  readonly budgets: Budgets
  readonly sink: EventSink
  readonly now: () => number
  readonly spans: CallSpans
  /** Cancels calls in flight. */
  readonly signal?: AbortSignal
}

/** Connects to a plugin that somebody else started, for instance a debugger (LIFE-181, LIFE-183). */
export async function attachPlugin(address: Address, options: AttachOptions): Promise<StartOutcome> {
  const began = options.now()
  const known = { command: '', stderr: [], firstLine: undefined, laterHandshake: undefined, exit: undefined }
  const probe = await probeAddress(address, options.budgets.connect)
  const client = openChannel(address)
  const ms = (): number => Math.round(options.now() - began)
  if (probe.kind === 'refused') {
    client.close()
    return {
      kind: 'refused',
      fault: addressFault('unreachable', address, probe.code, { ...known, ms: ms() }),
    }
  }
  try {
    await whenReady(client, options.budgets.connect)
  } catch {
    client.close()
    return {
      kind: 'refused',
      fault: addressFault('silent', address, 'a connection, but no HTTP/2', { ...known, ms: ms() }),
    }
  }
  const start = {
    ...options,
    spawn: () => Promise.reject(new TypeError('an attached plugin is not started')),
    env: {},
    goPlugin: '1.7.0' as const,
  }
  return {
    kind: 'up',
    plugin: new RunningPlugin({
      options: start,
      client,
      address,
      tls: undefined,
      refusedFirst: false,
      handshake: undefined,
      process: undefined,
      streams: undefined,
      startMs: ms(),
    }),
  }
}

import { existsSync } from 'node:fs'

import type { Client } from '@grpc/grpc-js'

import { within } from '../deadline.ts'
import type { CallResult } from '../rpc/call-result.ts'
import { noCallSpans } from '../trace/call-spans.ts'
import type { Plugin, StopReport } from './plugin.ts'
import type { Exit, PluginProcess } from './plugin-process.ts'
import { removeDeadSocket } from './remove-dead-socket.ts'
import { reportLeftBehind } from './report-left-behind.ts'
import type { SideStreams } from './side-streams.ts'
import type { StartOptions } from './start-options.ts'

/** What a stop needs besides the plugin. */
export interface StopParts {
  readonly client: Client
  /** Resolves when stdout and stderr have ended. */
  readonly closed: Promise<void>
  readonly side: SideStreams
  readonly options: StartOptions
}

/**
 * Stops a plugin as Grafana does: Shutdown, close the connection, wait 2 s, SIGKILL, wait for the pipes (LIFE-160).
 *
 * Grafana waits for Shutdown and for the pipes without limit; here both have one, and the report says when it was reached.
 */
export async function stopPlugin(plugin: Plugin, parts: StopParts): Promise<StopReport> {
  const { client, side, options } = parts
  const { process } = plugin
  options.sink({ kind: 'stopping', origin: 'host', at: options.now(), process: options.name, tag: undefined })
  if (process === undefined) {
    side.close()
    client.close()
    return {
      shutdown: undefined,
      exit: undefined,
      killed: false,
      ms: 0,
      pipesClosed: true,
      leftBehind: [],
      socketLeft: undefined,
    }
  }
  const began = options.now()
  const shutdown = plugin.exit === undefined ? await callShutdown(plugin, process, options) : undefined
  side.close()
  client.close()
  const { exit, killed } = await waitForExit(process, options)
  const ms = Math.round(options.now() - began)
  const pipes = await within(parts.closed, options.budgets.reap)
  const leftBehind = await process.reap()
  reportLeftBehind(options, leftBehind)
  const { address } = plugin
  const socketLeft = address.kind === 'unix' ? existsSync(address.path) : undefined
  if (socketLeft === true && address.kind === 'unix')
    await removeDeadSocket(address.path, options.budgets.reap)
  return { shutdown, exit, killed, ms, pipesClosed: pipes.kind === 'settled', leftBehind, socketLeft }
}

async function callShutdown(
  plugin: Plugin,
  process: PluginProcess,
  options: StartOptions,
): Promise<CallResult<unknown>> {
  // An interrupted run stops its plugins as orderly as any other, so its signal does not reach this call.
  const { signal } = new AbortController()
  const call = plugin.controller.shutdown(
    {},
    { budgetMs: options.budgets.shutdownCall, spans: noCallSpans, signal },
  )
  // A process that dies ends the call as well, but its connection may notice later.
  const died = process.exited.then((exit): CallResult<unknown> => ({ kind: 'died', exit, ms: 0 }))
  return Promise.race([call, died])
}

async function waitForExit(
  process: PluginProcess,
  options: StartOptions,
): Promise<{ exit: Exit | undefined; killed: boolean }> {
  const graceful = await within(process.exited, options.budgets.grace)
  if (graceful.kind === 'settled') return { exit: graceful.value, killed: false }
  process.kill('SIGKILL')
  const forced = await within(process.exited, options.budgets.reap)
  return { exit: forced.kind === 'settled' ? forced.value : undefined, killed: true }
}

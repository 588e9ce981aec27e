import path from 'node:path'
import { performance } from 'node:perf_hooks'

import { defaultBudgets } from '../budgets.ts'
import type { HostEvent } from '../events.ts'
import { noCallSpans } from '../trace/call-spans.ts'
import type { Plugin, StartOutcome } from './plugin.ts'
import { childSpawner } from './spawn-child.ts'
import type { StartFault } from './start-fault.ts'
import type { StartOptions } from './start-options.ts'
import { startPlugin } from './start-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** How the start of a script went, with everything that was seen meanwhile; stops the plugin and removes the script when disposed. */
export interface ScriptStart extends AsyncDisposable {
  readonly outcome: StartOutcome
  readonly events: readonly HostEvent[]
  /** The started process, whatever became of it. */
  readonly pid: number
  /** The plugin, for a start that has to succeed. */
  up(): Plugin
  /** The fault, for a start that has to fail. */
  fault(): StartFault
}

/** Writes a script into a folder of its own and starts it as a plugin with short budgets, for tests. */
export async function startScript(script: string, changes: Partial<StartOptions> = {}): Promise<ScriptStart> {
  const folder = await temporaryFolder({ plugin: { content: script, mode: 0o755 } })
  const events: HostEvent[] = []
  const outcome = await startPlugin({
    spawn: childSpawner(path.join(folder.path, 'plugin')),
    name: 'script',
    env: {},
    budgets: {
      ...defaultBudgets,
      handshake: 5_000,
      connect: 2_000,
      grace: 500,
      shutdownCall: 1_000,
      reap: 1_000,
    },
    sink: (event) => events.push(event),
    now: () => performance.now(),
    spans: noCallSpans,
    goPlugin: '1.7.0',
    ...changes,
  })
  return {
    outcome,
    events,
    get pid() {
      const spawned = events.find((event) => event.kind === 'spawned')
      return spawned?.pid ?? 0
    },
    up() {
      if (outcome.kind === 'up') return outcome.plugin
      throw new TypeError(
        `the script did not come up: ${outcome.fault.what} ${outcome.fault.stderr.join('\n')}`,
      )
    },
    fault() {
      if (outcome.kind === 'refused') return outcome.fault
      throw new TypeError('the script came up')
    },
    async [Symbol.asyncDispose]() {
      if (outcome.kind === 'up') await outcome.plugin.stop()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** A shell script of these lines. */
export function shell(...lines: readonly string[]): string {
  return ['#!/bin/sh', ...lines, ''].join('\n')
}

/**
 * A Node script that serves HTTP/2 where `listen` says and prints what `line` says: enough of a gRPC server to connect to.
 *
 * It ends at a Shutdown call, mostly before the answer arrives, and answers UNIMPLEMENTED to everything else. Both texts are JavaScript.
 */
export function server(listen: string, line: string): string {
  return `#!${process.execPath}
const server = require('node:http2').createServer()
server.on('stream', (stream, headers) => {
  stream.on('error', () => {})
  const last = headers[':path'].endsWith('/Shutdown')
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': last ? '0' : '12' }, { endStream: true })
  if (last) stream.on('close', () => { server.close(); process.exit(0) })
})
server.listen(${listen}, () => {
  const port = server.address().port
  process.stdout.write(${line} + '\\n')
})
`
}

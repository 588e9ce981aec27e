import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import type { Behaviour, Env } from '../behaviour.ts'
import { startInProcess } from '../in-process.ts'
import type { InProcessPlugin } from '../in-process.ts'
import { reference } from '../reference.ts'
import { PluginClient } from './plugin-client.ts'

/** The least environment that a plugin serves in. */
export const MINIMAL_ENV: Env = { grafana_plugin_type: 'datasource' }

/** A running plugin and a connection to it. */
export interface Started extends AsyncDisposable {
  readonly plugin: InProcessPlugin
  readonly client: PluginClient
  /** What grpc-js dials. */
  readonly target: string
}

/** Starts a behaviour in this process and connects to the address that it announces. */
export async function startReference(
  behaviour: Behaviour = reference,
  env: Env = MINIMAL_ENV,
): Promise<Started> {
  const plugin = startInProcess(behaviour, { env })
  plugin.stderr.resume()
  const target = targetOf(await firstLine(plugin.stdout))
  const client = new PluginClient(target)
  return {
    plugin,
    client,
    target,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await plugin[Symbol.asyncDispose]()
    },
  }
}

/** The first line of a stream. */
export async function firstLine(stream: Readable): Promise<string> {
  const lines = createInterface({ input: stream })
  const [line] = (await once(lines, 'line')) as [string]
  return line
}

/** The target that a handshake line announces. */
export function targetOf(line: string): string {
  const [, , network, address] = line.split('|')
  return network === 'unix' ? `unix:${address}` : String(address)
}

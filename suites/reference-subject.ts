import { readFile } from 'node:fs/promises'

import type { PluginProcess, Spawn } from '../host/launch/plugin-process.ts'
import type { Behaviour } from '../reference-plugin/behaviour.ts'
import { startInProcess } from '../reference-plugin/in-process.ts'
import type { JudgedSubject } from './kernel/subject.ts'

const pluginJson = new URL('../reference-plugin/plugin.json', import.meta.url)

/** The reference plugin, or a variation of it, served inside this process over real sockets. */
export async function referenceSubject(behaviour: Behaviour): Promise<JudgedSubject> {
  const { id, info, streaming, alerting, metrics, tracing } = JSON.parse(
    await readFile(pluginJson, 'utf8'),
  ) as {
    readonly id: string
    readonly info: { readonly version: string }
    readonly streaming: boolean
    readonly alerting: boolean
    readonly metrics: boolean
    readonly tracing: boolean
  }
  return {
    id,
    version: info.version,
    type: 'datasource',
    declares: { streaming, alerting, metrics, tracing },
    hasPluginJson: true,
    directory: undefined,
    command: 'reference plugin in this process',
    sha256: undefined,
    start: 'in-process',
    spawn: inProcessSpawner(behaviour),
    address: undefined,
    preflight: [],
  }
}

function inProcessSpawner(behaviour: Behaviour): Spawn {
  return ({ env, args }) => {
    const plugin = startInProcess(behaviour, { env, args })
    const process: PluginProcess = {
      pid: undefined,
      command: 'in-process',
      stdout: plugin.stdout,
      stderr: plugin.stderr,
      exited: plugin.exited,
      kill: (signal) => plugin.kill(signal),
      async reap() {
        await plugin[Symbol.asyncDispose]()
        return []
      },
      closeStdin: () => void plugin.stdin.end(),
    }
    return Promise.resolve(process)
  }
}

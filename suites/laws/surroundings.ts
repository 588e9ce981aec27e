import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'

import type { HostEvent } from '../../host/events.ts'
import { currentPlatform, executableName } from '../../host/launch/platform.ts'
import { listGroup } from '../../host/launch/process-group.ts'
import type { JudgedSubject } from '../kernel/subject.ts'
import { childSubject } from './judge.ts'

/** A place for runs in which everything that is left behind can be seen, because nobody else leaves anything there. */
export interface Surroundings extends AsyncDisposable {
  /** The reference plugin as a child process that keeps its sockets and temporary files here, too. */
  readonly subject: JudgedSubject
  /** What `TMPDIR` of this process has to be. */
  readonly temporary: string
}

/** How long the kernel may take to clear away what has been closed, in milliseconds; it tells nobody when it has. */
const PATIENCE_MS = 5_000

/** Makes such a place. */
export async function surroundings(): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), 'leftovers-'))
  const temporary = join(folder, 'tmp')
  await mkdir(temporary)
  const plugin = join(folder, 'plugin')
  await cp(resolve('dist/reference-plugin/plugin.json'), join(plugin, 'plugin.json'))
  const { executable } = JSON.parse(readFileSync(join(plugin, 'plugin.json'), 'utf8')) as {
    readonly executable: string
  }
  const file = join(plugin, executableName(executable, currentPlatform()))
  const main = resolve('dist/reference-plugin/main.js')
  await writeFile(
    file,
    `#!/bin/sh
export TMPDIR='${temporary}' PLUGIN_UNIX_SOCKET_DIR="\${PLUGIN_UNIX_SOCKET_DIR-${temporary}}"
exec '${process.execPath}' '${main}'
`,
  )
  await chmod(file, 0o755)
  return {
    subject: await childSubject(plugin),
    temporary,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The sockets and pipes of this process, by their numbers; undefined where the system does not tell. */
export function openSockets(): ReadonlySet<string> | undefined {
  try {
    const targets = readdirSync('/proc/self/fd').map((fd) => target(`/proc/self/fd/${fd}`))
    return new Set(targets.filter((one) => /^(socket|pipe):/.test(one) || one.includes('/gpc-pipes-')))
  } catch {
    return undefined
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

/** The plugin processes of one run, known from its events. */
export class Processes {
  readonly #pids = new Map<string, number>()
  readonly #announced = new Set<string>()
  readonly #ended = new Set<string>()

  see(event: HostEvent): void {
    if (event.kind === 'spawned' && event.pid !== undefined) this.#pids.set(event.process, event.pid)
    if (event.kind === 'stdout') this.#announced.add(event.process)
    if (event.kind === 'exit') this.#ended.add(event.process)
  }

  /** All that were started. */
  get pids(): readonly number[] {
    return [...this.#pids.values()]
  }

  /** The one of this name unless it has ended, in which case all others that have not. */
  alive(name: string): readonly number[] {
    const alive = [...this.#pids].filter(([process]) => !this.#ended.has(process))
    const own = alive.filter(([process]) => process === name)
    return (own.length > 0 ? own : alive).map(([, pid]) => pid)
  }

  /** How many never printed a line. */
  get mute(): number {
    return this.#pids.size - this.#announced.size
  }
}

/**
 * Everything that a run has left: its processes, sockets and pipes of this process that were not there `before`, and files. Empty
 * when all is tidy within the kernel's patience.
 *
 * A process that is killed between listening and its handshake leaves a socket that nobody knows of; one a mute process is no leak.
 */
export async function leftBehind(
  place: Surroundings,
  processes: Processes,
  before: ReadonlySet<string> | undefined,
): Promise<readonly string[]> {
  const end = performance.now() + PATIENCE_MS
  const { pids } = processes
  for (;;) {
    const sockets = [...(openSockets() ?? [])].filter((socket) => before?.has(socket) === false)
    const groups = await Promise.all(pids.map((pid) => listGroup(pid)))
    const leaders = pids.filter((pid) => lives(pid)).map((pid) => `process ${pid}`)
    const files = await readdir(place.temporary, { recursive: true })
    const unknown = files.filter((file) => /^plugin[0-9a-f]+$/.test(file)).slice(0, processes.mute)
    const found = [
      ...groups.flat(),
      ...leaders,
      ...sockets,
      ...files.filter((file) => !unknown.includes(file)),
    ]
    if (found.length === 0 || performance.now() > end) return found
    await after(10)
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

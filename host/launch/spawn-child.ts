import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'

import { within } from '../deadline.ts'
import { outputPipes } from './output-pipe.ts'
import type { OutputPipe } from './output-pipe.ts'
import type { Exit, PluginProcess, Spawn, SpawnOptions } from './plugin-process.ts'
import { groupGone, killGroup, listGroup } from './process-group.ts'

/** SIGKILL takes effect at once, but a busy machine needs time to clear the processes away. */
const KILL_MOMENT_MS = 1_000

/** Children that a plugin has ended on its way out are given this time to be gone, before they count as left behind. */
const LEAVING_MOMENT_MS = 500

/** The last bytes of a killed group are read within this time; on a busy machine pipes end some milliseconds after their holders. */
const PIPE_MOMENT_MS = 250

/**
 * Starts executables as Grafana does: no shell, a process of its own, stdout and stderr piped (LIFE-001, LIFE-006, LIFE-009).
 *
 * Unlike Grafana it gives the child a process group of its own, so that whatever the child leaves behind can be ended.
 */
export function childSpawner(executable: string): Spawn {
  return async (options) => {
    const pipes = await outputPipes(2)
    const [out, err] = pipes ?? []
    try {
      const [file, ...args] = commandLine(executable, options)
      const child = spawn(file, args, {
        env: { ...options.env },
        detached: true,
        stdio: [
          options.stdin === 'pipe' ? 'pipe' : 'ignore',
          out?.descriptor ?? 'pipe',
          err?.descriptor ?? 'pipe',
        ],
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      })
      await started(child)
      // A signal that can't be delivered is no reason to end this process; that the child lives on shows by itself.
      child.on('error', () => {})
      child.stdin?.on('error', () => {})
      return childProcess(child, executable, {
        stdout: reader(out, child.stdout),
        stderr: reader(err, child.stderr),
      })
    } catch (error) {
      out?.reader.destroy()
      err?.reader.destroy()
      throw error
    } finally {
      await Promise.all([out?.release(), err?.release()])
    }
  }
}

/** Node can't start a child without a stdin, but a shell can replace itself by one (LIFE-009). */
function commandLine(executable: string, { args, stdin }: SpawnOptions): readonly [string, ...string[]] {
  if (stdin !== 'closed' || process.platform === 'win32') return [executable, ...args]
  return ['/bin/sh', '-c', 'exec "$0" "$@" <&-', executable, ...args]
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
}

function childProcess(
  child: ChildProcess,
  command: string,
  output: { readonly stdout: Readable; readonly stderr: Readable },
): PluginProcess {
  const pid = child.pid ?? 0
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const closed = Promise.all([ended(output.stdout), ended(output.stderr)])
  // Also after an uncaught exception of ours nothing may stay behind; listeners go as soon as the group is gone.
  const endGroup = (): void => killGroup(pid)
  process.setMaxListeners(process.getMaxListeners() + 1)
  process.once('exit', endGroup)
  const release = (): void => {
    process.off('exit', endGroup)
    process.setMaxListeners(Math.max(1, process.getMaxListeners() - 1))
  }
  let released = false
  return {
    pid,
    command,
    ...output,
    exited,
    kill(signal) {
      child.kill(signal)
    },
    async reap() {
      // Who ends its own children and exits does not wait until they are gone.
      await groupGone(pid, LEAVING_MOMENT_MS)
      const left = await listGroup(pid)
      killGroup(pid)
      await exited
      if (left.length > 0) await groupGone(pid, KILL_MOMENT_MS)
      await within(closed, PIPE_MOMENT_MS)
      // Whoever holds the pipes now has left the group; waiting for it would keep this process alive.
      output.stdout.destroy()
      output.stderr.destroy()
      if (!released) release()
      released = true
      return left
    },
    closeStdin() {
      child.stdin?.end()
    },
  }
}

function reader(pipe: OutputPipe | undefined, stream: Readable | null): Readable {
  const found = pipe?.reader ?? stream
  if (found === null) throw new TypeError('a child started with pipes has pipes')
  return found
}

function ended(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', () => resolve())
  })
}

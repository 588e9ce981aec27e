import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'

/** How a command line ended. */
export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command line as a user would, without a terminal. */
export function runCli(
  args: readonly string[],
  options: {
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
    /** Default the null device. */
    readonly stdin?: 'ignore' | 'pipe'
    readonly started?: (child: ChildProcess) => void
  } = {},
): Promise<CliResult> {
  const child = spawn(process.execPath, [resolve('dist/cli/main.js'), ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  options.started?.(child)
  return new Promise((settle) => child.once('close', (code) => settle({ code, stdout, stderr })))
}

import type { World } from './world.ts'

/** The world of a plugin that is a process of its own. */
export function processWorld(): World {
  return {
    env: process.env,
    args: process.argv.slice(2),
    get stdin() {
      // A getter, because the mere mention of process.stdin opens it.
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    pid: process.pid,
    exit: (code) => process.exit(code),
    onSignal: (name, react) => process.on(name, react),
  }
}

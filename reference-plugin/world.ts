import type { Readable, Writable } from 'node:stream'

/**
 * Everything outside the plugin that it touches.
 *
 * A child process builds it from `process` (process-world.ts), a test from streams in memory (in-process.ts), so that
 * one code runs as both and many copies can run side by side.
 */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Arguments after the program; Grafana passes none (LIFE-006). */
  readonly args: readonly string[]
  /** Never read by a correct plugin: its end means nothing (LIFE-009). */
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly pid: number
  /** Ends the process, or the copy of it in memory, at once. */
  exit(code: number): void
  /** Replaces the default reaction to a signal. */
  onSignal(name: PluginSignal, react: () => void): void
}

/** The signals that a plugin has an opinion about (LIFE-165, LIFE-166). */
export type PluginSignal = 'SIGINT' | 'SIGTERM'

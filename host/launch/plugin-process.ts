import type { Readable } from 'node:stream'

/** How a process ended: a status, or the signal that ended it. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

/** Signals that the host or a case may send. */
export type PluginSignal = 'SIGKILL' | 'SIGTERM' | 'SIGINT'

/**
 * A plugin that was started, seen from its outside.
 *
 * A child process is one; so is a plugin served inside this process, which tests use where no process is needed.
 */
export interface PluginProcess {
  /** Undefined when the plugin shares the host's process. */
  readonly pid: number | undefined
  readonly command: string
  readonly stdout: Readable
  readonly stderr: Readable
  /** Resolves once the process itself is gone; descendants may live on. */
  readonly exited: Promise<Exit>
  /** Signals the started process alone, as Grafana does (LIFE-011). */
  kill(signal: PluginSignal): void
  /** Ends whatever the process left behind and returns what was found, empty when all was tidy. */
  reap(): Promise<readonly string[]>
  /** Closes our end of the plugin's stdin. */
  closeStdin(): void
}

/** What a start hands to the plugin. */
export interface SpawnOptions {
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  /** Working directory; Grafana sets none, so the default is the host's own (LIFE-008). */
  readonly cwd?: string
  /** `null-device` as under systemd, a pipe that the host can close, or no descriptor at all (LIFE-009). */
  readonly stdin: 'null-device' | 'pipe' | 'closed'
}

/** Starts a plugin; rejects with an error that has Node's `code` (`ENOENT`, `EACCES`, …) when the system can't run it. */
export type Spawn = (options: SpawnOptions) => Promise<PluginProcess>

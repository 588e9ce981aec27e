import type { Address } from '../../host/handshake/handshake.ts'
import type { PreflightFinding } from '../../host/launch/preflight.ts'
import type { Spawn } from '../../host/launch/plugin-process.ts'

/** What a plugin is held to: `any` is a black box with samples, `scripted` does what the request says. */
export type Contract = 'any' | 'scripted'

/** The plugin under judgement, as the kernel sees it. */
export interface JudgedSubject {
  readonly id: string
  readonly version: string
  /** Undefined when no plugin.json is known. */
  readonly type: 'datasource' | 'app' | undefined
  readonly declares: {
    readonly streaming: boolean
    readonly alerting: boolean
    readonly metrics: boolean
    readonly tracing: boolean
  }
  /** Whether a plugin.json is known, so that what it says can be judged. */
  readonly hasPluginJson: boolean
  /** Folder of the plugin.json; undefined without one. */
  readonly directory: string | undefined
  /** What a person would call it: path or address. */
  readonly command: string
  /** SHA-256 of the executable, in hex; undefined where there is none. */
  readonly sha256: string | undefined
  /** How it comes up: as a child process, inside this process (tests), or it runs already. */
  readonly start: 'child' | 'in-process' | 'attached'
  /** Undefined when attached. */
  readonly spawn: Spawn | undefined
  /** Only when attached. */
  readonly address: Address | undefined
  /** What was found before any start. */
  readonly preflight: readonly PreflightFinding[]
}

import type { Address } from '../handshake/handshake.ts'

/**
 * What a plugin says about itself in `plugin.json`, as far as a host needs it.
 *
 * Absent flags are `false` and absent texts are empty, as in Grafana, whose decoder starts from Go's zero values
 * (grafana:pkg/plugins/plugins.go `JSONData`).
 */
export interface PluginJson {
  readonly id: string
  readonly type: PluginType
  readonly name: string
  /** `info.version`; in a source tree this is often the placeholder `%VERSION%`. */
  readonly version: string
  readonly backend: boolean
  /** As declared, without platform suffix; `undefined` when absent or empty. */
  readonly executable: string | undefined
  readonly streaming: boolean
  readonly alerting: boolean
  readonly metrics: boolean
  readonly logs: boolean
  readonly annotations: boolean
  readonly tracing: boolean
  /** The whole document, unknown keys included. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The types that some Grafana version loads (grafana:pkg/plugins/plugins.go `Type.IsValid`). */
export type PluginType = (typeof pluginTypes)[number]

/** Every value of {@link PluginType}, the common ones first. */
export const pluginTypes = ['datasource', 'app', 'panel', 'renderer', 'secretsmanager'] as const

/** A plugin that the host starts itself. */
export interface ExecutableSubject {
  readonly kind: 'executable'
  readonly pluginJson: PluginJson | undefined
  readonly pluginJsonPath: string | undefined
  /** Absolute; the file may be missing, which is for a preflight to report. */
  readonly executable: string
  /** Absolute; the folder that would be installed in Grafana, or the executable's own when no plugin.json belongs to it. */
  readonly directory: string
}

/** A plugin that is already running and that the host only connects to (LIFE-183). */
export interface AttachedSubject {
  readonly kind: 'attached'
  readonly pluginJson: PluginJson | undefined
  readonly pluginJsonPath: string | undefined
  readonly address: Address
  /** The line that the plugin printed, when the user gave it instead of a bare address. */
  readonly handshakeLine?: string
}

/** The plugin that a run is about. */
export type Subject = ExecutableSubject | AttachedSubject

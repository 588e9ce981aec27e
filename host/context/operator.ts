import type { StartOptions } from './environment.ts'

/** What an operator of the imitated Grafana configured for the plugin, as far as its start depends on it. Default nothing. */
export interface OperatorSettings {
  /** `forward_host_env_vars` lists the plugin: it inherits the host's whole environment in every Grafana (LIFE-022). */
  readonly forwardHostEnv?: boolean
  /** The keys of the ini section `[plugin.<id>]`, each of which becomes `GF_PLUGIN_<KEY>` (LIFE-027). */
  readonly pluginSettings?: Readonly<Record<string, string>>
  /** Each start gets a fresh folder for its socket, as go-plugin does for hosts that start plugins through a runner (LIFE-012). */
  readonly runnerMode?: boolean
}

/** The part of the settings that decides over variables. */
export function configuredStart(
  operator: OperatorSettings = {},
): Pick<StartOptions, 'environment' | 'pluginSettings'> {
  return {
    ...(operator.forwardHostEnv === true ? { environment: 'inherit' } : {}),
    ...(operator.pluginSettings === undefined ? {} : { pluginSettings: operator.pluginSettings }),
  }
}

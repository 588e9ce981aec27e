import { newestProfile, type HostProfile } from './profile.ts'

/** What a start's environment depends on besides the profile. */
export interface StartOptions {
  /** The host's own environment, of which the profile lets everything or little through (LIFE-022). */
  readonly inherited: Readonly<Record<string, string | undefined>>
  /** `info.version` of `plugin.json`; sent with the tracing variables only, and left out if empty. */
  readonly pluginVersion: string
  /** Grafana's root URL, with its final slash. */
  readonly appUrl: string
  /** Grafana's data folder, of which a plugin sees the path of a licence file. Default: that of Grafana's packages. */
  readonly dataPath?: string
  /** What the profile says, unless an operator said otherwise: `pluginsSkipHostEnvVars`, `forward_host_env_vars` (LIFE-022). */
  readonly environment?: HostProfile['environment']
  /** The keys of the ini section `[plugin.<id>]`, each of which becomes `GF_PLUGIN_<KEY>` (LIFE-027). */
  readonly pluginSettings?: Readonly<Record<string, string>>
  /** Grafana's own tracing settings, from which a plugin learns where to send its spans (TRACE-101). */
  readonly tracing?: { readonly address: string; readonly propagation?: string }
  /** More of what Grafana itself would set, with Grafana's precedence: AWS, Azure, secure socks (lifecycle.md section 16). */
  readonly configured?: Readonly<Record<string, string>>
  /** Variables that win over everything else, go-plugin's too: for launches that are odd on purpose (LIFE-024, LIFE-028). */
  readonly extra?: Readonly<Record<string, string>>
}

/**
 * The complete environment that this Grafana gives to a plugin's process.
 *
 * When a name occurs twice, Grafana's own value loses to an inherited one, in the newest Grafana the other way round; both
 * lose to go-plugin's (LIFE-021).
 */
export function startEnvironment(profile: HostProfile, options: StartOptions): Record<string, string> {
  const own = grafanaVariables(profile, options)
  const inherited = inheritedVariables(profile, options)
  return {
    ...(profile.precedence === 'inherited' ? { ...own, ...inherited } : { ...inherited, ...own }),
    ...goPluginVariables,
    ...options.extra,
  }
}

/** The least that a plugin must be able to start with: go-plugin's four variables and `GF_VERSION` (LIFE-023). */
export function bareEnvironment(): Record<string, string> {
  return { GF_VERSION: newestProfile.grafanaVersion, ...goPluginVariables }
}

/**
 * Names of the host's own variables that a plugin gets where Grafana passes its environment on, and from this Grafana not.
 *
 * Names alone: values may be secrets.
 */
export function lostVariables(profile: HostProfile, options: StartOptions): readonly string[] {
  const here = startEnvironment(profile, options)
  const everything = startEnvironment(profile, { ...options, environment: 'inherit' })
  return Object.keys(everything)
    .filter((name) => !(name in here))
    .toSorted()
}

/** go-plugin's variables: the cookie, the version of the app protocol, and the range for TCP ports (LIFE-020). */
const goPluginVariables = {
  grafana_plugin_type: 'datasource',
  PLUGIN_MIN_PORT: '10000',
  PLUGIN_MAX_PORT: '25000',
  PLUGIN_PROTOCOL_VERSIONS: '2',
} as const

/** AWS settings that Grafana 10.4 gives to every plugin (recording `a-skip-host-env`, grafana-10.4.3). */
const awsVariables = {
  AWS_AUTH_AllowedAuthProviders: 'default,keys,credentials',
  AWS_AUTH_SESSION_DURATION: '15m',
  AWS_CW_LIST_METRICS_PAGE_LIMIT: '500',
} as const

/** The two of them that Grafana 9.5 knows (grafana:pkg/plugins/manager/loader/initializer/initializer.go `awsEnvVars`). */
const oldAwsVariables = {
  AWS_AUTH_AssumeRoleEnabled: 'true',
  AWS_AUTH_AllowedAuthProviders: 'default,keys,credentials',
} as const

/** AWS settings that Grafana 10.4 puts into its own environment, so that plugins inherit them (same recording: missing there). */
const awsProcessVariables = { AWS_AUTH_AssumeRoleEnabled: 'true', AWS_AUTH_EXTERNAL_ID: '' } as const

/** Where Grafana's packages for Linux keep its data (grafana:packaging/deb/default/grafana-server). */
const defaultDataPath = '/var/lib/grafana'

/** What Grafana sets on its own account (grafana:pkg/services/pluginsintegration/pluginconfig/envvars.go). */
function grafanaVariables(profile: HostProfile, options: StartOptions): Record<string, string> {
  return {
    ...(profile.awsVariables === 'every-plugin' ? awsVariables : {}),
    ...(profile.awsVariables === 'two-for-every-plugin' ? oldAwsVariables : {}),
    GFAZPL_AZURE_CLOUD: 'AzureCloud',
    GF_EDITION: 'Open Source',
    GF_ENTERPRISE_APP_URL: options.appUrl,
    GF_ENTERPRISE_LICENSE_PATH: `${options.dataPath ?? defaultDataPath}/license.jwt`,
    ...(profile.featureToggleVariable
      ? { GF_INSTANCE_FEATURE_TOGGLES_ENABLE: profile.featureToggles.join(',') }
      : {}),
    GF_VERSION: profile.grafanaVersion,
    ...tracingVariables(profile, options),
    ...sectionVariables(options.pluginSettings ?? {}, options.inherited),
    ...options.configured,
  }
}

function inheritedVariables(profile: HostProfile, options: StartOptions): Record<string, string> {
  const everything = (options.environment ?? profile.environment) === 'inherit'
  const inherited: Record<string, string> =
    everything && profile.awsVariables === 'every-plugin' ? { ...awsProcessVariables } : {}
  for (const [name, value] of Object.entries(options.inherited)) {
    if (value === undefined) continue
    if (everything || profile.forwardedVariables.includes(name)) inherited[name] = value
  }
  return inherited
}

/** Grafana's defaults (recording `a-unix-tracing-default`, grafana-12.4.0). */
const samplerVariables = {
  GF_INSTANCE_OTLP_SAMPLER_TYPE: 'const',
  GF_INSTANCE_OTLP_SAMPLER_PARAM: '1.000000',
  GF_INSTANCE_OTLP_SAMPLER_REMOTE_URL: '',
} as const

function tracingVariables(profile: HostProfile, options: StartOptions): Record<string, string> {
  if (options.tracing === undefined) return {}
  if (profile.tracingVariables !== 'always' && options.pluginSettings?.['tracing'] !== 'true') return {}
  return {
    GF_INSTANCE_OTLP_ADDRESS: options.tracing.address,
    GF_INSTANCE_OTLP_PROPAGATION: options.tracing.propagation ?? '',
    ...(profile.tracingVariables === 'opt-in-without-sampler' ? {} : samplerVariables),
    ...(options.pluginVersion === '' ? {} : { GF_PLUGIN_VERSION: options.pluginVersion }),
  }
}

/**
 * `path` and `id` are Grafana's own keys and stay out; a dot in a key stays in the name (LIFE-027).
 *
 * A variable of that name in the host's own environment is the value, unless it is empty; even where nothing is inherited
 * (grafana:pkg/services/pluginsintegration/pluginconfig/envvars.go `pluginSettingsEnvVars`).
 */
function sectionVariables(
  settings: Readonly<Record<string, string>>,
  host: StartOptions['inherited'],
): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const [key, value] of Object.entries(settings)) {
    if (key === 'path' || key.toLowerCase() === 'id') continue
    const name = `GF_PLUGIN_${key.toUpperCase()}`
    const overridden = host[name] ?? ''
    variables[name] = overridden === '' ? value : overridden
  }
  return variables
}

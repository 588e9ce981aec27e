import { ConformanceError } from '../conformance-error.ts'
import type { MetadataHabits } from '../frames/go-struct.ts'
import { nearest } from '../nearest.ts'
import { featureToggles104, featureToggles124 } from './feature-toggles.ts'

/** The Grafana that the host imitates: everything that differs from one version to another in what a plugin is sent. */
export interface HostProfile {
  /** What a user writes after `--grafana`. */
  readonly name: '9.5' | '10.4' | '11' | '12' | '12.4' | '12.4.2' | '13'
  /** The release that is imitated; it arrives as `GF_VERSION` and in `userAgent` (CTX-114). */
  readonly grafanaVersion: string
  /** Whether a real server of this release was recorded; the other profiles follow from sources (docs/fidelity.md). */
  readonly recorded: boolean
  /** How much of the host's own environment a plugin inherits: all of it, or `forwardedVariables` only (LIFE-022). */
  readonly environment: 'inherit' | 'minimal'
  /** The host variables that reach a plugin even in the minimal environment (LIFE-022, grafana:pkg/plugins/envvars/envvars.go). */
  readonly forwardedVariables: readonly string[]
  /** Which value a plugin gets when Grafana sets a variable that it also inherits (LIFE-021). */
  readonly precedence: 'inherited' | 'grafana'
  /** Whether the enabled feature toggles are among the variables (section 16.2: read since SDK 0.174.0, of Grafana 10.2). */
  readonly featureToggleVariable: boolean
  /** Whether AWS settings reach every plugin's environment (up to 9.5 only the oldest two) or only plugins that an operator listed (lifecycle.md section 15). */
  readonly awsVariables: 'two-for-every-plugin' | 'every-plugin' | 'listed-plugins'
  /** Whether the tracing variables need `tracing = true` in the plugin's section (TRACE-101; grafana/grafana#84645); 9.5 has none for a sampler. */
  readonly tracingVariables: 'opt-in-without-sampler' | 'opt-in' | 'always'
  /** The go-plugin release that reads the handshake and stderr (lifecycle.md section 15). */
  readonly goPlugin: '1.6.0' | '1.7.0'
  /** The gRPC runtime's `user-agent` metadata, as recorded in every call (rpc.md section 1.3). */
  readonly grpcUserAgent: string
  /** The map `PluginContext.grafanaConfig` of a server with default settings (CTX-116). */
  readonly grafanaConfig: (settings: { readonly appUrl: string }) => Readonly<Record<string, string>>
  /** Whether `PluginContext.userAgent` is filled (CTX-114; the field is younger than Grafana 9.5). */
  readonly sendsUserAgent: boolean
  /** The feature toggles that are on by default, sorted. */
  readonly featureToggles: readonly string[]
  /** Whether every request on behalf of a user carries `X-Grafana-Id` (rpc.md section 1.2). */
  readonly sendsIdToken: boolean
  /** Whether `X-Dashboard-Title` and `X-Panel-Title` are forwarded (rpc.md section 1.2; grafana/grafana#106829). */
  readonly forwardsTitles: boolean
  /** Whether `X-Rule-*` and `FromAlert` of an HTTP client are forwarded to QueryData (rpc.md section 1.2). */
  readonly forwardsRuleHeaders: boolean
  /** What rule evaluation says about its rule: a bare `X-Rule-Uid`, or six `http_X-Rule-*` (CTX-204; grafana/grafana#90344, #90890). */
  readonly ruleHeaders: 'bare-uid' | 'prefixed'
  /** Which cookies of the browser reach an app plugin (CTX-205). */
  readonly appCookies: 'all' | 'none'
  /** How a Live channel names its organisation: `1/…`, or by namespace, `default/…` (recordings `g-*`). */
  readonly liveScope: 'organisation' | 'namespace'
  /** How metadata of frames are written for browsers (META-011, META-037; sdk-go:data, releases 0.218 to 0.287). */
  readonly frameJson: MetadataHabits
}

/** The proxy variables that a Grafana passes on even where nothing else is inherited (LIFE-022). */
const proxyVariables = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
] as const

/** What is passed on since 12.4.2, for folders that can't be written (LIFE-022, grafana/grafana#120275). */
const variables1242 = [...proxyVariables, 'PLUGIN_UNIX_SOCKET_DIR'] as const

/** What is passed on since 13.2.2, for private certificate authorities (LIFE-022, grafana/grafana#132002). */
const variables13 = [...variables1242, 'SSL_CERT_FILE', 'SSL_CERT_DIR'] as const

const profile104: HostProfile = {
  name: '10.4',
  grafanaVersion: '10.4.3',
  recorded: true,
  environment: 'inherit',
  forwardedVariables: proxyVariables,
  precedence: 'inherited',
  featureToggleVariable: true,
  awsVariables: 'every-plugin',
  tracingVariables: 'opt-in',
  goPlugin: '1.6.0',
  grpcUserAgent: 'grpc-go/1.62.1',
  grafanaConfig: ({ appUrl }) => baseConfig(appUrl, featureToggles104),
  sendsUserAgent: true,
  featureToggles: featureToggles104,
  sendsIdToken: false,
  forwardsTitles: false,
  forwardsRuleHeaders: false,
  ruleHeaders: 'bare-uid',
  appCookies: 'all',
  liveScope: 'organisation',
  frameJson: { infoSeverity: 'left-out', openThreshold: 'zero' },
}

const profile95: HostProfile = {
  ...profile104,
  name: '9.5',
  grafanaVersion: '9.5.21',
  recorded: false,
  featureToggleVariable: false,
  awsVariables: 'two-for-every-plugin',
  tracingVariables: 'opt-in-without-sampler',
  // The map and the user agent joined the protocol later; a plugin finds neither.
  grafanaConfig: () => ({}),
  sendsUserAgent: false,
}

const profile11: HostProfile = {
  ...profile104,
  name: '11',
  grafanaVersion: '11.6.0',
  recorded: false,
  awsVariables: 'listed-plugins',
  tracingVariables: 'always',
  grafanaConfig: ({ appUrl }) => ({ ...baseConfig(appUrl, featureToggles104), ...sqlConfig }),
  forwardsRuleHeaders: true,
  ruleHeaders: 'prefixed',
  frameJson: { infoSeverity: 'written', openThreshold: 'zero' },
}

const profile124: HostProfile = {
  name: '12.4',
  grafanaVersion: '12.4.0',
  recorded: true,
  environment: 'minimal',
  forwardedVariables: proxyVariables,
  precedence: 'inherited',
  featureToggleVariable: true,
  awsVariables: 'listed-plugins',
  tracingVariables: 'always',
  goPlugin: '1.7.0',
  grpcUserAgent: 'grpc-go/1.78.0',
  grafanaConfig: ({ appUrl }) => ({
    ...baseConfig(appUrl, featureToggles124),
    ...sqlConfig,
    GF_LIVE_CLIENT_QUEUE_MAX_SIZE: '4194304',
  }),
  sendsUserAgent: true,
  featureToggles: featureToggles124,
  sendsIdToken: true,
  forwardsTitles: true,
  forwardsRuleHeaders: true,
  ruleHeaders: 'prefixed',
  appCookies: 'none',
  liveScope: 'namespace',
  frameJson: { infoSeverity: 'written', openThreshold: 'null' },
}

const profile12: HostProfile = {
  ...profile124,
  name: '12',
  grafanaVersion: '12.3.0',
  recorded: false,
  environment: 'inherit',
  frameJson: { infoSeverity: 'written', openThreshold: 'zero' },
}

const profile1242: HostProfile = {
  ...profile124,
  name: '12.4.2',
  grafanaVersion: '12.4.2',
  recorded: false,
  forwardedVariables: variables1242,
}

const profile13: HostProfile = {
  ...profile1242,
  name: '13',
  grafanaVersion: '13.2.2',
  forwardedVariables: variables13,
  precedence: 'grafana',
}

/** Every Grafana that the host can imitate, oldest first. */
export const hostProfiles: readonly HostProfile[] = [
  profile95,
  profile104,
  profile11,
  profile12,
  profile124,
  profile1242,
  profile13,
]

/** The profile that is used when nobody asks for another: the newest Grafana that was recorded. */
export const newestProfile: HostProfile = profile124

/** Names that mean a profile besides its own name and its full version. */
const aliases: Readonly<Record<string, HostProfile>> = {
  '9': profile95,
  '10': profile104,
  '13.2': profile13,
  latest: newestProfile,
}

/** Finds a profile by its name (`12.4`), its full version (`12.4.0`), or `latest`. */
export function profileNamed(name: string): HostProfile {
  const profile = hostProfiles.find((known) => known.name === name || known.grafanaVersion === name)
  if (profile !== undefined) return profile
  if (Object.hasOwn(aliases, name)) return aliases[name] ?? newestProfile
  const names = [...hostProfiles.map((known) => known.name), 'latest']
  const near = nearest(name, names)
  throw new ConformanceError(
    'usage',
    `Expected the name of a Grafana to imitate, one of ${names.join(', ')}; found ${JSON.stringify(name)}.`,
    near === undefined ? {} : { hint: `Did you mean ${near}?` },
  )
}

/** The three keys that every version sends (recording `b-one`, grafana-10.4.3). */
function baseConfig(appUrl: string, toggles: readonly string[]): Record<string, string> {
  return {
    GF_APP_URL: appUrl,
    GF_CONCURRENT_QUERY_COUNT: '10',
    GF_INSTANCE_FEATURE_TOGGLES_ENABLE: toggles.join(','),
  }
}

/** Defaults for SQL data sources, and the text for errors that users see (recording `b-one`, grafana-12.4.0). */
const sqlConfig = {
  GF_SQL_ROW_LIMIT: '1000000',
  GF_SQL_MAX_OPEN_CONNS_DEFAULT: '100',
  GF_SQL_MAX_IDLE_CONNS_DEFAULT: '100',
  GF_SQL_MAX_CONN_LIFETIME_SECONDS_DEFAULT: '14400',
  GF_USER_FACING_DEFAULT_ERROR: 'please inspect Grafana server log for details',
} as const

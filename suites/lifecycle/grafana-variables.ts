/** Variables that some Grafana sets under some configuration, and developers set (lifecycle.md sections 16.2 to 16.7). */
export const grafanaVariables: readonly string[] = [
  ...['GF_EDITION', 'GF_ENTERPRISE_LICENSE_PATH', 'GF_ENTERPRISE_APP_URL', 'GF_ENTERPRISE_LICENSE_TEXT'],
  ...['GF_VERSION', 'GF_APP_URL', 'GF_INSTANCE_FEATURE_TOGGLES_ENABLE', 'GF_PLUGIN_VERSION'],
  ...prefixed('GF_PLUGIN_APP_', ['CLIENT_ID', 'CLIENT_SECRET', 'PRIVATE_KEY']),
  ...prefixed('GF_PLUGIN_PROFILING_', ['ENABLED', 'PORT', 'BLOCK_RATE', 'MUTEX_RATE']),
  ...['GF_PLUGINS_PROFILER', 'GF_PLUGINS_PROFILER_PORT', 'GF_DATAPROXY_RESPONSE_LIMIT'],
  ...prefixed('GF_PLUGIN_HAR_LOG_', ['ENABLED', 'PATH']),
  ...prefixed('GF_INSTANCE_OTLP_', [
    'ADDRESS',
    'PROPAGATION',
    'SAMPLER_TYPE',
    'SAMPLER_PARAM',
    'SAMPLER_REMOTE_URL',
  ]),
  ...prefixed('GF_SECURE_SOCKS_DATASOURCE_PROXY_', [
    'SERVER_ENABLED',
    'CLIENT_CERT',
    'CLIENT_KEY',
    'ROOT_CA_CERT',
    'PROXY_ADDRESS',
    'SERVER_NAME',
    'ALLOW_INSECURE',
  ]),
  ...prefixed('AWS_', [
    'AUTH_AssumeRoleEnabled',
    'AUTH_AllowedAuthProviders',
    'AUTH_EXTERNAL_ID',
    'AUTH_SESSION_DURATION',
    'CW_LIST_METRICS_PAGE_LIMIT',
  ]),
  ...prefixed('GFAZPL_', ['AZURE_CLOUD', 'AZURE_AUTH_ENABLED']),
  ...prefixed('GFAZPL_MANAGED_IDENTITY_', ['ENABLED', 'CLIENT_ID']),
  ...prefixed('GFAZPL_WORKLOAD_IDENTITY_', ['ENABLED', 'TENANT_ID', 'CLIENT_ID', 'TOKEN_FILE']),
  ...prefixed('GFAZPL_USER_IDENTITY_', [
    'ENABLED',
    'FALLBACK_SERVICE_CREDENTIALS_ENABLED',
    'TOKEN_URL',
    'CLIENT_AUTHENTICATION',
    'CLIENT_ID',
    'CLIENT_SECRET',
    'MANAGED_IDENTITY_CLIENT_ID',
    'FEDERATED_CREDENTIAL_AUDIENCE',
    'ASSERTION',
  ]),
  ...['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'PLUGIN_UNIX_SOCKET_DIR'],
]

function prefixed(prefix: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${prefix}${name}`)
}

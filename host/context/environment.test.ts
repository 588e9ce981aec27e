import { expect, it } from 'vitest'

import { bareEnvironment, lostVariables, startEnvironment } from './environment.ts'
import { configuredStart } from './operator.ts'
import { hostProfiles, profileNamed } from './profile.ts'

const options = { inherited: {}, pluginVersion: '1.2.3', appUrl: 'http://localhost:3000/' }
const goPluginNames = [
  'PLUGIN_MAX_PORT',
  'PLUGIN_MIN_PORT',
  'PLUGIN_PROTOCOL_VERSIONS',
  'grafana_plugin_type',
]

it('gives exactly ten variables from 12.4 on, and only proxy settings of the host (LIFE-020, LIFE-022)', () => {
  const inherited = { PATH: '/bin', HOME: '/root', https_proxy: 'http://p', PLUGIN_UNIX_SOCKET_DIR: '/s' }
  const environment = startEnvironment(profileNamed('12.4'), { ...options, inherited })
  expect(Object.keys(environment).sort()).toEqual([
    'GFAZPL_AZURE_CLOUD',
    'GF_EDITION',
    'GF_ENTERPRISE_APP_URL',
    'GF_ENTERPRISE_LICENSE_PATH',
    'GF_INSTANCE_FEATURE_TOGGLES_ENABLE',
    'GF_VERSION',
    ...goPluginNames,
    'https_proxy',
  ])
})

it('lets inherited values win over Grafana and go-plugin win over both (LIFE-020, LIFE-021)', () => {
  const inherited = { GF_VERSION: 'inherited', PLUGIN_MIN_PORT: '1', GONE: undefined }
  for (const profile of hostProfiles) {
    const environment = startEnvironment(profile, { ...options, inherited })
    expect(environment['PLUGIN_MIN_PORT']).toBe('10000')
    expect(environment['GF_VERSION']).toBe(
      profile.environment === 'inherit' ? 'inherited' : profile.grafanaVersion,
    )
    expect(environment).not.toHaveProperty('GONE')
  }
})

it('lets variables that a launch asks for win over go-plugin (LIFE-028)', () => {
  const environment = startEnvironment(profileNamed('latest'), {
    ...options,
    extra: { PLUGIN_PROTOCOL_VERSIONS: '' },
  })
  expect(environment['PLUGIN_PROTOCOL_VERSIONS']).toBe('')
})

it('forwards everything to a plugin for which an operator asked for it (LIFE-022)', () => {
  const environment = startEnvironment(profileNamed('12.4'), {
    ...options,
    inherited: { PATH: '/bin' },
    environment: 'inherit',
  })
  expect(environment['PATH']).toBe('/bin')
})

it('sends tracing variables in 10.4 only to a plugin whose section says so (TRACE-101)', () => {
  const tracing = { address: '127.0.0.1:4317' }
  const profile = profileNamed('10.4')
  expect(startEnvironment(profile, { ...options, tracing })).not.toHaveProperty('GF_INSTANCE_OTLP_ADDRESS')
  const chosen = startEnvironment(profile, { ...options, tracing, pluginSettings: { tracing: 'true' } })
  expect(chosen['GF_INSTANCE_OTLP_ADDRESS']).toBe('127.0.0.1:4317')
})

it('leaves the plugin version out when it is empty', () => {
  const tracing = { address: '127.0.0.1:4317' }
  const environment = startEnvironment(profileNamed('12.4'), { ...options, pluginVersion: '', tracing })
  expect(environment).toHaveProperty('GF_INSTANCE_OTLP_ADDRESS')
  expect(environment).not.toHaveProperty('GF_PLUGIN_VERSION')
})

it('has five variables at the barest (LIFE-023)', () => {
  expect(Object.keys(bareEnvironment()).sort()).toEqual(['GF_VERSION', ...goPluginNames])
})

it('gives the environment of Grafana 9.5: everything inherited, no toggles, two AWS settings (LIFE-020, LIFE-022)', () => {
  const environment = startEnvironment(profileNamed('9.5'), { ...options, inherited: { PATH: '/bin' } })
  expect(Object.keys(environment).sort()).toEqual([
    'AWS_AUTH_AllowedAuthProviders',
    'AWS_AUTH_AssumeRoleEnabled',
    'GFAZPL_AZURE_CLOUD',
    'GF_EDITION',
    'GF_ENTERPRISE_APP_URL',
    'GF_ENTERPRISE_LICENSE_PATH',
    'GF_VERSION',
    'PATH',
    ...goPluginNames,
  ])
})

it('passes on a folder for sockets since 12.4.2 and certificates since 13.2.2, and nothing more (LIFE-022)', () => {
  const inherited = {
    HOME: '/root',
    NO_PROXY: 'n',
    PLUGIN_UNIX_SOCKET_DIR: '/s',
    SSL_CERT_DIR: '/c',
    SSL_CERT_FILE: '/f',
  }
  const passed = ['12.4', '12.4.2', '13'].map((name) => {
    const environment = startEnvironment(profileNamed(name), { ...options, inherited })
    return Object.keys(inherited).filter((variable) => variable in environment)
  })
  expect(passed).toEqual([
    ['NO_PROXY'],
    ['NO_PROXY', 'PLUGIN_UNIX_SOCKET_DIR'],
    ['NO_PROXY', 'PLUGIN_UNIX_SOCKET_DIR', 'SSL_CERT_DIR', 'SSL_CERT_FILE'],
  ])
})

it('lets Grafana win over inherited values in the newest only, also where all is forwarded (LIFE-021)', () => {
  const inherited = { GF_VERSION: 'inherited', PLUGIN_MIN_PORT: '1' }
  const versions = hostProfiles.map((profile) => {
    const environment = startEnvironment(profile, { ...options, inherited, environment: 'inherit' })
    expect(environment['PLUGIN_MIN_PORT']).toBe('10000')
    return environment['GF_VERSION']
  })
  expect(versions).toEqual([...Array.from({ length: hostProfiles.length - 1 }, () => 'inherited'), '13.2.2'])
})

it('makes a variable of each key of the section but path and id, dots included; one of the host overrides it (LIFE-027)', () => {
  const pluginSettings = { some_key: 'v', 'other.key': 'x', path: '/p', id: 'i', Mine: 'ini', empty: 'ini' }
  const inherited = { GF_PLUGIN_MINE: 'host', GF_PLUGIN_EMPTY: '', GF_PLUGIN_ELSE: 'not asked for' }
  const environment = startEnvironment(profileNamed('12.4'), {
    ...options,
    inherited,
    ...configuredStart({ pluginSettings }),
  })
  expect(Object.entries(environment).filter(([name]) => name.startsWith('GF_PLUGIN_'))).toEqual([
    ['GF_PLUGIN_SOME_KEY', 'v'],
    ['GF_PLUGIN_OTHER.KEY', 'x'],
    ['GF_PLUGIN_MINE', 'host'],
    ['GF_PLUGIN_EMPTY', 'ini'],
  ])
})

it('never sets a certificate, multiplexing or a group for the socket (LIFE-020)', () => {
  for (const profile of hostProfiles) {
    const environment = startEnvironment(profile, options)
    for (const name of ['PLUGIN_CLIENT_CERT', 'PLUGIN_MULTIPLEX_GRPC', 'PLUGIN_UNIX_SOCKET_GROUP'])
      expect(environment).not.toHaveProperty(name)
  }
})

it('names what only an older Grafana would hand down, and nothing where everything is', () => {
  const inherited = { PATH: '/bin', HTTP_PROXY: 'p', GF_VERSION: 'v', HOME: '/root' }
  expect(lostVariables(profileNamed('12.4'), { ...options, inherited })).toEqual(['HOME', 'PATH'])
  expect(lostVariables(profileNamed('12'), { ...options, inherited })).toEqual([])
  expect(
    lostVariables(profileNamed('12.4'), {
      ...options,
      inherited,
      ...configuredStart({ forwardHostEnv: true }),
    }),
  ).toEqual([])
})

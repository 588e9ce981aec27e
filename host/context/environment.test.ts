import { expect, it } from 'vitest'

import { bareEnvironment, startEnvironment } from './environment.ts'
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

it('lets inherited values win over Grafana and go-plugin win over both (LIFE-021)', () => {
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

import { describe, expect, it } from 'vitest'

import { startEnvironment, type StartOptions } from './environment.ts'
import { hostProfiles } from './profile.ts'
import { appUrl, record } from './test-data/recorded.ts'

const starts: readonly [
  id: string,
  options: Partial<StartOptions>,
  byVersion?: Record<string, Partial<StartOptions>>,
][] = [
  ['a-production', {}],
  ['a-production-app', {}],
  ['a-unix-tracing-default', { tracing: { address: '127.0.0.1:<port>' } }],
  ['a-skip-host-env', { environment: 'minimal' }],
  [
    'a-full-config',
    {
      appUrl: 'http://localhost:<port>/sub/',
      tracing: { address: '127.0.0.1:<port>', propagation: 'w3c,jaeger' },
      pluginSettings: { some_key: 'Some value', 'other.key': 'x', tracing: 'true', path: '/p', id: 'i' },
      configured: { GFAZPL_MANAGED_IDENTITY_ENABLED: 'true' },
    },
    {
      '10.4': {
        configured: {
          AWS_AUTH_AllowedAuthProviders: 'default,keys',
          GFAZPL_MANAGED_IDENTITY_ENABLED: 'true',
        },
      },
      '12.4': { configured: { GFAZPL_AZURE_AUTH_ENABLED: 'true', GFAZPL_MANAGED_IDENTITY_ENABLED: 'true' } },
    },
  ],
]

describe.each(hostProfiles.filter((profile) => profile.recorded))('the profile $name', (profile) => {
  it.each(starts)('starts a plugin with the environment of %s', (id, options, byVersion) => {
    const { env = {}, serverEnv = {} } = record(profile, 'a-start', id).observed
    const made = startEnvironment(profile, {
      inherited: serverEnv,
      pluginVersion: '1.2.3',
      appUrl,
      dataPath: '<data>',
      ...options,
      ...byVersion?.[profile.name],
    })
    const toggles = 'GF_INSTANCE_FEATURE_TOGGLES_ENABLE'
    const recordedToggles =
      env[toggles] === '<toggles>' ? made[toggles] : env[toggles]?.replace(/pluginsSkipHostEnvVars,?/, '')
    expect(made).toEqual({ ...env, [toggles]: recordedToggles })
  })
})

import { expect, it } from 'vitest'

import { ConformanceError } from '../conformance-error.ts'
import { hostProfiles, newestProfile, profileNamed } from './profile.ts'

it.each([
  ['9.5', '9.5'],
  ['9', '9.5'],
  ['9.5.21', '9.5'],
  ['10.4', '10.4'],
  ['10.4.3', '10.4'],
  ['10', '10.4'],
  ['11', '11'],
  ['12', '12'],
  ['12.4', '12.4'],
  ['12.4.0', '12.4'],
  ['12.4.2', '12.4.2'],
  ['13', '13'],
  ['13.2', '13'],
  ['latest', newestProfile.name],
])('finds %s as the profile %s', (asked, name) => {
  expect(profileNamed(asked).name).toBe(name)
})

it.each(['12.5', 'lates', '', 'toString', '8'])(
  'refuses %j with a usage error that names the known profiles',
  (name) => {
    let thrown: unknown
    try {
      profileNamed(name)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ConformanceError)
    expect(thrown).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('9.5, 10.4, 11, 12, 12.4, 12.4.2, 13, latest'),
    })
  },
)

it('hints at the nearest profile', () => {
  expect(() => profileNamed('lates')).toThrow(expect.objectContaining({ hint: 'Did you mean latest?' }))
  expect(() => profileNamed('12.5')).toThrow(expect.objectContaining({ hint: 'Did you mean 12.4?' }))
})

it('lists feature toggles sorted and once, as grafanaConfig does (CTX-116)', () => {
  for (const { name, featureToggles, grafanaConfig } of hostProfiles) {
    expect(featureToggles).toEqual([...new Set(featureToggles)].sort())
    // Its protocol has no such map.
    if (name === '9.5') continue
    const config = grafanaConfig({ appUrl: 'http://localhost:3000/' })
    expect(config['GF_INSTANCE_FEATURE_TOGGLES_ENABLE']).toBe(featureToggles.join(','))
    expect(config['GF_APP_URL']).toBe('http://localhost:3000/')
  }
})

it('inherits the environment up to 12.3 and not from 12.4 on (LIFE-022)', () => {
  expect(hostProfiles.map(({ name, environment }) => [name, environment])).toEqual([
    ['9.5', 'inherit'],
    ['10.4', 'inherit'],
    ['11', 'inherit'],
    ['12', 'inherit'],
    ['12.4', 'minimal'],
    ['12.4.2', 'minimal'],
    ['13', 'minimal'],
  ])
})

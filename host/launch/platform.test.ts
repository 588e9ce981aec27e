import os from 'node:os'

import { describe, expect, it } from 'vitest'

import {
  currentPlatform,
  executableName,
  executablePath,
  goPlatform,
  splitPlatformSuffix,
} from './platform.ts'

describe('platform names', () => {
  it('are the ones of Go', () => {
    expect(goPlatform('linux', 'x64')).toEqual({ os: 'linux', arch: 'amd64' })
    expect(goPlatform('darwin', 'arm64')).toEqual({ os: 'darwin', arch: 'arm64' })
    expect(goPlatform('win32', 'ia32')).toEqual({ os: 'windows', arch: '386' })
    expect(goPlatform('freebsd', 'riscv64')).toEqual({ os: 'freebsd', arch: 'riscv64' })
  })

  it('describe this machine', () => {
    expect(currentPlatform()).toEqual(goPlatform(os.platform(), os.arch()))
  })
})

describe('executable names', () => {
  it('carry the platform, and .exe on Windows only', () => {
    expect(executableName('gpx_demo', { os: 'linux', arch: 'arm64' })).toBe('gpx_demo_linux_arm64')
    expect(executableName('gpx_demo', { os: 'windows', arch: 'amd64' })).toBe('gpx_demo_windows_amd64.exe')
  })

  it('may leave the folder with .. but not with a leading slash, as Go joins paths', () => {
    const linux = { os: 'linux', arch: 'amd64' }
    expect(executablePath('/app/dist/ds', '../gpx', linux)).toBe('/app/dist/gpx_linux_amd64')
    expect(executablePath('/app/dist', '/usr/bin/gpx', linux)).toBe('/app/dist/usr/bin/gpx_linux_amd64')
  })

  it('can be taken apart again', () => {
    expect(splitPlatformSuffix('gpx_a_b_windows_amd64.exe')).toEqual({
      stem: 'gpx_a_b',
      platform: { os: 'windows', arch: 'amd64' },
    })
    expect(splitPlatformSuffix('gpx_demo')).toBeUndefined()
    expect(splitPlatformSuffix('gpx_my_plugin')).toBeUndefined()
  })
})

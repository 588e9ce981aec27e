import { describe, expect, it } from 'vitest'

import { findingOf, manifest, name, program } from './preflight-folder.ts'
import { elfFile, machOFile } from './program-headers.ts'

describe('a missing executable', () => {
  it('is reported with what Grafana would log', async () => {
    expect(await findingOf('missing', {})).toEqual({
      spec: 'LIFE-002',
      kind: 'missing',
      fatal: true,
      what: name,
      expected: `the file ${name}, because Grafana appends _<os>_<arch> to "executable" of plugin.json`,
      found: expect.stringContaining('which holds plugin.json') as string,
      fix: `Build the plugin for linux/amd64 as ${name} (Go SDK: mage build:linux).`,
      grafanaLog: `fork/exec ${name}: no such file or directory`,
    })
  })

  it('is explained by the bare name', async () => {
    expect(await findingOf('missing', { gpx_demo: program(elfFile()) })).toMatchObject({
      found: 'gpx_demo (ELF amd64, 0755)',
      fix: `Rename gpx_demo to ${name}; the bare name is never started.`,
    })
  })

  it('is explained by the other platforms, each with its real architecture and mode', async () => {
    const finding = await findingOf('missing', {
      gpx_demo_linux_arm64: program(elfFile({ machine: 183 })),
      gpx_demo_darwin_arm64: program(machOFile(0x0100000c), 0o644),
    })
    expect(finding?.found).toBe(
      'gpx_demo_darwin_arm64 (Mach-O arm64, 0644), gpx_demo_linux_arm64 (ELF arm64, 0755)',
    )
    expect(finding?.fix).toContain('Build the plugin for linux/amd64')
  })

  it('is explained by a folder per platform, a misspelt name, or a suffix in plugin.json', async () => {
    const inFolder = await findingOf('missing', { 'linux_amd64/gpx_demo': program('') })
    expect(inFolder?.fix).toBe(
      `Move linux_amd64/gpx_demo to ${name}; subfolders by platform are not looked into.`,
    )
    const misspelt = await findingOf('missing', { gpx_dmeo_linux_amd64: program('') })
    expect(misspelt?.fix).toContain(`Is it gpx_dmeo_linux_amd64? Rename it to ${name}`)
    const suffixed = await findingOf('missing', {
      'plugin.json': manifest({ executable: name }),
      [name]: program(''),
    })
    expect(suffixed?.fix).toBe('Take the suffix out of plugin.json: "executable": "gpx_demo".')
  })

  it('may be missing together with its folder', async () => {
    const finding = await findingOf('missing', { 'plugin.json': manifest({ executable: 'bin/gpx_demo' }) })
    expect(finding).toMatchObject({ what: `bin/${name}`, found: 'no folder bin' })
  })
})

import { describe, expect, it } from 'vitest'

import { findingOf, findingsOf, name, program } from './preflight-folder.ts'
import { elfFile, peFile } from './program-headers.ts'

describe('what is shipped beside the executable', () => {
  const good = { [name]: program(elfFile()) }

  it('has mode 0755, Windows programs aside', async () => {
    const findings = await findingsOf({
      [name]: program(elfFile(), 0o775),
      gpx_demo_helper: program('x', 0o644),
      'gpx_demo_windows_amd64.exe': program(peFile(0x8664), 0o644),
      'module.js': program('', 0o644),
    })
    expect(findings.filter(({ kind }) => kind === 'mode')).toMatchObject([
      { spec: 'LIFE-004', fatal: false, what: 'gpx_demo_helper', found: 'mode 0644' },
      { spec: 'LIFE-004', fatal: false, what: name, found: 'mode 0775' },
    ])
  })

  it('is for the platform in its name', async () => {
    const finding = await findingOf('wrong-architecture', {
      ...good,
      gpx_demo_linux_arm64: program(elfFile()),
    })
    expect(finding).toMatchObject({ fatal: false, what: 'gpx_demo_linux_arm64', found: 'ELF amd64' })
  })

  it('may lack platforms, which are listed', async () => {
    const finding = await findingOf('missing-platform', good)
    expect(finding).toMatchObject({
      fatal: false,
      found: expect.stringContaining('gpx_demo_windows_amd64.exe') as string,
    })
  })

  it('has no traces of a debugging session', async () => {
    const findings = await findingsOf({ ...good, 'standalone.txt': ':42283', 'pid.txt': '4711' })
    expect(findings.filter(({ kind }) => kind === 'debug-file')).toMatchObject([
      {
        spec: 'LIFE-182',
        fatal: false,
        what: 'standalone.txt',
        found: expect.stringContaining('":42283"; ') as string,
      },
      { spec: 'LIFE-182', fatal: false, what: 'pid.txt', found: '"4711"' },
    ])
  })
})

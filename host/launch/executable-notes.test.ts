import { readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from 'vitest'

import { startLogLine } from '../logs/start-log-line.ts'
import { executableNotes } from './executable-notes.ts'
import { elfFile, peFile } from './program-headers.ts'
import { shell, startScript } from './script-plugin.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface Recorded {
  readonly id: string
  readonly observed: { readonly log: readonly string[] }
}

/** The line of a real Grafana about a plugin that did not start. */
function recordedLine(version: string, id: string): string {
  const url = new URL(`../../fixtures/recordings/grafana-${version}/h-faults.json`, import.meta.url)
  const records = JSON.parse(readFileSync(url, 'utf8')) as readonly Recorded[]
  const line = records
    .find((record) => record.id === id)
    ?.observed.log.find((one) => one.includes('msg="Could not start plugin'))
  if (line === undefined) throw new TypeError(`no such line in ${id} of Grafana ${version}`)
  return line
}

/** What differs from machine to machine: the path, and who owns the file. */
function normal(line: string): string {
  return line
    .replace(' t=<time>', '')
    .replace(/pluginId=\S+/, 'pluginId=<id>')
    .replace(/Path: .*?\\n/, String.raw`Path: <path>\n`)
    .replaceAll(/\d+ \[[^\]]+\]/g, '<owner>')
}

describe('the notes that go-plugin makes about a file', () => {
  test.runIf(process.platform !== 'win32').each([
    ['10.4.3', '1.6.0', 'h-handshake-usage', "echo 'Usage: x [options]'; exit 2"],
    ['10.4.3', '1.6.0', 'h-handshake-exit0', 'exit 0'],
    ['12.4.0', '1.7.0', 'h-handshake-usage', "echo 'Usage: x [options]'; exit 2"],
    ['12.4.0', '1.7.0', 'h-handshake-banner', "echo 'Starting plugin...'; exec sleep 60"],
    ['12.4.0', '1.7.0', 'h-handshake-emptyline', 'echo; exec sleep 60'],
  ] as const)(
    'are those in the log of Grafana %s with go-plugin %s: %s (LIFE-066)',
    async (version, goPlugin, id, script) => {
      await using start = await startScript(shell(script), { goPlugin, pluginId: 'some-datasource' })
      expect(normal(start.fault().grafanaLog)).toBe(normal(recordedLine(version, id)))
    },
  )

  test('name the processor of a native program next to that of this machine', async () => {
    await using folder = await temporaryFolder({ elf: elfFile({ machine: 183 }), pe: peFile(0x8664) })
    expect(await executableNotes(path.join(folder.path, 'elf'))).toContain(
      '  ELF architecture: EM_AARCH64 (current architecture: ',
    )
    expect(await executableNotes(path.join(folder.path, 'pe'))).toContain(
      '  PE architecture: amd64 (current architecture: ',
    )
  })

  test('are left out for a file that is not there, and the hint stays', async () => {
    const notes = await executableNotes('/no/such/file')
    expect(notes).toContain('failed to negotiate the initial go-plugin protocol handshake')
    expect(notes).not.toContain('Additional notes')
  })
})

test('a line of the log is quoted as Grafana quotes it', () => {
  expect(startLogLine('a "b"\nc', { pluginId: 'x-datasource', goPlugin: '1.7.0' })).toBe(
    String.raw`logger=plugins.backend.start level=error msg="Could not start plugin backend" pluginId=x-datasource error="a \"b\"\nc"`,
  )
})

import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import type { Exit } from '../launch/plugin-process.ts'
import { exitRecord } from './exit-record.ts'
import { grafanaLogLine } from './grafana-log-line.ts'

/** A crash as a real Grafana logged it (fixtures/recordings/README.md). */
interface Recorded {
  readonly id: string
  readonly observed: { readonly log?: readonly string[] }
}

/** What a real Grafana wrote when a process ended, with how it had ended. */
const exits: Readonly<Record<string, Exit>> = {
  'h-kill-idle-1': { code: null, signal: 'SIGKILL' },
  'h-kill-query': { code: null, signal: 'SIGKILL' },
  'h-exit-query': { code: 3, signal: null },
  'h-exit-zero': { code: 0, signal: null },
}

describe.each(['10.4.3', '12.4.0'])('Grafana %s', (version) => {
  const file = new URL(`../../fixtures/recordings/grafana-${version}/h-crashes.json`, import.meta.url)
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[]

  it.each(Object.entries(exits))('logs the end of the process in %s word for word (LIFE-133)', (id, exit) => {
    const lines = recorded.find((record) => record.id === id)?.observed.log ?? []
    const command = '<plugins>/test-recorder-datasource/gpx_recorder_linux_amd64'
    const record = exitRecord(exit, { command, pid: 4711 })
    const line = grafanaLogLine(record, 'test-recorder-datasource')
    expect(lines).toContain(line.replace(/ t=\S+/, ' t=<time>').replace('id=4711', 'id=<pid>'))
  })
})

describe('the record of an exit', () => {
  it('tells of other signals in the words of Go (LIFE-133)', () => {
    const record = exitRecord({ code: null, signal: 'SIGTERM' }, { command: 'c', pid: 1 })
    expect(record).toMatchObject({ level: 'error', fields: { error: 'signal: terminated' } })
  })

  it('without a process id says nothing of one (LIFE-133)', () => {
    const record = exitRecord({ code: 0, signal: null }, { command: 'c', pid: undefined })
    expect(record.fields).toEqual({ plugin: 'c' })
  })
})

import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { exitRecord } from './exit-record.ts'
import { grafanaLogLine } from './grafana-log-line.ts'

interface Recording {
  readonly id: string
  readonly observed: { readonly log?: readonly string[] }
}

/** Every line about the end of a process, wherever a record keeps it. */
function recordedLines(grafana: string): readonly string[] {
  const file = new URL(`../../fixtures/recordings/grafana-${grafana}/h-faults.json`, import.meta.url)
  const recordings = JSON.parse(readFileSync(file, 'utf8')) as readonly Recording[]
  return [...new Set(recordings.flatMap((one) => linesIn(one.observed)))]
}

function linesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.includes('msg="plugin process exited"') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(linesIn) : []
}

test('the recordings tell of processes that ended with 0, with a status, and by a signal', () => {
  const lines = ['10.4.3', '12.4.0'].flatMap(recordedLines)
  expect(lines.some((line) => line.includes('level=info'))).toBe(true)
  expect(lines.some((line) => line.includes('error="exit status '))).toBe(true)
  expect(lines.some((line) => line.includes('error="signal: killed"'))).toBe(true)
})

describe.each(['10.4.3', '12.4.0'])('the end of a process in the log of Grafana %s', (grafana) => {
  const lines = recordedLines(grafana)

  test.each(lines.map((line) => [line]))('is told in its words (LIFE-133): %s', (line) => {
    const [, id = '', command = ''] = /^logger=plugin\.(\S+) .* plugin=(\S+) id=<pid>/.exec(line) ?? []
    const status = /exit status (\d+)/.exec(line)?.[1]
    const killed = line.includes('signal: killed')
    const exit = killed ? { code: null, signal: 'SIGKILL' } : { code: Number(status ?? 0), signal: null }
    const told = grafanaLogLine(exitRecord(exit, { command, pid: 4711 }), id)
    // Grafana quotes no path; the placeholder of the recordings has characters that look like signs of comparison.
    expect(
      told
        .replace(/ t=\S+/, ' t=<time>')
        .replace('id=4711', 'id=<pid>')
        .replaceAll('"<', '<'),
    ).toBe(line.replaceAll('"<', '<'))
  })
})

test('a process that shares the host has no id', () => {
  const told = grafanaLogLine(
    exitRecord({ code: 0, signal: null }, { command: 'x', pid: undefined }),
    'my-plugin',
    null,
  )
  expect(told).toBe('logger=plugin.my-plugin level=info msg="plugin process exited" plugin=x')
})

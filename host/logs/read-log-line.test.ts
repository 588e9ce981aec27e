import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { grafanaLogLine } from './grafana-log-line.ts'
import type { LogRecord } from './log-record.ts'
import { createLogReader, type LogReader } from './read-log-line.ts'
import { createLineSplitter } from './split-lines.ts'

const PLUGIN = 'test-recorder-datasource'

const SERVERS = [
  { grafana: '10.4.3', goPlugin: '1.6.0' },
  { grafana: '12.4.0', goPlugin: '1.7.0' },
] as const

type Stimulus =
  | string
  | { readonly stderr: readonly string[] }
  | { readonly stderrLong: number; readonly prefix?: string; readonly suffix?: string }

interface Recording {
  readonly id: string
  readonly title: string
  readonly observed: {
    readonly stderr: Stimulus
    readonly serverDied?: boolean
    readonly serverLog: readonly string[]
    readonly serverLogLengths?: readonly number[]
  }
}

function recordingsOf(grafana: string): readonly Recording[] {
  const file = new URL(`../../fixtures/recordings/grafana-${grafana}/i-stderr.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Recording[]
}

/** The bytes that the recording plugin wrote; `\udcXX` stands for the byte XX, which is not UTF-8. */
function bytesOf(stimulus: Stimulus): Uint8Array {
  const text =
    typeof stimulus === 'string'
      ? stimulus
      : 'stderr' in stimulus
        ? stimulus.stderr.join('\n')
        : `${stimulus.prefix ?? ''}${'x'.repeat(stimulus.stderrLong)}${stimulus.suffix ?? ''}\nline after the long one`
  const parts = `${text}\n`.split(/\\udc([0-9a-f]{2})/)
  return Buffer.concat(parts.map((part, index) => Buffer.from(part, index % 2 === 0 ? 'utf8' : 'hex')))
}

function recordsOf(bytes: Uint8Array, reader: LogReader): readonly LogRecord[] {
  const splitter = createLineSplitter('stderr')
  return [...splitter.push(bytes), ...splitter.end()].flatMap((piece) =>
    piece.kind === 'too-long' ? [] : [reader.read(piece.text, { chunk: piece.kind === 'chunk' })],
  )
}

/** The words of a log line in a fixed order: Grafana's field order is random (LIFE-127). */
function words(line: string): readonly string[] {
  return line
    .replace(/ t=\S+/, ' t=<time>')
    .split(' ')
    .sort()
}

function expectSameLines(actual: readonly string[], recording: Recording): void {
  const { serverLog, serverLogLengths } = recording.observed
  expect(actual).toHaveLength(serverLog.length)
  for (const [index, recorded] of serverLog.entries()) {
    const line = actual[index] ?? ''
    const [start, end] = recorded.split('…')
    if (start === undefined || end === undefined) {
      expect(words(line)).toEqual(words(recorded))
      continue
    }
    expect(line.replace(/ t=\S+/, ' t=<time>').slice(0, start.length)).toBe(start)
    expect(line.slice(-end.length)).toBe(end)
    // The server writes its time with up to nine fractional digits, trailing zeros left out; ours has three.
    const surplus = (serverLogLengths?.[index] ?? 0) - line.length
    expect(surplus).toBeGreaterThanOrEqual(-2)
    expect(surplus).toBeLessThanOrEqual(6)
  }
}

describe.each(SERVERS)(
  'a reader for Grafana $grafana, level for level and field for field (LIFE-120, LIFE-127, LIFE-128),',
  ({ grafana, goPlugin }) => {
    const recordings = recordingsOf(grafana)
    // One process wrote all lines at server level debug, so the switch of LIFE-128 reaches from one record into the next.
    const sameProcess = createLogReader({ goPlugin })

    test.each(recordings.filter((one) => one.id.startsWith('i-debug-')).map((one) => [one.id, one] as const))(
      'logs %s as the server did',
      (_id, recording) => {
        const records = recordsOf(bytesOf(recording.observed.stderr), sameProcess)
        expectSameLines(
          records.map((record) => grafanaLogLine(record, PLUGIN)),
          recording,
        )
      },
    )

    test.each(
      recordings.filter((one) => /^i-(odd|info|text)-/.test(one.id)).map((one) => [one.id, one] as const),
    )('logs %s as the server did', (id, recording) => {
      const records = recordsOf(bytesOf(recording.observed.stderr), createLogReader({ goPlugin }))
      const logged = records.filter((record) => !id.startsWith('i-info-') || record.level !== 'debug')
      expectSameLines(
        logged.map((record) => grafanaLogLine(record, PLUGIN)),
        recording,
      )
      expect(records.some((record) => record.endsGrafana)).toBe(recording.observed.serverDied ?? false)
      expect(records.flatMap((record) => record.findings).some(({ spec }) => spec === 'LIFE-124')).toBe(
        recording.observed.serverDied ?? false,
      )
    })

    test.each(recordings.filter((one) => one.id.startsWith('i-json-')).map((one) => [one.id, one] as const))(
      'reads the fields of %s as the server did',
      (_id, recording) => {
        const [record] = recordsOf(bytesOf(recording.observed.stderr), createLogReader({ goPlugin }))
        const logged: unknown = JSON.parse(recording.observed.serverLog[0] ?? '')
        const frame = { logger: `plugin.${PLUGIN}`, t: '<time>', level: record?.level, msg: record?.message }
        expect({ ...frame, ...record?.fields }).toEqual(logged)
      },
    )

    test('logs a line before the handshake like any other', () => {
      const recording = recordings.find((one) => one.id === 'i-before-handshake')
      const line = createLogReader({ goPlugin }).read(
        typeof recording?.observed.stderr === 'string' ? recording.observed.stderr : '',
      )
      expect(recording?.observed.serverLog).toContain(
        grafanaLogLine(line, PLUGIN).replace(/ t=\S+/, ' t=<time>'),
      )
    })

    test('is compared with every record of the file', () => {
      expect(
        recordings.filter((one) => !/^i-(?:debug-|odd-|info-|text-|json-|before-handshake$)/.test(one.id)),
      ).toEqual([])
      expect(recordings).toHaveLength(103)
    })
  },
)

function read(line: string): LogRecord {
  return createLogReader({ goPlugin: '1.7.0' }).read(line)
}

function specs(line: string): readonly string[] {
  return read(line).findings.map(({ spec }) => spec)
}

describe('findings', () => {
  test.each([
    ['an unknown level', '{"@level":"warning","@message":"m"}', ['LIFE-126']],
    ['the level off', '{"@level":"off","@message":"m"}', ['LIFE-126']],
    ['an empty level', '{"@level":"","@message":"m"}', ['LIFE-126']],
    ['a missing level', '{"@message":"m"}', ['LIFE-122']],
    ['a missing message', '{"@level":"info"}', ['LIFE-122']],
    ['JSON in another shape', '{"level":"info","msg":"m"}', ['LIFE-122']],
    ['null', 'null', ['LIFE-122']],
    ['plain text', 'Listening on port 80', ['LIFE-122']],
    [
      'a JavaScript timestamp',
      '{"@level":"info","@message":"m","@timestamp":"2024-01-02T03:04:05.000Z"}',
      ['LIFE-125'],
    ],
    [
      'a timestamp of February 30',
      '{"@level":"info","@message":"m","@timestamp":"2024-02-30T03:04:05.000000Z"}',
      ['LIFE-125'],
    ],
    [
      'an unknown level beside a bad timestamp',
      '{"@level":"x","@message":"m","@timestamp":"x"}',
      ['LIFE-125', 'LIFE-126'],
    ],
    ['two keys of a wrong type', '{"@level":5,"@message":null}', ['LIFE-124', 'LIFE-124']],
    ['a number that Go cannot hold', '{"@level":5,"n":1e999}', ['LIFE-122']],
  ])('name the rule that %s breaks', (_title, line, expected) => {
    expect(specs(line)).toEqual(expected)
  })

  test.each([
    [
      'a line of the Go SDK',
      '{"@level":"debug","@message":"Plugin Request Started","@timestamp":"2026-01-02T03:04:05.123456Z","endpoint":"queryData","pluginID":"x","attributes":{"a":[1,null]}}',
    ],
    ['an entry without a timestamp', '{"@level":"info","@message":"m"}'],
    [
      'a comma in the timestamp',
      '{"@level":"info","@message":"m","@timestamp":"2024-01-02T03:04:05,000000Z"}',
    ],
    ['a level in capitals with blanks', '{"@level":" WARN ","@message":"m"}'],
    ['a level prefix', '[WARN] disk almost full'],
    ['an empty line', ''],
    ['a Go panic', 'panic: runtime error'],
  ])('are absent for %s', (_title, line) => {
    expect(specs(line)).toEqual([])
  })

  test('are absent for the stack trace after a panic, whatever go-plugin makes of its level', () => {
    for (const { goPlugin } of SERVERS) {
      const reader = createLogReader({ goPlugin })
      reader.read('panic: boom')
      expect(reader.read('goroutine 1 [running]:').findings).toEqual([])
    }
  })

  test('name a long line once', () => {
    const reader = createLogReader({ goPlugin: '1.7.0' })
    const found = ['first', 'second', 'rest'].flatMap((text) => reader.read(text, { chunk: true }).findings)
    expect(found.map(({ spec }) => spec)).toEqual(['LIFE-129'])
  })

  test('say which value was found', () => {
    expect(read('{"@level":"fatal","@message":"m"}').findings).toEqual([
      {
        spec: 'LIFE-126',
        expected: '@level is one of trace, debug, info, warn, error',
        found: '@level is "fatal"',
      },
    ])
  })
})

describe('any input', () => {
  test('is read without an exception', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map((text) => `{"@level":${text},"@message":${text}}`),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.boolean())),
        fc.constantFrom('1.6.0', '1.7.0'),
        (lines, goPlugin) => {
          const reader = createLogReader({ goPlugin })
          for (const [text, chunk] of lines) {
            const record = reader.read(text, { chunk })
            expect(record.raw).toBe(text)
            expect(record.level).not.toBe('trace')
            expect(grafanaLogLine(record, PLUGIN)).not.toContain('\n')
          }
        },
      ),
    )
  })

  test('of deep nesting is read without an exception', () => {
    const deep = `{"@level":"info","@message":"m","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    expect(createLogReader({ goPlugin: '1.7.0' }).read(deep).form).toBe('plain')
  })

  test('in hclog form comes back as level, message and fields, without findings', () => {
    const reserved = ['@message', '@level', '@timestamp', 'timestamp', '__proto__']
    const fields = fc.dictionary(
      fc.string().filter((key) => !reserved.includes(key)),
      fc.jsonValue({ noUnicodeString: false }),
    )
    const levels = fc.constantFrom('debug', 'info', 'warn', 'error')
    // Six digits: hclog writes microseconds.
    const times = fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(levels, fc.string(), times, fields, (level, message, at, rest) => {
        const timestamp = at.toISOString().replace('Z', '000Z')
        const line = JSON.stringify({
          '@level': level,
          '@message': message,
          '@timestamp': timestamp,
          ...rest,
        })
        const record = createLogReader({ goPlugin: '1.7.0' }).read(line)
        expect(record).toMatchObject({ form: 'hclog', level, message, findings: [], endsGrafana: false })
        expect(JSON.stringify(record.fields)).toBe(JSON.stringify(rest))
      }),
    )
  })
})

import { isJsonObject, parseGoJsonObject, type JsonObject } from './go-json.ts'
import { isHclogTimestamp } from './hclog-timestamp.ts'
import type { LogFinding, LogLevel, LogRecord } from './log-record.ts'

/** Reads the lines of one plugin process in the order in which they arrive. */
export interface LogReader {
  /** Reads one line; `chunk` says that it is a piece of a line longer than the host's buffer (LIFE-129). */
  read(line: string, options?: { chunk?: boolean }): LogRecord
}

const RESERVED_KEYS = ['@message', '@level', '@timestamp'] as const

const LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['trace', 'debug'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
])

const PREFIX = /^\[(TRACE|DEBUG|INFO|WARN|ERROR)\]/

const PANIC = /^(?:panic|fatal error): /

/**
 * Reads stderr as Grafana does, one reader for each process.
 *
 * Only go-plugin 1.7.0 and later raise a Go panic and everything after it to error (LIFE-128); 1.6.0 leaves it at debug.
 */
export function createLogReader(profile: { readonly goPlugin: '1.6.0' | '1.7.0' }): LogReader {
  let inPanic = false
  let inLongLine = false

  function readChunk(raw: string): LogRecord {
    const findings = inLongLine ? [] : [longLine()]
    inLongLine = true
    return unparsed(raw, 'chunk', { level: 'debug', findings })
  }

  /** What go-plugin does with a line that it cannot read as hclog JSON. */
  function textLevel(line: string): { level: LogLevel; isLost: boolean } {
    const prefix = PREFIX.exec(line)?.[1]
    if (prefix !== undefined) return { level: LEVELS.get(prefix.toLowerCase()) ?? 'debug', isLost: false }
    inPanic ||= PANIC.test(line)
    return { level: inPanic && profile.goPlugin === '1.7.0' ? 'error' : 'debug', isLost: !inPanic }
  }

  return {
    read(line, { chunk = false } = {}) {
      if (chunk) return readChunk(line)
      inLongLine = false
      const entry = parseGoJsonObject(line)
      if (entry === undefined) {
        const { level, isLost } = textLevel(line)
        return unparsed(line, 'plain', {
          level,
          findings: isLost && line.trim() !== '' ? [plainLine(line)] : [],
        })
      }
      const crash = readCrash(line, entry)
      if (crash !== undefined) return crash
      const findings = [...timestampFindings(entry), ...levelFindings(line, entry)]
      const timestamp = entry['@timestamp']
      if (typeof timestamp === 'string' && !isHclogTimestamp(timestamp)) {
        return unparsed(line, 'json', { level: textLevel(line).level, findings })
      }
      const level = levelOf(entry['@level'])
      if (level === undefined) return unparsed(line, 'json', { level: 'debug', findings })
      return {
        raw: line,
        form: 'hclog',
        level,
        message: typeof entry['@message'] === 'string' ? entry['@message'] : '',
        fields: fieldsOf(entry),
        endsGrafana: false,
        findings,
      }
    },
  }
}

function unparsed(
  raw: string,
  form: LogRecord['form'],
  { level, findings }: Pick<LogRecord, 'level' | 'findings'>,
): LogRecord {
  return { raw, form, level, message: raw, fields: {}, endsGrafana: false, findings }
}

// hclog lowers the case and trims blanks in the sense of Unicode (hclog logger.go, `LevelFromString`).
function levelOf(value: unknown): LogLevel | undefined {
  if (typeof value !== 'string') return undefined
  return LEVELS.get(value.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '').toLowerCase())
}

// Grafana's wrapper drops `timestamp`, which go-plugin adds to every entry (grafana pkg/plugins/backendplugin/grpcplugin/log_wrapper.go, `formatArgs`).
function fieldsOf(entry: JsonObject): JsonObject {
  const hidden: readonly string[] = [...RESERVED_KEYS, 'timestamp']
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !hidden.includes(key)))
}

function readCrash(raw: string, entry: JsonObject): LogRecord | undefined {
  const wrong = RESERVED_KEYS.filter((key) => Object.hasOwn(entry, key) && typeof entry[key] !== 'string')
  const [first] = wrong
  if (first === undefined) return undefined
  const findings = wrong.map((key): LogFinding => ({
    spec: 'LIFE-124',
    expected: `${key} is a JSON string`,
    found: `${key} is ${excerpt(JSON.stringify(entry[key]))}`,
  }))
  const message = `panic: interface conversion: interface {} is ${goType(entry[first])}, not string`
  return { raw, form: 'json', level: 'error', message, fields: {}, endsGrafana: true, findings }
}

function goType(value: unknown): string {
  if (value === null) return 'nil'
  if (typeof value === 'number') return 'float64'
  if (typeof value === 'boolean') return 'bool'
  return isJsonObject(value) ? 'map[string]interface {}' : '[]interface {}'
}

function timestampFindings(entry: JsonObject): readonly LogFinding[] {
  const timestamp = entry['@timestamp']
  if (typeof timestamp !== 'string' || isHclogTimestamp(timestamp)) return []
  const expected =
    '@timestamp has six fractional digits and Z or an offset, as in 2006-01-02T15:04:05.000000Z'
  return [{ spec: 'LIFE-125', expected, found: `@timestamp is ${excerpt(JSON.stringify(timestamp))}` }]
}

function levelFindings(line: string, entry: JsonObject): readonly LogFinding[] {
  const level = entry['@level']
  if (typeof level === 'string' && levelOf(level) === undefined) {
    const expected = '@level is one of trace, debug, info, warn, error'
    return [{ spec: 'LIFE-126', expected, found: `@level is ${excerpt(JSON.stringify(level))}` }]
  }
  const missing = ['@message', '@level'].filter((key) => !Object.hasOwn(entry, key))
  if (missing.length === 0) return []
  const expected = 'a JSON log line has the keys @message and @level'
  return [{ spec: 'LIFE-122', expected, found: `no ${missing.join(' and no ')} in ${excerpt(line)}` }]
}

function plainLine(line: string): LogFinding {
  const expected = 'a log line is one JSON object with the keys @message and @level'
  return { spec: 'LIFE-122', expected, found: excerpt(line) }
}

function longLine(): LogFinding {
  const expected = 'a stderr line and its line end fit into 65 536 bytes'
  return { spec: 'LIFE-129', expected, found: 'a longer line, which Grafana logs in pieces at debug' }
}

function excerpt(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`
}

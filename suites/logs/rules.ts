import { defineRules } from '../kernel/rule.ts'

/** What a plugin may print (lifecycle.md section 10). */
export const rules = defineRules('logs', {
  'reserved-keys-are-text': {
    statement: 'Wherever a JSON log line has "@level", "@message" or "@timestamp", its value is a string.',
    level: 'must',
    consequence:
      'THE WHOLE GRAFANA SERVER EXITS with status 2 ("panic: interface conversion") at the first such line, all dashboards and alerts with it, and again after every restart.',
    sources: [
      { spec: 'LIFE-124' },
      { upstream: 'hashicorp/go-plugin:log_entry.go' },
      { doc: 'Failure story 47: one log line ends Grafana' },
    ],
  },
  'timestamps-have-six-digits': {
    statement:
      'A "@timestamp" has exactly six fractional digits and ends with Z or an offset such as +01:00.',
    level: 'must',
    consequence:
      'level, message and fields of the line are lost: its raw JSON appears as one line at debug, invisible by default.',
    sources: [{ spec: 'LIFE-125' }, { upstream: 'hashicorp/go-plugin:log_entry.go' }],
  },
  'levels-are-known': {
    statement: 'A "@level" is trace, debug, info, warn or error.',
    level: 'must',
    consequence:
      'a line with any other level ("warning", "fatal") counts as having none: its raw JSON goes out at debug, invisible by default.',
    sources: [{ spec: 'LIFE-126' }, { upstream: 'hashicorp/go-hclog:logger.go' }],
  },
  'lines-are-structured': {
    statement: 'At least half of the lines on stderr are JSON objects with "@level" and "@message".',
    level: 'should',
    consequence: "the plugin's messages, errors too, become debug lines, which nobody sees by default.",
    sources: [
      { spec: 'LIFE-122' },
      { spec: 'LIFE-128' },
      { doc: 'Failure story 40: no logs, or far too many' },
    ],
  },
  'stderr-lines-fit': {
    statement: 'A line on stderr is shorter than 65 536 bytes.',
    level: 'should',
    consequence: 'a longer line is cut into pieces that appear as raw text at debug.',
    sources: [{ spec: 'LIFE-129' }, { upstream: 'hashicorp/go-plugin:client.go' }],
  },
  'one-event-is-one-line': {
    statement: 'A stack trace or a message of several lines is one line of JSON.',
    level: 'should',
    consequence: 'every further line of a trace is a debug line of its own, torn from its error.',
    sources: [{ spec: 'LIFE-130' }],
  },
  'json-lines-are-whole': {
    statement: 'A line that begins as a JSON log entry is one entry, from its first brace to its last.',
    level: 'should',
    consequence:
      'an entry that is torn, or mixed with another, appears in pieces of raw text at debug, errors too.',
    sources: [{ spec: 'LIFE-130' }, { spec: 'LIFE-122' }],
  },
  'stdout-lines-fit': {
    statement: 'A line on stdout is shorter than 65 536 bytes, also long after the handshake.',
    level: 'must',
    consequence:
      'Grafana stops reading stdout for good; the plugin hangs as soon as it has printed another 64 KiB.',
    sources: [{ spec: 'LIFE-123' }, { spec: 'LIFE-121' }, { upstream: 'hashicorp/go-plugin:client.go' }],
  },
})

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import * as fc from 'fast-check'
import { Counter, Gauge, Histogram, Registry, Summary, collectDefaultMetrics } from 'prom-client'
import { describe, expect, test } from 'vitest'

import { parseExposition, type ExpositionFinding, type Family, type Sample } from './exposition.ts'
import { seriesName } from './exposition/series-name.ts'

function parse(text: string): ReturnType<typeof parseExposition> {
  return parseExposition(Buffer.from(text))
}

function places(findings: readonly ExpositionFinding[]): readonly string[] {
  return findings.map(({ spec, line, column }) => `${spec} ${line}:${column}`)
}

/** A whole histogram, of which a test replaces one line. */
const HISTOGRAM = [
  '# HELP h A histogram.',
  '# TYPE h histogram',
  'h_bucket{le="1"} 1',
  'h_bucket{le="2.5"} 3',
  'h_bucket{le="+Inf"} 4',
  'h_sum 7.5',
  'h_count 4',
]

function histogramWith(line: number, ...replacement: readonly string[]): string {
  return `${HISTOGRAM.toSpliced(line - 1, 1, ...replacement).join('\n')}\n`
}

describe('a valid exposition', () => {
  test('is read into families and samples', () => {
    const text = [
      '# A comment.',
      '# HELP requests_total Requests\\nso \\\\ far.',
      '# TYPE requests_total counter',
      'requests_total{code="200",path="/a \\"b\\"\\\\\\n"} 3 1700000000000',
      'requests_total{code="500"} 1e3',
      '',
      'up NaN',
      '',
    ].join('\n')
    expect(parse(text)).toEqual({
      findings: [],
      families: [
        {
          name: 'requests_total',
          type: 'counter',
          help: 'Requests\nso \\ far.',
          samples: [
            {
              name: 'requests_total',
              labels: { code: '200', path: '/a "b"\\\n' },
              value: 3,
              line: 4,
              timestamp: 1_700_000_000_000,
            },
            { name: 'requests_total', labels: { code: '500' }, value: 1000, line: 5 },
          ],
        },
        { name: 'up', type: 'untyped', samples: [{ name: 'up', labels: {}, value: Number.NaN, line: 7 }] },
      ],
    })
  })

  test.each([
    ['nothing at all', ''],
    ['blank lines', '\n \t\n\n'],
    ['blanks behind the last line feed', 'a 1\n  '],
    ['the comment # EOF', 'a 1\n# EOF\n'],
    ['the comment # UNIT', '# UNIT a seconds\na 1\n'],
    ['a comment without a blank', '#TYPE a nonsense\n#\na 1\n'],
    ['comments that only begin like metadata', '# TYPE\n# HELPER a b\n# TYPES a b\na 1\n'],
    ['blanks around every token', ' \ta \t{ b = "1" , c = "2" , } \t1 \t5 \t\n'],
    ['no blank between labels and value', 'a{b="1"}1\n'],
    ['an empty label set', 'a{} 1\n'],
    ['infinities in any spelling', 'a +Inf\nb -inf\nc Infinity\nd nAn\n'],
    ['all forms of numbers', 'a 1.\nb .5\nc +1e-3\nd -0\ne 0E+5\n'],
    ['metadata without samples', '# HELP a Text.\n# TYPE a counter\n'],
    ['a HELP line without text', '# HELP a\na 1\n'],
    ['escaped quotes in a help text', '# HELP a \\"quoted\\"\na 1\n'],
    ['a carriage return inside a help text', '# HELP a text\r\na 1\n'],
    ['a label value with any character', 'a{b="\r\u0000é\u{1f600}{},="} 1\n'],
    ['a label named like an object property', 'a{__proto__="1",constructor="2"} 1\n'],
    [
      'an own family named like a part of a histogram',
      '# TYPE h_count gauge\nh_count 1\n# TYPE h histogram\n',
    ],
    ['a counter without _total', '# TYPE a counter\na 1\n'],
    ['a whole histogram', `${HISTOGRAM.join('\n')}\n`],
    ['a histogram without a sum', histogramWith(6)],
    ['a summary', '# TYPE s summary\ns{quantile="0.5"} 1\ns{quantile="0.9"} NaN\ns_sum 5\ns_count 3\n'],
    ['a summary without quantiles', '# TYPE s summary\ns_sum 5\ns_count 3\n'],
  ])('may contain %s', (_title, text) => {
    expect(parse(text).findings).toEqual([])
  })

  test('is what prom-client writes', async () => {
    const registers = [new Registry()]
    collectDefaultMetrics({ register: registers[0] ?? new Registry() })
    const labelNames = ['path']
    new Counter({ name: 'c_total', help: 'Help with \\ and\nline feed', labelNames, registers }).inc({
      path: 'a"\\\n',
    })
    new Gauge({ name: 'g', help: 'g', registers }).set(-Infinity)
    const histogram = new Histogram({ name: 'h', help: 'h', labelNames, registers })
    const summary = new Summary({ name: 's', help: 's', labelNames, registers })
    for (const value of [0.001, 0.2, 3, 400]) {
      histogram.observe({ path: '/a' }, value)
      histogram.observe({ path: '/b' }, value * 2)
      summary.observe({ path: '/a' }, value)
    }
    const { families, findings } = parse((await registers[0]?.metrics()) ?? '')
    expect(findings).toEqual([])
    expect(families.length).toBeGreaterThan(20)
    expect(families.find(({ name }) => name === 'c_total')?.samples).toMatchObject([
      { labels: { path: 'a"\\\n' }, value: 1 },
    ])
    expect(families.find(({ name }) => name === 'h')?.samples).toHaveLength(2 * 14)
  })

  test.each(['10.4.3', '12.4.0'])(
    'is what the plugin recorded with Grafana %s sends, but for f-invalid',
    (version) => {
      const file = new URL(`../../fixtures/recordings/grafana-${version}/f-metrics.json`, import.meta.url)
      const recordings = JSON.parse(readFileSync(file, 'utf8')) as {
        id: string
        plugin: { answered: { metrics?: { prometheus?: string } }[] }
      }[]
      const payloads = recordings.flatMap(({ id, plugin }) =>
        plugin.answered.flatMap(({ metrics }) =>
          metrics?.prometheus === undefined ? [] : [{ id, text: metrics.prometheus }],
        ),
      )
      expect(payloads.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['f-ok', 'f-unicode', 'f-public-route']),
      )
      expect(payloads.filter(({ text }) => parse(text).findings.length > 0).map(({ id }) => id)).toEqual([
        'f-invalid',
      ])
    },
  )
})

describe('a fault has its place', () => {
  test.each([
    ['a metric name with a hyphen', 'a 1\nb-c 1\n', ['METRICS-003 2:2']],
    ['a metric name that begins with a digit', '1a 1\n', ['METRICS-003 1:1']],
    ['a quoted metric name', '{"a.b"} 1\n', ['METRICS-003 1:1']],
    ['a label name with a colon', 'a{b:c="1"} 1\n', ['METRICS-003 1:4']],
    ['a label name that begins with a digit', 'a{1="1"} 1\n', ['METRICS-003 1:3']],
    ['a label twice', 'a{b="1",b="2"} 1\n', ['METRICS-003 1:9']],
    ['the label __name__', 'a{__name__="b"} 1\n', ['METRICS-003 1:3']],
    ['a label without quotes', 'a{b=1} 1\n', ['METRICS-003 1:5']],
    ['a label without a value', 'a{b} 1\n', ['METRICS-003 1:4']],
    ['a lone comma', 'a{,} 1\n', ['METRICS-003 1:3']],
    ['labels without a comma', 'a{b="1" c="2"} 1\n', ['METRICS-003 1:9']],
    ['an open quote', 'a{b="1} 1\n', ['METRICS-003 1:10']],
    ['an open brace', 'a{b="1"\n', ['METRICS-003 1:8']],
    ['an unknown escape in a label value', 'a{b="x\\y"} 1\n', ['METRICS-003 1:7']],
    ['an unknown escape in a help text', '# HELP a x\\y\na 1\n', ['METRICS-003 1:11']],
    ['a backslash at the end of a help text', '# HELP a x\\\na 1\n', ['METRICS-003 1:11']],
    ['no value', 'a\n', ['METRICS-003 1:2']],
    ['a text as value', 'a one\n', ['METRICS-003 1:3']],
    ['a hexadecimal value', 'a 0x1p4\nb 0x10\n', ['METRICS-003 1:3', 'METRICS-003 2:3']],
    ['a value with underscores', 'a 1_000\n', ['METRICS-003 1:3']],
    ['a value with a decimal comma', 'a 1,5\n', ['METRICS-003 1:3']],
    ['a value too large for a float', 'a 1e999\n', ['METRICS-003 1:3']],
    ['a signed NaN', 'a +NaN\n', ['METRICS-003 1:3']],
    ['a null', 'a null\n', ['METRICS-003 1:3']],
    ['a timestamp that is no number', 'a 1 now\n', ['METRICS-003 1:5']],
    ['a negative timestamp', 'a 1 -5\n', ['METRICS-003 1:5']],
    ['a timestamp beyond int64', 'a 1 9223372036854775808\n', ['METRICS-003 1:5']],
    ['a word behind the timestamp', 'a 1 5 x\n', ['METRICS-003 1:7']],
    ['a timestamp in seconds', 'a 1 1395066363.000\n', ['METRICS-004 1:5']],
    ['an exemplar', 'a 1 # {trace_id="x"} 1\n', ['METRICS-004 1:5']],
    ['an exemplar behind a timestamp', 'a 1 5 # {trace_id="x"} 1\n', ['METRICS-004 1:7']],
    ['a type of OpenMetrics', '# TYPE a unknown\na 1\n', ['METRICS-004 1:10']],
    ['an unknown type', '# TYPE a meter\na 1\n', ['METRICS-003 1:10']],
    ['a type in capitals', '# TYPE a COUNTER\na 1\n', ['METRICS-003 1:10']],
    ['a type behind two blanks', '# TYPE a  counter\na 1\n', ['METRICS-003 1:10']],
    ['a blank behind the type', '# TYPE a counter \na 1\n', ['METRICS-003 1:10']],
    ['a TYPE line without a type', '# TYPE a\na 1\n', ['METRICS-003 1:10']],
    ['a HELP line without a name', '# HELP \na 1\n', ['METRICS-003 1:8']],
    ['a HELP line for an invalid name', '# HELP a-b text\na 1\n', ['METRICS-003 1:9']],
    ['HELP twice', '# HELP a x\n# HELP a y\na 1\n', ['METRICS-003 2:1']],
    ['TYPE twice', '# TYPE a gauge\n# TYPE a gauge\na 1\n', ['METRICS-003 2:1']],
    ['HELP behind a sample', 'a 1\n# HELP a x\n', ['METRICS-003 2:1']],
    ['TYPE behind a sample', 'a 1\n# TYPE a gauge\n', ['METRICS-003 2:1']],
    ['a family in two places', 'a{x="1"} 1\nb 1\na{x="2"} 1\n', ['METRICS-003 3:1']],
    ['a series twice', 'a{x="1",y="2"} 1\na{y="2",x="1"} 5 7\n', ['METRICS-003 2:1']],
    [
      'carriage returns',
      '# TYPE a gauge\r\na 1\r\n\r\n',
      ['METRICS-003 1:10', 'METRICS-003 2:3', 'METRICS-003 3:1'],
    ],
    ['no line feed at the end', 'a 1\nb 2', ['METRICS-003 2:4']],
    ['no line feed behind a comment', '# EOF', ['METRICS-003 1:6']],
    ['a byte order mark', '\ufeffa 1\n', ['METRICS-004 1:1']],
    ['JSON', '{"a":1}', ['METRICS-003 1:1', 'METRICS-003 1:8']],
  ])('%s', (_title, text, expected) => {
    expect(places(parse(text).findings)).toEqual(expected)
  })

  test.each([
    [
      'a bucket without le',
      histogramWith(4, 'h_bucket{x="1",le="+Inf"} 0', 'h_count{x="1"} 0', 'h_bucket 3'),
      [6],
    ],
    ['a bound that is no number', histogramWith(4, 'h_bucket{le="two"} 3'), [4]],
    ['a bound twice in two spellings', histogramWith(4, 'h_bucket{le="1.0"} 3'), [4]],
    ['bounds in the wrong order', histogramWith(3, 'h_bucket{le="3"} 3'), [4]],
    ['buckets that do not accumulate', histogramWith(4, 'h_bucket{le="2.5"} 0'), [4]],
    ['a negative bucket', histogramWith(3, 'h_bucket{le="1"} -1'), [3]],
    ['no bucket for +Inf', histogramWith(5), [3]],
    ['no buckets at all', '# TYPE h histogram\nh_sum 1\nh_count 1\n', [3]],
    ['a count unlike the bucket for +Inf', histogramWith(7, 'h_count 5'), [7]],
    ['no count', histogramWith(7), [5]],
    ['a quantile that is no number', '# TYPE s summary\ns{quantile="p50"} 1\n', [2]],
    ['quantiles in the wrong order', '# TYPE s summary\ns{quantile="0.9"} 1\ns{quantile="0.5"} 1\n', [3]],
  ])('in a distribution: %s', (_title, text, expected) => {
    expect(places(parse(text).findings)).toEqual(expected.map((line) => `METRICS-003 ${line}:1`))
  })

  test('and says what was expected and found', () => {
    expect(parse('a{b="1"} x\n').findings).toEqual([
      { spec: 'METRICS-003', line: 1, column: 10, message: 'Expected a number as value, found "x".' },
    ])
  })

  test('and causes no second one in its family', () => {
    expect(places(parse(histogramWith(5, 'h_bucket{le="+Inf"} four')).findings)).toEqual(['METRICS-003 5:21'])
    expect(places(parse(histogramWith(2, '# TYPE h Histogram')).findings)).toEqual(['METRICS-003 2:10'])
  })

  test('and hides none in other lines', () => {
    expect(places(parse('a x\nb y\n').findings)).toEqual(['METRICS-003 1:3', 'METRICS-003 2:3'])
  })
})

describe('bytes that are no text', () => {
  // MetricFamily { name: "go_goroutines", type: GAUGE } behind its length.
  const protobuf = Buffer.concat([
    Buffer.from([17, 0x0a, 13]),
    Buffer.from('go_goroutines'),
    Buffer.from([0x18, 1]),
  ])

  test.each([
    ['gzip', gzipSync('a 1\n')],
    ['the protobuf exposition format', protobuf],
    ['UTF-16', Buffer.from('\ufeffa 1\n', 'utf16le')],
  ])('are recognised: %s', (name, bytes) => {
    const message = `Expected uncompressed text in UTF-8, found ${name}.`
    expect(parseExposition(bytes)).toEqual({
      families: [],
      findings: [{ spec: 'METRICS-004', line: 1, column: 1, message }],
    })
  })

  test('of another encoding are found wherever they stand', () => {
    const { findings } = parseExposition(Buffer.from('# caf\u00e9\na{b="\u00e9"} 1\n', 'latin1'))
    expect(places(findings)).toEqual(['METRICS-004 1:6', 'METRICS-004 2:6'])
  })
})

describe('any input', () => {
  test('is read without an exception, and every finding lies within it', () => {
    const fragments = fc.constantFrom(
      'a',
      'h_bucket',
      '{',
      '}',
      '="',
      '"',
      ',',
      ' ',
      '\n',
      '\\',
      '1',
      '# TYPE a ',
      'histogram',
      '\r',
      '# HELP a ',
    )
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
      fc.array(fragments).map((parts) => Buffer.from(parts.join(''))),
    )
    fc.assert(
      fc.property(bytes, (input) => {
        const lineCount = input.filter((byte) => byte === 0x0a).length + 1
        for (const { line, column } of parseExposition(input).findings) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(lineCount)
          expect(column).toBeGreaterThanOrEqual(1)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('of megabytes is read without an exception', () => {
    const long = 'x\\n'.repeat(1_000_000)
    expect(parse(`# HELP a ${long}\na{b="${long}"} 1\n`).findings).toEqual([])
  })
})

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) || Number.isNaN(value) ? String(value) : `${value > 0 ? '+' : '-'}Inf`
}

function write(families: readonly Family[]): string {
  return families
    .flatMap(({ name, type, help, samples }) => [
      ...(help === undefined
        ? []
        : [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`]),
      `# TYPE ${name} ${type}`,
      ...samples.map((sample) => {
        const at = sample.timestamp === undefined ? '' : ` ${sample.timestamp}`
        return `${seriesName(sample)} ${numberText(sample.value)}${at}`
      }),
    ])
    .map((line) => `${line}\n`)
    .join('')
}

describe('a generated valid exposition', () => {
  const metricName = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,8}$/)
  const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/)
  const labels = fc.dictionary(
    labelName.filter((name) => !['__name__', 'le', 'quantile', '__proto__'].includes(name)),
    fc.string({ unit: 'grapheme' }),
    { maxKeys: 3 },
  )
  const timestamp = fc.option(fc.nat(), { nil: undefined })
  const plain = fc.record({
    type: fc.constantFrom('counter', 'gauge', 'untyped'),
    series: fc.uniqueArray(fc.record({ labels, value: fc.double(), timestamp }), {
      selector: (one) => seriesName({ name: '', labels: one.labels }),
      maxLength: 4,
    }),
  })
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)), { maxLength: 4 })
  const histogram = fc.record({ type: fc.constant('histogram' as const), labels, steps, sum: fc.double() })
  const family = fc.record({
    help: fc.option(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/^[ \t]/.test(text)),
      { nil: undefined },
    ),
    body: fc.oneof(plain, histogram),
  })

  type GeneratedFamily = typeof family extends fc.Arbitrary<infer T> ? T : never

  function samplesOf(name: string, body: GeneratedFamily['body']): readonly Omit<Sample, 'line'>[] {
    if (body.type !== 'histogram') {
      return body.series.map(({ timestamp: at, ...one }) =>
        at === undefined ? { name, ...one } : { name, ...one, timestamp: at },
      )
    }
    let [bound, count] = [0, 0]
    const buckets = body.steps.map(([width, more]) => {
      bound += width
      count += more
      return { name: `${name}_bucket`, labels: { ...body.labels, le: String(bound) }, value: count }
    })
    return [
      ...buckets,
      { name: `${name}_bucket`, labels: { ...body.labels, le: '+Inf' }, value: count },
      { name: `${name}_sum`, labels: body.labels, value: body.sum },
      { name: `${name}_count`, labels: body.labels, value: count },
    ]
  }

  test('has no findings and comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(metricName, family), { selector: ([name]) => name, maxLength: 5 }),
        (drawn) => {
          // A prefix for each family keeps `a_count` from meaning a part of the histogram a.
          let line = 0
          const families = drawn.map(([suffix, { help, body }], index): Family => {
            const name = `f${index}_${suffix.replace(/_(?:bucket|sum|count)$/, '')}`
            line += help === undefined ? 1 : 2
            const samples = samplesOf(name, body).map((sample) => ({ ...sample, line: (line += 1) }))
            return help === undefined
              ? { name, type: body.type, samples }
              : { name, type: body.type, help, samples }
          })
          expect(parse(write(families))).toEqual({ families, findings: [] })
        },
      ),
      { numRuns: 500 },
    )
  })
})

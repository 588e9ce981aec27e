import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { readJsonFrame } from './read-json.ts'

function read(text: string): ReturnType<typeof readJsonFrame> {
  return readJsonFrame(new TextEncoder().encode(text))
}

/** A frame with one field of the given type and these values, as JSON text. */
function column(type: string, values: string, rest = ''): string {
  const script = { string: 'string', bool: 'boolean', 'time.Time': 'time', 'json.RawMessage': 'other' }[type]
  const field = `{"name":"v","type":"${script ?? 'number'}","typeInfo":{"frame":"${type}"}}`
  return `{"schema":{"fields":[${field}]},"data":{"values":[${values}]${rest}}}`
}

const fieldV = '{"name":"v","type":"number","typeInfo":{"frame":"int64"}}'

interface Fault {
  readonly text: string
  readonly specs: readonly string[]
  readonly refused: boolean
}

const faults: readonly Fault[] = [
  { text: '', specs: ['JSON-001'], refused: true },
  { text: '5', specs: ['JSON-001'], refused: true },
  { text: '{"schema":{"fields":[]}} x', specs: ['JSON-001'], refused: true },
  { text: '{"schema":{"fields":[]},"extra":1}', specs: ['JSON-001'], refused: true },
  { text: `{"data":{"values":[[1]]},"schema":{"fields":[${fieldV}]}}`, specs: ['JSON-001'], refused: true },
  { text: 'null', specs: ['JSON-014'], refused: true },
  { text: 'ARROW1\0\0', specs: ['FRAME-017'], refused: true },
  { text: '{"schema":{}}', specs: ['JSON-002'], refused: false },
  { text: '{"schema":{"fields":{}}}', specs: ['JSON-002'], refused: true },
  { text: '{"schema":{"fields":[{"name":"v","type":"number"}]}}', specs: ['JSON-003'], refused: true },
  { text: column('decimal', '[]'), specs: ['JSON-003'], refused: true },
  { text: column('toString', '[]'), specs: ['JSON-003'], refused: true },
  {
    text: '{"schema":{"fields":[{"name":"v","typeInfo":{"frame":"bool"}}]}}',
    specs: ['JSON-004'],
    refused: false,
  },
  {
    text: '{"schema":{"fields":[{"type":"boolean","typeInfo":{"frame":"bool"}}]}}',
    specs: ['JSON-004'],
    refused: false,
  },
  { text: column('int64', '[1],[2]'), specs: ['JSON-005'], refused: true },
  { text: column('int64', ''), specs: ['JSON-005'], refused: false },
  { text: column('int64', '5'), specs: ['JSON-005'], refused: true },
  {
    text: `{"schema":{"fields":[${fieldV},${fieldV}]},"data":{"values":[[1,2],[1]]}}`,
    specs: ['JSON-005'],
    refused: true,
  },
  { text: column('int64', '[1.5]'), specs: ['JSON-006'], refused: true },
  { text: column('int64', '[1.0]'), specs: ['JSON-006'], refused: true },
  { text: column('int64', '["1"]'), specs: ['JSON-006'], refused: true },
  { text: column('int64', '[9223372036854775808]'), specs: ['JSON-006'], refused: true },
  { text: column('uint8', '[256]'), specs: ['JSON-006'], refused: true },
  { text: column('bool', '[1]'), specs: ['JSON-006'], refused: true },
  { text: column('string', '[1]'), specs: ['JSON-006'], refused: true },
  { text: column('float64', '["1"]'), specs: ['JSON-006'], refused: true },
  { text: column('time.Time', '["2020-01-01T00:00:00Z"]'), specs: ['JSON-006'], refused: true },
  { text: column('int64', '[null]'), specs: ['JSON-007'], refused: false },
  {
    text: column('float64', '[null]', ',"entities":[{"NaN":[5]}]'),
    specs: ['JSON-007', 'JSON-008'],
    refused: true,
  },
  { text: column('float64', '[1]', ',"entities":[{"NaN":[0]}]'), specs: ['JSON-008'], refused: false },
  { text: column('float64', '[null]', ',"entities":[{"Undef":[0]}]'), specs: ['JSON-008'], refused: false },
  { text: column('int64', '[1]', ',"entities":[{"NaN":[0]}]'), specs: ['JSON-008'], refused: true },
  { text: column('time.Time', '[1]', ',"nanos":[[1,2]]'), specs: ['JSON-009'], refused: true },
  { text: column('time.Time', '[1]', ',"nanos":[[1000000]]'), specs: ['JSON-009'], refused: false },
  { text: column('int64', '[1]', ',"nanos":[[1]]'), specs: ['JSON-009'], refused: true },
  {
    text: column('time.Time', '[1]', ',"nanos":[[1]],"entities":[null]'),
    specs: ['JSON-010'],
    refused: true,
  },
  { text: column('string', '["a"]', ',"enums":[null]'), specs: ['JSON-011'], refused: true },
  {
    text: '{"schema":{"meta":{"notices":[{"inspect":"meta"}]},"fields":[]}}',
    specs: ['META-012'],
    refused: true,
  },
  {
    text: '{"schema":{"fields":[{"name":"v","type":"boolean","typeInfo":{"frame":"bool"},"labels":{"a":1}}]}}',
    specs: ['META-030'],
    refused: true,
  },
  {
    text: '{"schema":{"fields":[{"name":"v","type":"boolean","typeInfo":{"frame":"bool"},"config":{"decimals":2.0}}]}}',
    specs: ['META-032'],
    refused: true,
  },
]

it.each(faults)('reports $text as $specs and nothing else', ({ text, specs, refused }) => {
  const reading = read(text)
  expect(reading.findings.map((finding) => finding.spec)).toEqual(specs)
  expect(reading.frame === undefined).toBe(refused)
})

it.each(['{}', '{"schema":null}'])('reads %s as an empty frame', (text) => {
  expect(read(text)).toEqual({ frame: { name: '', refId: '', fields: [] }, findings: [] })
})

it('reads integers beyond 2^53 exactly', () => {
  expect(read(column('uint64', '[18446744073709551615]')).frame?.fields[0]?.values).toEqual([
    18446744073709551615n,
  ])
})

it('restores special numbers and nanoseconds', () => {
  const special = read(
    column('float64', '[null,null,null,2]', ',"entities":[{"NaN":[0],"Inf":[1],"NegInf":[2]}]'),
  )
  expect(special).toMatchObject({
    findings: [],
    frame: { fields: [{ values: [NaN, Infinity, -Infinity, 2] }] },
  })
  const time = read(column('time.Time', '[-1]', ',"nanos":[[999999]]'))
  expect(time).toMatchObject({ findings: [], frame: { fields: [{ values: [-1n] }] } })
})

it('takes the other names of types and the star for nullable', () => {
  const names = ['int', 'float', 'double', 'boolean', 'time', 'json', '*int8']
  const types = names.map((name) => read(column(name, '[]')).frame?.fields[0]?.type)
  expect(types).toEqual(['int64', 'float64', 'float64', 'bool', 'time', 'json', 'int8'])
})

it('tells of bad nesting instead of running out of stack', () => {
  expect(read('['.repeat(1_000_000)).findings).toMatchObject([{ spec: 'JSON-001' }])
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  expect(read(column('json.RawMessage', `[${deep}]`)).findings).toMatchObject([{ spec: 'JSON-001' }])
})

it('never throws and explains every refusal, whatever is put into a valid frame', () => {
  const valid = column('float64', '[1,null]', ',"entities":[{"NaN":[1]}]')
  const change = fc.tuple(fc.nat({ max: valid.length }), fc.nat({ max: 4 }), fc.string({ maxLength: 3 }))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let text = valid
      for (const [at, cut, insert] of changes) text = text.slice(0, at) + insert + text.slice(at + cut)
      const reading = read(text)
      expect(reading.frame !== undefined || reading.findings.length > 0).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

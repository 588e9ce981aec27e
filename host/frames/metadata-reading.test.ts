import { expect, it } from 'vitest'

import { collectFindings } from './finding.ts'
import { readFieldMetadata, readFrameMetadata } from './metadata-reading.ts'

interface Fault {
  readonly json: string
  readonly spec: string
  readonly where: string
}

const metaFaults: readonly Fault[] = [
  { json: '{"path":1}', spec: 'META-005', where: 'meta.path' },
  { json: '{"PATH":1}', spec: 'META-005', where: 'meta.PATH' },
  { json: '{"stats":{}}', spec: 'META-005', where: 'meta.stats' },
  { json: '{"stats":[{"value":"1"}]}', spec: 'META-005', where: 'meta.stats[0].value' },
  { json: '{"stats":[{"decimals":1.5}]}', spec: 'META-032', where: 'meta.stats[0].decimals' },
  { json: '{"uniqueRowIdFields":[0.5]}', spec: 'META-005', where: 'meta.uniqueRowIdFields[0]' },
  ...['"0.1"', '0.1', '[0.1]', '[0,-1]', '[0,1.0]'].map((version) => ({
    json: `{"typeVersion":${version}}`,
    spec: 'META-010',
    where: 'meta.typeVersion',
  })),
  ...['null', '""', '"warn"', '1'].map((severity) => ({
    json: `{"notices":[{"severity":${severity}}]}`,
    spec: 'META-011',
    where: 'meta.notices[0].severity',
  })),
  { json: '{"notices":[{"inspect":"meta"}]}', spec: 'META-012', where: 'meta.notices[0].inspect' },
  { json: '{"notices":[{"text":5}]}', spec: 'META-005', where: 'meta.notices[0].text' },
]

it.each(metaFaults)('refuses the meta $json with $spec', ({ json, spec, where }) => {
  const findings = collectFindings()
  readFrameMetadata([['meta', json]], findings)
  expect(findings.list).toMatchObject([{ spec, where }])
  expect(findings.refused).toBe(true)
})

const configFaults: readonly Fault[] = [
  { json: '[]', spec: 'META-005', where: '' },
  { json: '{"unit":1}', spec: 'META-005', where: '.unit' },
  { json: '{"interval":"1"}', spec: 'META-005', where: '.interval' },
  ...['-1', '2.0', '"2"', '70000'].map((decimals) => ({
    json: `{"decimals":${decimals}}`,
    spec: 'META-032',
    where: '.decimals',
  })),
  { json: '{"min":"5"}', spec: 'META-033', where: '.min' },
  { json: '{"color":"red"}', spec: 'META-034', where: '.color' },
  { json: '{"custom":"x"}', spec: 'META-034', where: '.custom' },
  { json: '{"filterable":"true"}', spec: 'META-034', where: '.filterable' },
  { json: '{"type":{"enum":{"text":[1]}}}', spec: 'META-034', where: '.type.enum.text[0]' },
  { json: '{"mappings":{}}', spec: 'META-035', where: '.mappings' },
  { json: '{"mappings":[{"type":"regex","options":{}}]}', spec: 'META-035', where: '.mappings[0].type' },
  {
    json: '{"mappings":[{"type":"constructor","options":{}}]}',
    spec: 'META-035',
    where: '.mappings[0].type',
  },
  { json: '{"mappings":[{"type":null,"options":{}}]}', spec: 'META-035', where: '.mappings[0].type' },
  { json: '{"mappings":[{"type":"value"}]}', spec: 'META-035', where: '.mappings[0].options' },
  {
    json: '{"mappings":[{"type":"value","options":{"1":{"index":0.5}}}]}',
    spec: 'META-035',
    where: '.mappings[0].options["1"].index',
  },
  { json: '{"thresholds":{"steps":[{"valueExpr":""}]}}', spec: 'META-036', where: '.thresholds.steps[0]' },
  { json: '{"thresholds":{"steps":[{"color":1}]}}', spec: 'META-036', where: '.thresholds.steps[0].color' },
  { json: '{"links":[{"url":1}]}', spec: 'META-005', where: '.links[0].url' },
  {
    json: '{"links":[{"internal":{"timeRange":{"from":"yesterday"}}}]}',
    spec: 'META-039',
    where: '.links[0].internal.timeRange.from',
  },
]

it.each(configFaults)('refuses the config $json with $spec', ({ json, spec, where }) => {
  const findings = collectFindings()
  readFieldMetadata([['config', json]], 'field "v"', findings)
  expect(findings.list).toMatchObject([{ spec, where: `field "v" config${where}` }])
})

it.each(['[]', '{"a":1}', '{"a":{}}'])('refuses the labels %s', (json) => {
  const findings = collectFindings()
  readFieldMetadata([['labels', json]], 'field "v"', findings)
  expect(findings.list).toMatchObject([{ spec: 'META-030' }])
})

it.each([
  ['{"a":"1","a":"2"}', '"a" twice'],
  ['{"":"1"}', 'an empty key'],
])('advises against the labels %s (META-031)', (json, found) => {
  const findings = collectFindings()
  readFieldMetadata([['labels', json]], 'field "v"', findings)
  expect(findings.list).toMatchObject([{ spec: 'META-031', found, advice: true }])
})

it('accepts null for every key but severity and the type of a mapping', () => {
  const findings = collectFindings()
  const meta = {
    typeVersion: null,
    notices: null,
    stats: [{ value: null }],
    path: null,
    uniqueRowIdFields: null,
  }
  const config = {
    decimals: null,
    min: null,
    mappings: null,
    thresholds: null,
    color: null,
    links: null,
    type: null,
  }
  readFrameMetadata([['meta', JSON.stringify(meta)]], findings)
  readFieldMetadata([['config', JSON.stringify(config)]], 'field', findings)
  expect(findings.list).toEqual([])
})

it('accepts keys that the host does not know, and short or long versions', () => {
  const findings = collectFindings()
  for (const version of ['[]', '[1]', '[1,2,"x"]']) {
    readFrameMetadata(
      [
        ['meta', `{"typeVersion":${version},"searchWords":5}`],
        ['pandas', '{'],
      ],
      findings,
    )
  }
  expect(findings.list).toEqual([])
})

it('takes the first of two equal keys, as the host does', () => {
  const read = readFrameMetadata(
    [
      ['name', 'first'],
      ['name', 'second'],
    ],
    collectFindings(),
  )
  expect(read.name).toBe('first')
})

it('reads a label of null as an empty text', () => {
  const read = readFieldMetadata([['labels', '{"a":null}']], 'field', collectFindings())
  expect(read.labels).toEqual({ a: '' })
})

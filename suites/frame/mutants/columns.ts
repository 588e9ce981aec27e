import { defineMutant } from '../../kernel/mutant.ts'
import { addColumnMetadata, declareColumn, fillColumn } from '../forge/change-arrow.ts'
import { changeField } from '../forge/change-frame.ts'
import { forgeArrow, forgeFrame } from '../forge/forge.ts'
import { rules } from '../rules.ts'

const LARGE_UTF8 = 20
/** Year 1 in nanoseconds, wrapped around in 64 bits. */
const GO_ZERO_TIME = -6_795_364_578_871_345_152n

/** Misdeeds in columns. */
export const columnMutants = [
  defineMutant({
    id: 'writes-large-strings',
    breaks: [rules['column-types-are-known']],
    mutate: forgeArrow(
      'described table',
      declareColumn('id', { type: { kind: 'raw', code: LARGE_UTF8, slots: [] } }),
    ),
  }),
  defineMutant({
    id: 'marks-a-column-as-an-extension',
    breaks: [rules['no-extension-types']],
    mutate: forgeArrow('described table', addColumnMetadata('id', ['ARROW:extension:name', 'arrow.uuid'])),
  }),
  defineMutant({
    id: 'declares-nulls-away',
    breaks: [rules['nulls-stay-nulls']],
    mutate: forgeArrow('every nullable type', declareColumn('a float64', { nullable: false })),
  }),
  defineMutant({
    id: 'counts-no-nulls',
    breaks: [rules['nulls-stay-nulls']],
    mutate: forgeArrow(
      'every nullable type',
      fillColumn('a float64', () => ({ nullCount: 0 })),
    ),
  }),
  defineMutant({
    id: 'declares-every-column-nullable',
    breaks: [rules['time-without-nulls-is-required']],
    mutate: forgeFrame('labelled series', (frame) => ({
      ...frame,
      fields: frame.fields.map((field) => ({ ...field, nullable: true })),
    })),
  }),
  defineMutant({
    id: 'declares-milliseconds',
    breaks: [rules['time-in-nanoseconds']],
    mutate: forgeArrow(
      'labelled series',
      declareColumn('time', { type: { kind: 'timestamp', unit: 'millisecond', zone: '' } }),
    ),
  }),
  defineMutant({
    id: 'writes-milliseconds-as-nanoseconds',
    breaks: [rules['times-are-nanoseconds']],
    mutate: forgeFrame(
      'labelled series',
      changeField('time', (field) => ({
        ...field,
        values: field.values.map((value) => (typeof value === 'bigint' ? value / 1_000_000n : value)),
      })),
    ),
  }),
  defineMutant({
    id: 'declares-a-time-zone',
    breaks: [rules['no-time-zone']],
    mutate: forgeArrow(
      'labelled series',
      declareColumn('time', { type: { kind: 'timestamp', unit: 'nanosecond', zone: 'Europe/Berlin' } }),
    ),
  }),
  defineMutant({
    id: 'sends-the-zero-time-for-an-unknown-one',
    breaks: [rules['no-zero-time']],
    mutate: forgeArrow(
      'every type',
      fillColumn('a time', ({ buffers }) => ({ buffers: withFirstValue(buffers, GO_ZERO_TIME) })),
    ),
  }),
  defineMutant({
    id: 'sends-year-9999-for-ever',
    breaks: [rules['times-of-this-era']],
    // 9999-12-31 in nanoseconds does not fit into 64 bits.
    mutate: forgeArrow(
      'every type',
      fillColumn('a time', ({ buffers }) => ({
        buffers: withFirstValue(buffers, BigInt.asIntN(64, 253_402_214_400_000_000_000n)),
      })),
    ),
  }),
  defineMutant({
    id: 'writes-latin-1-as-text',
    breaks: [rules['texts-are-utf8']],
    mutate: forgeArrow(
      'described table',
      fillColumn('id', ({ buffers: [validity = none, offsets = none] }) => ({
        buffers: [validity, offsets, Buffer.from('äö', 'latin1')],
      })),
    ),
  }),
  defineMutant({
    id: 'writes-nan-into-json-cells',
    breaks: [rules['json-cells-are-json']],
    mutate: forgeArrow(
      'log lines',
      // As long as what it replaces: {"app":"a"} and {}.
      fillColumn('labels', ({ buffers: [validity = none, offsets = none] }) => ({
        buffers: [validity, offsets, Buffer.from('{"app":NaN}{}')],
      })),
    ),
  }),
  defineMutant({
    id: 'sends-an-enum-value-without-a-name',
    breaks: [rules['enum-names-its-values']],
    mutate: forgeFrame(
      'every type',
      changeField('a enum', (field) => ({ ...field, config: { type: { enum: { text: ['off', 'on'] } } } })),
    ),
  }),
  defineMutant({
    id: 'sends-an-enum-as-plain-numbers',
    breaks: [rules['enum-names-its-values']],
    mutate: forgeArrow('every type', (file) => {
      const column = file.schema.columns.find(({ name }) => name === 'a enum')
      const metadata = (column?.metadata ?? []).filter(([key]) => key !== 'tstype')
      return declareColumn('a enum', { metadata })(file)
    }),
  }),
  defineMutant({
    id: 'calls-numbers-texts-in-tstype',
    breaks: [rules['tstype-agrees']],
    mutate: forgeArrow('described table', declareColumn('count', { metadata: [['tstype', 'string']] })),
  }),
  defineMutant({
    id: 'sends-large-ids-as-integers',
    breaks: [rules['integers-survive-browsers']],
    mutate: forgeArrow(
      'described table',
      fillColumn('count', ({ buffers }) => ({ buffers: withFirstValue(buffers, 12_345_678_901_234_801n) })),
    ),
  }),
  defineMutant({
    id: 'measures-nan-while-it-sleeps',
    breaks: [rules['no-measurement-is-null']],
    mutate: forgeFrame('labelled series', (frame) => ({
      ...frame,
      fields: frame.fields.map((field) =>
        field.labels?.['host'] === 'b' ? { ...field, values: [NaN, NaN, 2, NaN] } : field,
      ),
    })),
  }),
  defineMutant({
    id: 'tells-series-apart-by-nothing',
    breaks: [rules['fields-are-distinct']],
    mutate: forgeFrame('labelled series', (frame) => ({
      ...frame,
      fields: frame.fields.map(({ name, type, nullable, values }) => ({ name, type, nullable, values })),
    })),
  }),
  defineMutant({
    id: 'gives-frames-of-one-answer-the-same-series',
    breaks: [rules['fields-are-distinct']],
    mutate: forgeFrame('second of several', (frame) => ({ ...frame, name: 'first of several' })),
  }),
  defineMutant({
    id: 'leaves-a-field-unnamed',
    breaks: [rules['fields-are-named']],
    mutate: forgeArrow('described table', declareColumn('count', { name: '' })),
  }),
  defineMutant({
    id: 'files-a-frame-under-another-query',
    breaks: [rules['refid-is-that-of-the-query']],
    mutate: forgeFrame('described table', (frame) => ({ ...frame, refId: 'Z' })),
  }),
  defineMutant({
    id: 'loses-labels-beside-config',
    breaks: [rules['arrives-as-built']],
    // Trap T-8.
    mutate: forgeFrame('labelled series', (frame) => ({
      ...frame,
      fields: frame.fields.map(({ labels, ...field }) => ({
        ...field,
        ...(labels === undefined || field.config !== undefined ? {} : { labels }),
      })),
    })),
  }),
  defineMutant({
    id: 'rounds-instants-to-milliseconds',
    breaks: [rules['arrives-as-built']],
    mutate: forgeFrame(
      'every type',
      changeField('a time', (field) => ({
        ...field,
        values: field.values.map((value) =>
          typeof value === 'bigint' ? value - (value % 1_000_000n) : value,
        ),
      })),
    ),
  }),
]

const none = new Uint8Array(0)

/** The buffers of a 64-bit column with another first value. */
function withFirstValue(buffers: readonly Uint8Array[], value: bigint): readonly Uint8Array[] {
  const [validity = none, data = none] = buffers
  const copy = data.slice()
  new DataView(copy.buffer, copy.byteOffset).setBigInt64(0, value, true)
  return [validity, copy]
}

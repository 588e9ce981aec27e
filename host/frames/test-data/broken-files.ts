import type { ArrowFile } from '../arrow-file.ts'
import { encodeArrowFile } from '../arrow-file.ts'
import type { ArrowColumn, ArrowMetadata } from '../arrow-schema.ts'
import type { Field, Frame } from '../frame.ts'
import { describeArrowFile, writeArrowFrame } from '../write-arrow.ts'
import { sampleFrame } from './sample-frame.ts'

const good = writeArrowFrame(sampleFrame)

/** The sample as bytes with some of them replaced. */
function patched(at: number, ...bytes: readonly number[]): Uint8Array {
  const copy = good.slice()
  copy.set(bytes, at < 0 ? copy.length + at : at)
  return copy
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** The sample as Arrow, changed before it is encoded. */
export function changed(change: (file: ArrowFile) => ArrowFile): Uint8Array {
  return encodeArrowFile(change(describeArrowFile(sampleFrame)))
}

/** The sample with something else declared for one column. */
export function withColumn(index: number, change: Partial<ArrowColumn>): Uint8Array {
  return changed((file) => {
    const columns = file.schema.columns.map((column, at) =>
      at === index ? { ...column, ...change } : column,
    )
    return { ...file, schema: { ...file.schema, columns } }
  })
}

/** The sample with other buffers or numbers in one column. */
export function withData(
  index: number,
  change: { rows?: number; nullCount?: number; buffers?: readonly Uint8Array[] },
): Uint8Array {
  return changed((file) => ({
    ...file,
    batches: file.batches.map((batch) => ({
      ...batch,
      columns: batch.columns.map((column, at) => (at === index ? { ...column, ...change } : column)),
    })),
  }))
}

function withSchemaMetadata(...metadata: ArrowMetadata): Uint8Array {
  return changed((file) => ({ ...file, schema: { ...file.schema, metadata } }))
}

function one(field: Partial<Field>): Uint8Array {
  const frame: Frame = {
    name: '',
    refId: '',
    fields: [{ name: 'v', type: 'string', nullable: false, values: [], ...field }],
  }
  return writeArrowFrame(frame)
}

/** Place of the first block in the footer: found by its offset, which is that of the batch message. */
function blockAt(): number {
  const file = Buffer.from(good)
  const batch = file.indexOf(Buffer.of(0xff, 0xff, 0xff, 0xff), 12)
  const offset = Buffer.alloc(8)
  offset.writeBigInt64LE(BigInt(batch))
  return file.lastIndexOf(offset)
}

/** Numbers as an offset buffer. */
export const int32s = (...values: readonly number[]): Uint8Array =>
  new Uint8Array(Int32Array.from(values).buffer)
/** A text as a data buffer. */
export const text = (value: string): Uint8Array => new TextEncoder().encode(value)
/** An absent buffer. */
export const none = new Uint8Array(0)
const TIME = 0
const TEXT = 2
const FLAG = 3
const STATE = 6
/** Places of columns in the sample that tests ask for. */
export const VALUE = 1
export const COUNT = 4
export const JSON_COLUMN = 5

/** A file with one fault, and all that may be said about it. */
export interface Fault {
  readonly what: string
  readonly bytes: Uint8Array
  readonly specs: readonly string[]
  /** True when Grafana answers HTTP 500, or nothing at all. */
  readonly refused: boolean
}

/** One broken file for each rule that is judged from the bytes alone. */
export const faults: readonly Fault[] = [
  { what: 'no bytes', bytes: none, specs: ['FRAME-004'], refused: true },
  { what: 'a short text', bytes: text('garbage'), specs: ['FRAME-002'], refused: true },
  { what: 'a long text', bytes: text('garbage garbage garbage'), specs: ['FRAME-001'], refused: true },
  {
    what: 'a JSON frame',
    bytes: text('{"schema":{"fields":[]},"data":{"values":[]}}'),
    specs: ['FRAME-017'],
    refused: true,
  },
  { what: 'a file cut at the end', bytes: good.slice(0, -3), specs: ['FRAME-001'], refused: true },
  { what: 'the stream format', bytes: good.slice(8, -40), specs: ['FRAME-001'], refused: true },
  { what: 'a footer length of zero', bytes: patched(-10, 0, 0, 0, 0), specs: ['FRAME-002'], refused: true },
  {
    what: 'a footer length beyond the file',
    bytes: patched(-10, 0, 0, 0, 0x7f),
    specs: ['FRAME-002'],
    refused: true,
  },
  { what: 'another first byte', bytes: patched(0, 0x42), specs: ['FRAME-003'], refused: false },
  { what: 'bytes behind the end', bytes: joined(good, text('xy')), specs: ['FRAME-004'], refused: true },
  { what: 'two files glued', bytes: joined(good, good), specs: ['FRAME-004'], refused: true },
  {
    what: 'a footer without sense',
    bytes: patched(-10 - Buffer.from(good).readInt32LE(good.length - 10), 0xff, 0xff, 0xff, 0x7f),
    specs: ['FRAME-001'],
    refused: true,
  },
  {
    what: 'another schema in the first message',
    bytes: changed((file) => ({ ...file, leadingSchema: { ...file.schema, metadata: [] } })),
    specs: ['FRAME-005'],
    refused: false,
  },
  { what: 'a block at an odd offset', bytes: patched(blockAt(), 1), specs: ['FRAME-006'], refused: true },
  {
    what: 'a block without header',
    bytes: patched(blockAt() + 8, 0, 0),
    specs: ['FRAME-006'],
    refused: true,
  },
  {
    what: 'a block beyond the file',
    bytes: patched(blockAt() + 16, 0, 0, 0, 0x10),
    specs: ['FRAME-006'],
    refused: true,
  },
  {
    what: 'a dictionary column',
    bytes: withColumn(TEXT, { dictionary: true }),
    specs: ['FRAME-010'],
    refused: true,
  },
  {
    what: 'a dictionary in the footer',
    bytes: changed((file) => ({ ...file, dictionaries: 1 })),
    specs: ['FRAME-010'],
    refused: true,
  },
  {
    what: 'an unknown codec',
    bytes: changed((file) => ({
      ...file,
      batches: file.batches.map((batch) => ({ ...batch, compression: 9 })),
    })),
    specs: ['FRAME-011'],
    refused: true,
  },
  {
    what: 'metadata version V4',
    bytes: changed((file) => ({ ...file, version: 3 })),
    specs: ['FRAME-012'],
    refused: false,
  },
  { what: 'a short column', bytes: withData(VALUE, { rows: 1 }), specs: ['FRAME-013'], refused: true },
  { what: 'a long column', bytes: withData(VALUE, { rows: 1_000_000 }), specs: ['FRAME-013'], refused: true },
  {
    what: 'a batch with a column too few',
    bytes: changed((file) => ({
      ...file,
      batches: file.batches.map((b) => ({ ...b, columns: b.columns.slice(1) })),
    })),
    specs: ['FRAME-013'],
    refused: true,
  },
  {
    what: 'a buffer that is too short',
    bytes: withData(COUNT, { buffers: [none, new Uint8Array(8)] }),
    specs: ['FRAME-014'],
    refused: true,
  },
  {
    what: 'decreasing offsets',
    bytes: withData(TEXT, { buffers: [none, int32s(0, 5, 3), text('onezwoelf')] }),
    specs: ['FRAME-014'],
    refused: true,
  },
  {
    what: 'an offset behind the data',
    bytes: withData(TEXT, { buffers: [none, int32s(0, 3, 99), text('onezwoelf')] }),
    specs: ['FRAME-014'],
    refused: true,
  },
  {
    what: 'a negative offset',
    bytes: withData(TEXT, { buffers: [none, int32s(-4, 3, 5), text('onezwoelf')] }),
    specs: ['FRAME-014'],
    refused: true,
  },
  {
    what: 'an extension name',
    bytes: withColumn(FLAG, { metadata: [['ARROW:extension:name', 'x']] }),
    specs: ['FRAME-022'],
    refused: false,
  },
  {
    what: 'nulls in a non-nullable column',
    bytes: withColumn(VALUE, { nullable: false }),
    specs: ['FRAME-023'],
    refused: false,
  },
  {
    what: 'a null_count of zero above nulls',
    bytes: withData(VALUE, { nullCount: 0 }),
    specs: ['FRAME-024'],
    refused: false,
  },
  {
    what: 'a null_count without bitmap',
    bytes: withData(COUNT, { nullCount: 1 }),
    specs: ['FRAME-024'],
    refused: false,
  },
  ...(['second', 'millisecond', 'microsecond'] as const).map((unit) => ({
    what: `times in ${unit}s`,
    bytes: withColumn(TIME, { type: { kind: 'timestamp', unit, zone: '' } }),
    specs: ['FRAME-027'],
    refused: false,
  })),
  {
    what: 'a time zone',
    bytes: withColumn(TIME, { type: { kind: 'timestamp', unit: 'nanosecond', zone: 'UTC' } }),
    specs: ['FRAME-028'],
    refused: false,
  },
  {
    what: 'the Go zero time',
    bytes: one({ type: 'time', values: [-6_795_364_578_871_345_152n] }),
    specs: ['FRAME-029'],
    refused: false,
  },
  {
    what: 'a text that is no UTF-8',
    bytes: withData(TEXT, { buffers: [none, int32s(0, 1, 2), Uint8Array.of(0x61, 0xff)] }),
    specs: ['FRAME-031'],
    refused: false,
  },
  {
    what: 'a character split between two cells',
    bytes: withData(TEXT, { buffers: [none, int32s(0, 1, 2), text('ö')] }),
    specs: ['FRAME-031'],
    refused: false,
  },
  ...['', '{} {}', 'NaN', '{"a":'].map((value) => ({
    what: `the JSON value "${value}"`,
    bytes: one({ type: 'json', values: ['[]', value] }),
    specs: ['FRAME-033'],
    refused: false,
  })),
  {
    what: 'an enum index without a text',
    bytes: one({ type: 'enum', config: { type: { enum: { text: ['a'] } } }, values: [0, 1] }),
    specs: ['FRAME-034'],
    refused: false,
  },
  {
    what: 'an enum without texts',
    bytes: one({ type: 'enum', values: [0] }),
    specs: ['FRAME-034'],
    refused: false,
  },
  {
    what: 'enum colours fewer than texts',
    bytes: one({
      type: 'enum',
      config: { type: { enum: { text: ['a', 'b'], color: ['red'] } } },
      values: [0],
    }),
    specs: ['FRAME-034'],
    refused: false,
  },
  {
    what: 'enum texts without tstype',
    bytes: withColumn(STATE, { metadata: [['config', '{"type":{"enum":{"text":["a","b"]}}}']] }),
    specs: ['FRAME-034'],
    refused: false,
  },
  {
    what: 'tstype enum on integers',
    bytes: withColumn(COUNT, { metadata: [['tstype', 'enum']] }),
    specs: ['FRAME-034'],
    refused: false,
  },
  {
    what: 'a wrong tstype',
    bytes: withColumn(COUNT, { metadata: [['tstype', 'time']] }),
    specs: ['FRAME-035'],
    refused: false,
  },
  {
    what: 'an integer beyond 2^53',
    bytes: one({ type: 'int64', values: [2n ** 53n] }),
    specs: ['FRAME-036'],
    refused: false,
  },
  { what: 'an unnamed field', bytes: one({ name: '' }), specs: ['FRAME-040'], refused: false },
  {
    what: 'a misspelt frame key',
    bytes: withSchemaMetadata(['refid', 'A']),
    specs: ['META-001'],
    refused: false,
  },
  {
    what: 'a misspelt field key',
    bytes: withColumn(COUNT, { metadata: [['Labels', '{}']] }),
    specs: ['META-002'],
    refused: false,
  },
  {
    what: 'a repeated frame key',
    bytes: withSchemaMetadata(['name', 'a'], ['name', 'b']),
    specs: ['META-003'],
    refused: false,
  },
  {
    what: 'a repeated field key',
    bytes: withColumn(COUNT, {
      metadata: [
        ['labels', '{}'],
        ['labels', '{"a":"b"}'],
      ],
    }),
    specs: ['META-003'],
    refused: false,
  },
  {
    what: 'meta that is no JSON',
    bytes: withSchemaMetadata(['meta', '']),
    specs: ['META-004'],
    refused: true,
  },
  {
    what: 'meta that is no object',
    bytes: withSchemaMetadata(['meta', '[]']),
    specs: ['META-005'],
    refused: true,
  },
  {
    what: 'an error among the metadata',
    bytes: withSchemaMetadata(['error', 'x']),
    specs: ['META-008'],
    refused: false,
  },
  {
    what: 'warnings in meta',
    bytes: withSchemaMetadata(['meta', '{"warnings":[]}']),
    specs: ['META-008'],
    refused: false,
  },
]

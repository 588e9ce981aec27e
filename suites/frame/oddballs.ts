import type { ArrowFile } from '../../host/frames/arrow-file.ts'
import { encodeArrowFile } from '../../host/frames/arrow-file.ts'
import type { Frame } from '../../host/frames/frame.ts'
import { describeArrowFile } from '../../host/frames/write-arrow.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { Oddball } from '../kernel/oddball.ts'
import { defineOddball } from '../kernel/oddball.ts'
import { writeInBatches } from './forge/several-batches.ts'
import { withStoredCompression } from './forge/stored-compression.ts'
import { withStringViews } from './forge/string-views.ts'

type Vary = Oddball['vary']

/** Legal habits around data frames; they hold for every frame of the plugin. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'writes-a-batch-for-every-second-row',
    because: 'a file has zero, one or many record batches (FRAME-008)',
    vary: inArrow((frame) => writeInBatches(frame, 2)),
  }),
  defineOddball({
    id: 'declares-values-nullable-without-need',
    because: 'any column may be nullable without having nulls; only time is asked not to be (FRAME-026)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        encodeFrame: (frame, format, call) => base.data.encodeFrame(withNullableValues(frame), format, call),
      },
    }),
  }),
  defineOddball({
    id: 'writes-texts-as-views',
    because: 'Utf8View is read as string (FRAME-021, table 2.1)',
    vary: inArrow(asArrow(withStringViews)),
  }),
  defineOddball({
    id: 'compresses-its-batches',
    because: 'Grafana reads LZ4 and ZSTD bodies (FRAME-011)',
    vary: inArrow(asArrow(withStoredCompression)),
  }),
  defineOddball({
    id: 'adds-metadata-to-its-batches',
    because: 'metadata of batches is ignored (FRAME-015)',
    vary: inArrow(
      asArrow((file) => ({
        ...file,
        batches: file.batches.map((batch) => ({ ...batch, metadata: [['rows', String(batch.rows)]] })),
      })),
    ),
  }),
  defineOddball({
    id: 'puts-a-text-into-custom',
    because: 'custom may be any JSON (META-020)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        encodeFrame: (frame, format, call) =>
          base.data.encodeFrame({ ...frame, meta: { custom: 'a text', ...frame.meta } }, format, call),
      },
    }),
  }),
  defineOddball({
    id: 'adds-metadata-of-its-library',
    because: 'unknown metadata keys are ignored (META-001, META-002)',
    vary: inArrow(asArrow(withForeignMetadata)),
  }),
  defineOddball({
    id: 'writes-metadata-in-any-order',
    because: 'the order of metadata keys is free (META-007)',
    vary: inArrow(asArrow(withReversedMetadata)),
  }),
  defineOddball({
    id: 'answers-arrow-although-json-was-asked',
    because: 'the format of the response counts, not that of the request (DATA-207)',
    vary: (base) => ({
      ...base,
      data: {
        ...base.data,
        queryData: (request, call) =>
          base.data.queryData({ ...request, format: DataFrameFormat.ARROW }, call),
      },
    }),
  }),
  defineOddball({
    id: 'breaks-json-into-lines',
    because: 'line breaks and blanks are fine in frames of QueryData (JSON-001, DATA-210)',
    vary: inJson((text) => text.replace(/^\{/u, '{\n  ').replace('"data":{', '\n  "data": {')),
  }),
  defineOddball({
    id: 'marks-nullable-json-types-with-an-asterisk',
    because: 'an asterisk in front of the type says nullable, too (JSON-003)',
    vary: inJson((text) => text.replaceAll(/"frame":"([^"]+)","nullable":true/gu, '"frame":"*$1"')),
  }),
  defineOddball({
    id: 'uses-short-names-for-json-types',
    because: 'time, double and int are other names of time.Time, float64 and int64 (JSON-003)',
    vary: inJson((text) =>
      text
        .replaceAll('"frame":"time.Time"', '"frame":"time"')
        .replaceAll('"frame":"float64"', '"frame":"double"')
        .replaceAll('"frame":"int64"', '"frame":"int"'),
    ),
  }),
]

function inArrow(write: (frame: Frame) => Uint8Array): Vary {
  return (base) => ({
    ...base,
    data: {
      ...base.data,
      encodeFrame: (frame, format, call) =>
        format === DataFrameFormat.ARROW ? write(frame) : base.data.encodeFrame(frame, format, call),
    },
  })
}

function asArrow(change: (file: ArrowFile) => ArrowFile): (frame: Frame) => Uint8Array {
  return (frame) => encodeArrowFile(change(describeArrowFile(frame)))
}

/** Only for QueryData: pieces of a chunked answer stand on lines of their own (CHUNK-109). */
function inJson(change: (text: string) => string): Vary {
  return (base) => ({
    ...base,
    data: {
      ...base.data,
      encodeFrame(frame, format, call) {
        const bytes = base.data.encodeFrame(frame, format, call)
        if (format !== DataFrameFormat.JSON || !call.path.endsWith('/QueryData')) return bytes
        return new TextEncoder().encode(change(new TextDecoder().decode(bytes)))
      },
    },
  })
}

function withNullableValues(frame: Frame): Frame {
  // Some declared types ask for columns without nulls (PLANE-012, log lines).
  if (frame.meta?.['type'] !== undefined) return frame
  const fields = frame.fields.map((field) => (field.type === 'time' ? field : { ...field, nullable: true }))
  return { ...frame, fields }
}

function withForeignMetadata(file: ArrowFile): ArrowFile {
  const { schema } = file
  const columns = schema.columns.map((column) => ({
    ...column,
    metadata: [...column.metadata, ['PARQUET:field_id', '1'] as const],
  }))
  return { ...file, schema: { ...schema, columns, metadata: [...schema.metadata, ['pandas', '{}']] } }
}

function withReversedMetadata(file: ArrowFile): ArrowFile {
  const { schema } = file
  const columns = schema.columns.map((column) => ({ ...column, metadata: column.metadata.toReversed() }))
  return { ...file, schema: { ...schema, columns, metadata: schema.metadata.toReversed() } }
}

import { ConformanceError } from '../conformance-error.ts'
import { encodeColumn } from './arrow-column.ts'
import type { ArrowFile } from './arrow-file.ts'
import { encodeArrowFile } from './arrow-file.ts'
import type { ArrowColumn, ArrowMetadata } from './arrow-schema.ts'
import { arrowTypeOf } from './arrow-type.ts'
import { fieldPlace } from './finding.ts'
import type { Field, Frame } from './frame.ts'
import { scriptTypeOf } from './script-type.ts'

/**
 * Writes a frame as one Arrow IPC file, the way the Go SDK does: one batch, or none when there are no rows; timestamps
 * in nanoseconds without zone; metadata as META-001 and META-002 say (sdk-go:data/arrow.go, `MarshalArrow`).
 */
export function writeArrowFrame(frame: Frame): Uint8Array {
  return encodeArrowFile(describeArrowFile(frame))
}

/**
 * Says what `writeArrowFrame` would write, in terms of Arrow.
 *
 * Whoever needs a broken file changes this description and gives it to `encodeArrowFile`.
 */
export function describeArrowFile(frame: Frame): ArrowFile {
  const rows = frame.fields[0]?.values.length ?? 0
  const columns = frame.fields.map((field, index) => {
    if (field.values.length === rows) return encodeColumn(field, index)
    throw new ConformanceError(
      'harness-fault',
      `Expected ${rows} values in ${fieldPlace(field.name, index)} as in the first field, got ${field.values.length}.`,
    )
  })
  const metadata: ArrowMetadata = [
    ...(frame.meta === undefined ? [] : [['meta', JSON.stringify(frame.meta)] as const]),
    ['name', frame.name],
    ['refId', frame.refId],
  ]
  return {
    schema: { bigEndian: false, metadata, columns: frame.fields.map(declareColumn) },
    batches: rows === 0 ? [] : [{ rows, columns }],
  }
}

function declareColumn(field: Field): ArrowColumn {
  return {
    name: field.name,
    type: arrowTypeOf(field.type),
    nullable: field.nullable,
    dictionary: false,
    metadata: [
      ...(field.config === undefined ? [] : [['config', JSON.stringify(field.config)] as const]),
      ...(field.labels === undefined ? [] : [['labels', JSON.stringify(field.labels)] as const]),
      ['tstype', scriptTypeOf(field.type)],
    ],
  }
}

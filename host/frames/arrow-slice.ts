import type { ArrowBatch } from './arrow-batch.ts'
import type { ArrowColumn, ArrowSchema } from './arrow-schema.ts'
import type { ArrowType } from './arrow-type.ts'
import type { Findings } from './finding.ts'
import { fieldPlace } from './finding.ts'

/** The buffers of one column in one batch, cut out of the body after their bounds were checked. */
export interface ColumnSlice {
  readonly rows: number
  readonly nullCount: number
  /** Validity bits; empty when the batch has none. */
  readonly validity: Uint8Array
  readonly buffers: readonly Uint8Array[]
}

/**
 * Cuts a batch into columns (FRAME-013, 014).
 *
 * Nothing is allocated by a length that was not compared with the body. Returns undefined when the host could not
 * read some column. Sizes are not compared when the body is compressed.
 */
export function sliceBatch(
  schema: ArrowSchema,
  batch: ArrowBatch,
  findings: Findings,
): ColumnSlice[] | undefined {
  if (batch.nodes.length !== schema.columns.length || batch.rows < 0) {
    const expected = `${schema.columns.length} columns of 0 or more rows`
    findings.refuse(
      'FRAME-013',
      'record batch',
      expected,
      `${batch.nodes.length} columns of ${batch.rows} rows`,
    )
    return undefined
  }
  let nextBuffer = 0
  let nextVariadic = 0
  const slices: (ColumnSlice | undefined)[] = []
  for (const [index, column] of schema.columns.entries()) {
    const variadic = column.type.kind === 'utf8-view' ? (batch.variadic[nextVariadic++] ?? 0) : 0
    const count = bufferCount(column.type) + Math.max(0, Math.min(variadic, batch.buffers.length))
    const buffers = batch.buffers.slice(nextBuffer, nextBuffer + count)
    nextBuffer += count
    slices.push(sliceColumn(column, index, { batch, buffers, count, findings }))
  }
  const complete = slices.filter((slice) => slice !== undefined)
  return complete.length === slices.length ? complete : undefined
}

interface Cut {
  readonly batch: ArrowBatch
  readonly buffers: ArrowBatch['buffers']
  readonly count: number
  readonly findings: Findings
}

function sliceColumn(column: ArrowColumn, index: number, cut: Cut): ColumnSlice | undefined {
  const { batch, buffers, count, findings } = cut
  const where = fieldPlace(column.name, index)
  const node = batch.nodes[index] ?? { rows: -1, nullCount: 0 }
  if (node.rows !== batch.rows) {
    findings.refuse('FRAME-013', where, `${batch.rows} rows, the length of its batch`, `${node.rows} rows`)
    return undefined
  }
  if (buffers.length < count) {
    findings.refuse('FRAME-014', where, `${count} buffers`, `${buffers.length} buffers`)
    return undefined
  }
  // A buffer of no bytes is nowhere.
  const outside = buffers.find(
    ({ offset, length }) => length !== 0 && (offset < 0 || length < 0 || offset + length > batch.body.length),
  )
  if (outside !== undefined) {
    const found = `a buffer from ${outside.offset} to ${outside.offset + outside.length}`
    findings.refuse('FRAME-014', where, `buffers inside the ${batch.body.length} bytes of the body`, found)
    return undefined
  }
  const [validity = new Uint8Array(0), ...rest] = buffers.map(({ offset, length }) =>
    batch.body.subarray(offset, offset + length),
  )
  const slice = { rows: node.rows, nullCount: node.nullCount, validity, buffers: rest }
  if (batch.codec !== undefined) return slice
  const fault = findLack(column.type, slice)
  if (fault === undefined) return slice
  findings.refuse('FRAME-014', where, fault.expected, fault.found)
  return undefined
}

/** Buffers of a column without those whose number stands in the batch: validity, offsets or views, data. */
function bufferCount(type: ArrowType): number {
  return type.kind === 'utf8' || type.kind === 'binary' ? 3 : 2
}

function findLack(type: ArrowType, slice: ColumnSlice): { expected: string; found: string } | undefined {
  const { rows, validity } = slice
  if (rows === 0) return undefined
  const bits = Math.ceil(rows / 8)
  // An absent bitmap means that every value is there.
  if (validity.length > 0 && validity.length < bits) return lack('validity', bits, validity.length, rows)
  const needed = mainBufferSize(type, rows)
  const main = slice.buffers[0]?.length ?? 0
  return main < needed ? lack('values', needed, main, rows) : undefined
}

function lack(
  kind: string,
  needed: number,
  length: number,
  rows: number,
): { expected: string; found: string } {
  return {
    expected: `a buffer of ${needed} bytes or more for the ${kind} of ${rows} rows`,
    found: `${length} bytes`,
  }
}

function mainBufferSize(type: ArrowType, rows: number): number {
  switch (type.kind) {
    case 'int':
    case 'float':
      return (rows * type.bits) / 8
    case 'bool':
      return Math.ceil(rows / 8)
    case 'timestamp':
      return rows * 8
    case 'utf8':
    case 'binary':
      return (rows + 1) * 4
    case 'utf8-view':
      return rows * 16
    case 'refused':
    case 'raw':
      return 0
    default:
      return type satisfies never
  }
}

import type { ArrowBatch } from './arrow-batch.ts'
import { readBatch } from './arrow-batch.ts'
import { checkBlocks } from './arrow-block.ts'
import { findFooter, findGluedFile } from './arrow-container.ts'
import type { ArrowFooter } from './arrow-footer.ts'
import { readFooter } from './arrow-footer.ts'
import { judgeLeadingSchema } from './arrow-leading.ts'
import { sliceBatch } from './arrow-slice.ts'
import type { ColumnPlan } from './column-plan.ts'
import { planColumns } from './column-plan.ts'
import { TooManyValues, readColumn } from './column-reading.ts'
import type { ColumnReading, ValueBudget } from './column-reading.ts'
import type { Findings, FrameFinding } from './finding.ts'
import { collectFindings } from './finding.ts'
import type { FieldValue, Frame } from './frame.ts'
import { readFrameMetadata } from './metadata-reading.ts'
import type { FrameMetadata } from './metadata-reading.ts'

/** What became of the bytes of one frame. */
export interface FrameReading {
  /** Undefined when a Grafana host could not decode the bytes, or could not send the result to a browser. */
  readonly frame: Frame | undefined
  readonly findings: readonly FrameFinding[]
  /** Why `frame` has fields without values although Grafana would have read them; absent when values were decoded. */
  readonly undecoded?: string
}

/**
 * Reads the bytes of a frame in Arrow format as the Go host does, and reports what it would stumble over.
 *
 * It never throws. Before anything is read or allocated, the offset or length that asks for it was compared with the
 * bytes there are; what is handed out takes at most ten times the size of the input, or 64 MiB for small inputs. Order:
 * container, footer, schema, metadata, then batches (sdk-go:data/arrow.go, `UnmarshalArrowFrame`).
 */
export function readArrowFrame(bytes: Uint8Array): FrameReading {
  const findings = collectFindings()
  const footer = openFile(bytes, findings)
  if (footer === undefined) return { frame: undefined, findings: findings.list }
  const metadata = readFrameMetadata(footer.schema.metadata, findings)
  const plans = planColumns(footer.schema, findings)
  judgeDictionaries(footer, findings)
  if (!checkBlocks(footer, bytes.length, findings) || plans === undefined) {
    return { frame: undefined, findings: findings.list }
  }
  const { values, undecoded } = readValues(bytes, footer, plans, findings)
  if (findings.refused) return { frame: undefined, findings: findings.list }
  const frame = buildFrame(metadata, plans, values)
  return { frame, findings: findings.list, ...(undecoded === undefined ? {} : { undecoded }) }
}

function openFile(bytes: Uint8Array, findings: Findings): ArrowFooter | undefined {
  const place = findFooter(bytes, findings)
  if (place === undefined) return undefined
  const footer = readFooter(bytes.subarray(place.start, place.end), place.start, findings)
  if (footer === undefined) return undefined
  const lastBlock = footer.batches.reduce(
    (end, block) => Math.max(end, block.offset + block.metadataLength + block.bodyLength),
    8,
  )
  const second = findGluedFile(bytes, lastBlock, place.start)
  if (second !== undefined) {
    findings.refuse('FRAME-004', `byte ${second}`, 'one Arrow IPC file', 'a second file behind the first')
    return undefined
  }
  judgeLeadingSchema(bytes.subarray(0, place.start), footer.schema, findings)
  return footer
}

function judgeDictionaries({ dictionaries, schema }: ArrowFooter, findings: Findings): void {
  // A dictionary-encoded column was reported already and is why the footer lists dictionaries.
  if (dictionaries.length === 0 || schema.columns.some((column) => column.dictionary === true)) return
  findings.refuse('FRAME-010', 'footer', 'no dictionaries', `${dictionaries.length} dictionaries`)
}

/** Input up to this size may decode to more than ten times itself: a bit of a bool column becomes eight bytes. */
const SMALL_BUDGET = 64 * 1024 * 1024
const BUDGET_FACTOR = 10
/** Memory for the buffers of one column in one batch, roughly. */
const SLICE_BYTES = 64

function readValues(
  bytes: Uint8Array,
  footer: ArrowFooter,
  plans: readonly ColumnPlan[],
  findings: Findings,
): { values: readonly (readonly FieldValue[])[]; undecoded?: string } {
  const scope = { findings, budget: valueBudget(Math.max(SMALL_BUDGET, bytes.length * BUDGET_FACTOR)) }
  const columns = plans.map(({ column, type, enumSize }, index) =>
    readColumn(column, index, { type, enumSize, littleEndian: !footer.schema.bigEndian }, scope),
  )
  let undecoded: string | undefined
  try {
    for (const [index, block] of footer.batches.entries()) {
      // The footer may list one batch a thousand times.
      scope.budget.spend(block.metadataLength + columns.length * SLICE_BYTES)
      const batch = readBatch(bytes, block, `batch ${index}`, findings)
      if (batch !== undefined) undecoded = appendBatch(batch, footer, columns, findings) ?? undecoded
      // The host gives up at the first batch that it cannot read.
      if (findings.refused) break
    }
  } catch (error) {
    if (!(error instanceof TooManyValues)) throw error
    undecoded = 'its values take more than ten times the memory of its bytes'
  }
  for (const column of columns) column.conclude()
  if (undecoded !== undefined) return { values: plans.map(() => []), undecoded }
  return { values: columns.map((column) => column.values) }
}

function appendBatch(
  batch: ArrowBatch,
  footer: ArrowFooter,
  columns: readonly ColumnReading[],
  findings: Findings,
): string | undefined {
  if (batch.codec !== undefined && CODECS[batch.codec] === undefined) {
    findings.refuse(
      'FRAME-011',
      'record batch',
      'the codec 0 (LZ4_FRAME) or 1 (ZSTD)',
      `codec ${batch.codec}`,
    )
    return undefined
  }
  const slices = sliceBatch(footer.schema, batch, findings)
  if (slices === undefined) return undefined
  if (batch.codec !== undefined) return `its record batches are compressed with ${CODECS[batch.codec]}`
  for (const [index, slice] of slices.entries()) columns[index]?.append(slice)
  return undefined
}

/** Codecs of Message.fbs that the host has (FRAME-011). */
const CODECS = ['LZ4_FRAME', 'ZSTD']

function valueBudget(bytes: number): ValueBudget {
  let left = bytes
  return {
    spend(amount) {
      left -= amount
      if (left < 0) throw new TooManyValues()
    },
  }
}

function buildFrame(
  metadata: FrameMetadata,
  plans: readonly ColumnPlan[],
  values: readonly (readonly FieldValue[])[],
): Frame {
  const { name, refId, meta } = metadata
  const fields = plans.map(({ column, type, labels, config }, index) => ({
    name: column.name,
    type,
    nullable: column.nullable,
    ...(labels === undefined ? {} : { labels }),
    ...(config === undefined ? {} : { config }),
    values: values[index] ?? [],
  }))
  return { name, refId, ...(meta === undefined ? {} : { meta }), fields }
}

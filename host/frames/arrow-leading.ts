import { isDeepStrictEqual } from 'node:util'

import { messageBytes } from './arrow-batch.ts'
import { guard } from './arrow-footer.ts'
import type { ArrowSchema } from './arrow-schema.ts'
import { readArrowSchema } from './arrow-schema.ts'
import type { Findings } from './finding.ts'
import { openFlatbuffer } from './flatbuffer-reader.ts'

/**
 * Compares the schema message at the start of the file with the footer's schema (FRAME-005).
 *
 * The host ignores the former, so a difference is advice; readers of streams believe it. A file without such a message
 * has no difference: apache-arrow's `RecordBatchFileWriter` begins with the first batch.
 */
export function judgeLeadingSchema(beforeFooter: Uint8Array, footer: ArrowSchema, findings: Findings): void {
  const prefixed = beforeFooter.subarray(8)
  if (prefixed.length <= END_OF_STREAM) return
  const leading = guard(() => readLeadingSchema(prefixed))
  if (leading.kind === 'read' && (leading.value === undefined || isDeepStrictEqual(leading.value, footer)))
    return
  const found = leading.kind === 'read' ? 'another schema' : `damage: ${leading.reason}`
  findings.advise('FRAME-005', 'byte 8', 'the schema of the footer in the first message too', found)
}

/** Size of the mark behind the last message: all that there is in a file without messages. */
const END_OF_STREAM = 8
const SCHEMA_MESSAGE = 1

function readLeadingSchema(prefixed: Uint8Array): ArrowSchema | undefined {
  const message = openFlatbuffer(messageBytes(prefixed))
  const schema = message.number(1, 'uint8', 0) === SCHEMA_MESSAGE ? message.table(2) : undefined
  return schema === undefined ? undefined : readArrowSchema(schema)
}

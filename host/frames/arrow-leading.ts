import { isDeepStrictEqual } from 'node:util'

import { messageBytes } from './arrow-batch.ts'
import { guard } from './arrow-footer.ts'
import type { ArrowSchema } from './arrow-schema.ts'
import { readArrowSchema } from './arrow-schema.ts'
import type { Findings } from './finding.ts'
import { FlatbufferDamage, openFlatbuffer } from './flatbuffer-reader.ts'

/**
 * Compares the schema message at the start of the file with the footer's schema (FRAME-005).
 *
 * The host ignores the former, so a difference is advice; readers of streams believe it.
 */
export function judgeLeadingSchema(beforeFooter: Uint8Array, footer: ArrowSchema, findings: Findings): void {
  const leading = guard(() => readLeadingSchema(beforeFooter))
  if (leading.kind === 'read' && isDeepStrictEqual(leading.value, footer)) return
  const found = leading.kind === 'read' ? 'another schema' : leading.reason
  findings.advise('FRAME-005', 'byte 8', 'the schema of the footer in the first message too', found)
}

const SCHEMA_MESSAGE = 1

function readLeadingSchema(beforeFooter: Uint8Array): ArrowSchema {
  const prefixed = beforeFooter.subarray(8)
  if (prefixed.length < 8) throw new FlatbufferDamage('there is no schema message')
  const message = openFlatbuffer(messageBytes(prefixed))
  const header = message.number(1, 'uint8', 0) === SCHEMA_MESSAGE ? message.table(2) : undefined
  if (header === undefined) throw new FlatbufferDamage('the first message is no schema')
  return readArrowSchema(header)
}

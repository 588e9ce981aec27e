import type { ExpositionFinding } from './family.ts'

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/

// What may follow the name in a MetricFamily message: help (2), type (3) or metric (4) (prometheus/client_model metrics.proto).
const NEXT_FIELD_TAGS: readonly number[] = [0x12, 0x18, 0x22]

/** Recognises bytes that are no text at all, so that one finding says what they are (METRICS-004). */
export function findForeignFormat(bytes: Uint8Array): ExpositionFinding | undefined {
  const name = nameForeignFormat(bytes)
  if (name === undefined) return undefined
  return {
    spec: 'METRICS-004',
    line: 1,
    column: 1,
    message: `Expected uncompressed text in UTF-8, found ${name}.`,
  }
}

function nameForeignFormat(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0x1f && second === 0x8b) return 'gzip'
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16'
  return isDelimitedMetricFamily(bytes) ? 'the protobuf exposition format' : undefined
}

/** A varint with the message's length, then field 1 with a metric name in it, then another field. */
function isDelimitedMetricFamily(bytes: Uint8Array): boolean {
  const lengthEnd = bytes.findIndex((byte) => byte < 0x80) + 1
  if (lengthEnd < 1 || lengthEnd > 5 || bytes[lengthEnd] !== 0x0a) return false
  const nameLength = bytes[lengthEnd + 1] ?? 0
  const nameEnd = lengthEnd + 2 + nameLength
  const name = Buffer.from(bytes.subarray(lengthEnd + 2, nameEnd)).toString('latin1')
  return METRIC_NAME.test(name) && NEXT_FIELD_TAGS.includes(bytes[nameEnd] ?? -1)
}

import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'

/** The six bytes that an Arrow file begins with (FRAME-001). */
const ARROW_MAGIC = 'ARROW1'

/** What bytes look like by their beginning; undefined for what is neither an Arrow file nor a JSON object. */
function apparentFormat(bytes: Uint8Array): DataFrameFormat | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString('latin1')
  if (start.startsWith(ARROW_MAGIC)) return DataFrameFormat.ARROW
  return start.trimStart().startsWith('{') ? DataFrameFormat.JSON : undefined
}

/** `ARROW (0)`, `JSON (1)`, or just the number. */
export function formatName(format: number): string {
  const name: string | undefined = DataFrameFormat[format]
  return name === undefined ? String(format) : `${name} (${format})`
}

/** What is wrong with a declared format, in view of the frames that it is declared for (FRAME-017). */
export function formatFault(
  format: number,
  frames: readonly Uint8Array[],
): { readonly expected: string; readonly actual: string } | undefined {
  if (DataFrameFormat[format] === undefined)
    return { expected: 'format 0 (ARROW) or 1 (JSON)', actual: `format ${format}` }
  for (const [index, bytes] of frames.entries()) {
    const apparent: number | undefined = apparentFormat(bytes)
    if (apparent !== undefined && apparent !== format)
      return {
        expected: `frames in the declared format ${formatName(format)}`,
        actual: `frame ${index} begins like ${formatName(apparent)}`,
      }
  }
  return undefined
}

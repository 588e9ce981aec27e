import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryChunkedDataResponse, QueryDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { grafanaJson } from '../context/grafana-json.ts'
import { asGrafanaJson } from '../frames/as-grafana-json.ts'
import { readArrowFrame } from '../frames/read-arrow.ts'

/** A message of QueryChunkedData, as far as Grafana reads it. */
export type Chunk = Omit<QueryChunkedDataResponse, '$typeName' | '$unknown'>

/**
 * The chunks that Grafana makes of an answer to QueryData when a plugin has no chunked queries: frame *i* of a refId becomes
 * the chunk with `frameId` *i*, and an error follows as a chunk of its own (CHUNK-103).
 *
 * Source: grafana:pkg/plugins/backendplugin/chunked/chunked.go ProcessRawResponse.
 */
export function chunksOfAnswer({ responses }: Pick<QueryDataResponse, 'responses'>): readonly Chunk[] {
  return Object.entries(responses).flatMap(([refId, { frames, format, status, error, errorSource }]) => {
    const base = { refId, frameId: '', frame: new Uint8Array(), format, status, error: '', errorSource: '' }
    return [
      ...frames.map((frame, index) => ({ ...base, frameId: String(index), frame })),
      ...(error === '' ? [] : [{ ...base, error, errorSource }]),
    ]
  })
}

/**
 * The line of the JSONL answer for one chunk, line feed included (CHUNK-112).
 *
 * Bytes that are labelled JSON are copied unchecked, Arrow is written as JSON; undefined for Arrow that cannot be read.
 * Source: grafana:pkg/plugins/backendplugin/chunked/writer.go OnChunk.
 */
export function jsonlLine({ refId, frameId, frame, format, error, errorSource }: Chunk): string | undefined {
  const bytes = Buffer.from(frame)
  const written = format === DataFrameFormat.JSON ? bytes.toString('utf8') : arrowAsJson(bytes, refId)
  if (written === undefined) return undefined
  const members = [
    `"refId":${grafanaJson(refId)}`,
    ...(frameId === '' ? [] : [`"frameId":${grafanaJson(frameId)}`]),
    ...(bytes.length === 0 ? [] : [`"frame":${written}`]),
    ...(error === '' ? [] : [`"error":${grafanaJson(error)}`, `"errorSource":${grafanaJson(errorSource)}`]),
  ]
  return `{${members.join(',')}}\n`
}

function arrowAsJson(bytes: Uint8Array, refId: string): string | undefined {
  if (bytes.length === 0) return ''
  const { frame } = readArrowFrame(bytes)
  return frame && asGrafanaJson(frame, { refId })
}

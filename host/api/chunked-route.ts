import type { HttpAnswer } from './grafana-answer.ts'

/** Which method the API server's query route calls, or what it answers by itself. */
export type ChunkedRoute =
  | { readonly kind: 'query-data' }
  | { readonly kind: 'query-chunked-data' }
  | { readonly kind: 'refused'; readonly answer: HttpAnswer }

/**
 * Chunks are asked for only by a client whose `Accept` contains `text/jsonl`, and only where the feature is on (CHUNK-101).
 *
 * Source: grafana:pkg/plugins/backendplugin/chunked/writer.go IsRequestingChunkedResponse, pkg/registry/apis/datasource/http_query.go.
 */
export function chunkedRoute(accept: string, options: { readonly enabled: boolean }): ChunkedRoute {
  if (!accept.includes('text/jsonl')) return { kind: 'query-data' }
  if (options.enabled) return { kind: 'query-chunked-data' }
  const says = 'Not Acceptable'
  return { kind: 'refused', answer: { kind: 'http', status: 406, body: '', says } }
}

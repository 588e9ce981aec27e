import type { CallResourceRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { ResourceAnswer } from './answer.ts'
import { errorAnswer, jsonAnswer } from './json-answer.ts'

const ITEMS = Array.from({ length: 10 }, (_, index) => ({ id: index + 1, name: `item ${index + 1}` }))

const ALLOWED = 'GET, HEAD'

/** `items?limit=3`: a list of things, read-only. */
export function items(request: CallResourceRequest): ResourceAnswer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return errorAnswer(405, 'Items can only be read.', { Allow: [ALLOWED] })
  }
  const limit = queryString(request.url).get('limit') ?? String(ITEMS.length)
  if (!/^\d{1,6}$/.test(limit)) return errorAnswer(400, 'The parameter "limit" is not a whole number.')
  return jsonAnswer({ items: ITEMS.slice(0, Number(limit)) })
}

/** The url is relative and not always well formed, so only its query string is looked at (RES-102). */
function queryString(url: string): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1))
}

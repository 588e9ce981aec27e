import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Reading } from './services.ts'

/** What an HTTP client makes of an answer to CallResource (RES-201, RES-202). */
export function readResource(messages: readonly CallResourceResponse[], known: boolean): Reading {
  const [first] = messages
  if (first === undefined)
    return {
      mark: 'bad',
      text: 'the stream ended without a message: Grafana answers HTTP 500',
      fix: 'Send at least one message, with the status code in it.',
    }
  const bytes = messages.reduce((sum, { body }) => sum + body.length, 0)
  const text = `HTTP ${first.code}, ${bytes} bytes${known ? '' : ', for a path that does not exist'}`
  if (first.code < 100 || first.code > 999)
    return { mark: 'bad', text, fix: 'Put an HTTP status code into the first message.' }
  return known && first.code >= 500
    ? { mark: 'bad', text, fix: 'Correct the resource.' }
    : { mark: 'good', text }
}

import { SubscribeStreamResponse_Status } from '../../proto/gen/grafana/backend_pb.js'
import type { SubscribeStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Reading } from './services.ts'

/** What Grafana Live makes of an answer to SubscribeStream (STREAM-102). */
export function readSubscription({ status }: SubscribeStreamResponse): Reading {
  const name: string | undefined = SubscribeStreamResponse_Status[status]
  if (name !== undefined) return { mark: 'good', text: name }
  return {
    mark: 'bad',
    text: `status ${status}, which means nothing`,
    fix: 'Answer OK, NOT_FOUND or PERMISSION_DENIED.',
  }
}

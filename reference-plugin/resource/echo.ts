import { createHash } from 'node:crypto'

import type { CallResourceRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { ResourceAnswer } from './answer.ts'
import { jsonAnswer } from './json-answer.ts'

/** The request as it arrived, every value of every header included (RES-107). */
export function echo(request: CallResourceRequest): ResourceAnswer {
  const { method, path, url, body } = request
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, list]) => [name, list.values]),
  )
  return jsonAnswer({
    method,
    path,
    url,
    headers,
    body: Buffer.from(body).toString('base64'),
    sha256: createHash('sha256').update(body).digest('hex'),
    length: body.length,
  })
}

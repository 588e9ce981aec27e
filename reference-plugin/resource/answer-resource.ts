import type { CallResourceRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import { scriptedResource } from '../script/resource.ts'
import type { ResourceAnswer } from './answer.ts'
import { echo } from './echo.ts'
import { items } from './items.ts'
import { errorAnswer } from './json-answer.ts'

/** Below this path the request is an instruction (fixtures/script.schema.json, resources). */
const SCRIPTED = 'conformance/'

/**
 * Routes by `path`, exactly as it comes; `url` only has the query string (RES-104).
 *
 * A path is compared with known ones and never used to find a file or a URL, so nothing in it needs to be cleaned (RES-103).
 */
export async function answerResource(request: CallResourceRequest, call: Call): Promise<ResourceAnswer> {
  const { path } = request
  if (path.startsWith(SCRIPTED)) return scriptedResource(path.slice(SCRIPTED.length), request, call)
  if (path === 'items') return items(request)
  if (path === 'echo') return echo(request)
  return errorAnswer(404, 'There is no such resource.')
}

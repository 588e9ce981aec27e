import { setTimeout as delay } from 'node:timers/promises'

import type { CallResourceRequest } from '../../proto/gen/grafana/backend_pb.js'
import type { Call } from '../call.ts'
import type { ResourceAnswer } from '../resource/answer.ts'
import { echo } from '../resource/echo.ts'
import { errorAnswer, jsonAnswer } from '../resource/json-answer.ts'
import { untilAborted } from '../until-aborted.ts'
import { describeContext } from './context.ts'
import { patternBytes } from './pattern-bytes.ts'

/** Does what a path below `conformance/` says (fixtures/script.schema.json, resources). */
export async function scriptedResource(
  path: string,
  request: CallResourceRequest,
  call: Call,
): Promise<ResourceAnswer> {
  const [name, first, second, ...rest] = path.split('/')
  if (rest.length > 0) return errorAnswer(404, 'There is no such resource.')
  switch (`${name}/${[first, second].filter((part) => part !== undefined).length}`) {
    case 'contract/0':
      return jsonAnswer({ conformance: 1 })
    case 'echo/0':
      return echo(request)
    case 'status/1':
      return statusAnswer(number(first))
    case 'bytes/1':
      return streamed('application/octet-stream', number(first), (count) => patternBytes(count))
    case 'chunks/2':
      return streamed('text/plain', number(first), (count) => chunks(count, number(second) ?? 0, call))
    case 'hold/0':
      return streamed('text/plain', 0, () => hold(call))
    case 'panic/0':
      throw new Error('the script asked for a panic')
    case 'context/0':
      return jsonAnswer(describeContext(request.pluginContext, call))
    case 'instance/0':
      return instanceAnswer(request, call)
    default:
      return errorAnswer(404, 'There is no such resource.')
  }
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function statusAnswer(status: number | undefined): ResourceAnswer {
  if (status === undefined || status < 200 || status > 599)
    return errorAnswer(400, 'A status is from 200 to 599.')
  // These two never have a body (RES-208).
  if (status === 204 || status === 304) return { status, headers: {}, body: new Uint8Array() }
  return jsonAnswer({ status }, status)
}

function streamed(
  type: string,
  count: number | undefined,
  body: (count: number) => AsyncIterable<Uint8Array>,
): ResourceAnswer {
  if (count === undefined) return errorAnswer(400, 'The path needs a whole number.')
  return { status: 200, headers: { 'Content-Type': [type] }, body: body(count) }
}

async function* chunks(count: number, delayMs: number, call: Call): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index += 1) {
    if (index > 0) await delay(delayMs, undefined, { signal: call.signal })
    yield Buffer.from(`chunk ${index}\n`)
  }
}

async function* hold(call: Call): AsyncGenerator<Uint8Array> {
  yield Buffer.from('holding\n')
  await untilAborted(call.signal)
}

function instanceAnswer(request: CallResourceRequest, call: Call): ResourceAnswer {
  const { id, uid, name, url, settings, secretKeys } = call.instances.get(
    request.pluginContext,
    call.metadata,
  )
  const jsonData = settings.kind === 'usable' ? settings.jsonData : null
  return jsonAnswer({ instance: id, uid, name, url, jsonData, secretKeys })
}

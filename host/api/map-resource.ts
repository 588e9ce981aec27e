import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import { canonicalName } from '../context/client-headers.ts'
import type { HostProfile } from '../context/profile.ts'
import { codedAnswer, errorAnswer, errorHabits, plainAnswer } from './error-answer.ts'
import type { GrafanaAnswer, HttpAnswer } from './grafana-answer.ts'
import { goStatusText, statusOf, UNIMPLEMENTED } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { errorHeaders, responseHeaders } from './response-headers.ts'
import type { ResponseHeaders } from './response-headers.ts'

/** A message of a CallResource stream, as far as Grafana reads it. */
export type ResourceMessage = Pick<CallResourceResponse, 'code' | 'headers' | 'body'>

/** A call of CallResource, as far as it went. */
export interface ResourceCall {
  readonly messages: readonly ResourceMessage[]
  readonly end: Outcome<unknown>
  /** Of the HTTP request; default GET. Answers to HEAD lose their body. */
  readonly method?: string
}

/** The answer to a resource call, with what only it has. */
export interface ResourceAnswer extends HttpAnswer {
  /** Headers in the order of their names, without those of the connection. */
  readonly headers: ResponseHeaders
  /** The body as it was sent; `body` is the same as text. */
  readonly bytes: Uint8Array
  /** The client gets less or more than `Content-Length` promised, and notices (RES-210). */
  readonly incomplete: boolean
}

/**
 * What an HTTP client gets of a resource call: the messages that came, and how the call ended (RES-201 to 213).
 *
 * The first message decides status and headers; a failure after it only adds Grafana's error text to the body.
 * Source: grafana:pkg/plugins/httpresponsesender/http_response_sender.go, pkg/plugins/manager/client/client.go CallResource.
 */
export function mapResource(
  profile: HostProfile,
  { messages, end, method = 'GET' }: ResourceCall,
): ResourceAnswer | Exclude<GrafanaAnswer, HttpAnswer> {
  const failure = failureAnswer(profile, end)
  const [first, ...later] = messages
  if (first === undefined) {
    if (end.kind === 'pending') return { kind: 'waits' }
    return plain(failure ?? missingWrite(profile))
  }
  const status = statusOfCode(first.code)
  const headers = responseHeaders(first.headers, status)
  const pieces = [first, ...later].map(({ body }) => body)
  const empty = method === 'HEAD' || bodyless(status)
  const sent = Buffer.concat(empty ? [] : pieces)
  const declared = declaredLength(headers)
  // Go's HTTP server refuses what goes beyond the declared length, Grafana's own error text included.
  const error = failure === undefined || empty ? Buffer.alloc(0) : Buffer.from(failure.body)
  const whole = Buffer.concat([sent, declared === undefined ? error : Buffer.alloc(0)])
  const bytes = declared !== undefined && declared < whole.length ? Buffer.alloc(0) : whole
  return {
    kind: 'http',
    status,
    body: bytes.toString('utf8'),
    bytes,
    headers,
    says: failure?.says ?? (status < 400 ? '' : textOf(sent)),
    incomplete: !empty && declared !== undefined && declared !== bytes.length,
    ...(failure?.logged === undefined ? {} : { logged: failure.logged }),
  }
}

function failureAnswer(profile: HostProfile, end: Outcome<unknown>): HttpAnswer | undefined {
  const { requestFailure: id, plainResourceErrors } = errorHabits(profile)
  const prefix = 'client: failed to call resources: '
  switch (end.kind) {
    case 'answered':
    case 'pending':
      return undefined
    case 'not-running':
      return plainResourceErrors
        ? plainAnswer(profile, { status: 503, message: 'Plugin unavailable', traced: true })
        : errorAnswer(profile, id, `${prefix}plugin unavailable`)
    case 'failed':
    case 'died':
    case 'cancelled':
      if (plainResourceErrors)
        return plainAnswer(profile, {
          ...(statusOf(end).code === UNIMPLEMENTED
            ? { status: 404, message: 'Not found' }
            : { status: 500, message: 'Plugin request failed' }),
          traced: true,
        })
      return errorAnswer(
        profile,
        id,
        statusOf(end).code === UNIMPLEMENTED
          ? `${prefix}[plugin.notImplemented] method not implemented`
          : `${prefix}failed to receive call resource response: ${goStatusText(end)}`,
      )
    default:
      return end satisfies never
  }
}

/** A call that ends well without a message leaves Grafana with nothing to write (RES-202). */
function missingWrite(profile: HostProfile): HttpAnswer {
  const message = errorHabits(profile).missingWrite
  if (message === 'an empty answer') return { kind: 'http', status: 200, body: '', says: '' }
  const id = 'web.missingWrite'
  return {
    ...codedAnswer(profile, { status: 500, id, message }),
    // Not an error of a plugin: this body has the newer form in every release.
    body: `{"statusCode":500,"messageId":"${id}","message":"${message}"}`,
  }
}

function plain(answer: HttpAnswer): ResourceAnswer {
  return { ...answer, headers: errorHeaders, bytes: Buffer.from(answer.body), incomplete: false }
}

/** Codes that are no HTTP status become 500; Go sends 100 as 200 (RES-201). */
function statusOfCode(code: number): number {
  if (code < 100 || code > 999) return 500
  return code === 100 ? 200 : code
}

/** Answers that have no body, whatever was written (RES-208). */
function bodyless(status: number): boolean {
  return status < 200 || status === 204 || status === 304
}

function declaredLength(headers: ResponseHeaders): number | undefined {
  const value = headers.find(([name]) => canonicalName(name) === 'Content-Length')?.[1]
  return value === undefined || !/^\d+$/.test(value) ? undefined : Number(value)
}

/** An error page may be long or no text at all; a person reads its beginning. */
const READ_BYTES = 200

function textOf(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, READ_BYTES)).toString('utf8').replaceAll(/\s+/g, ' ').trim()
}

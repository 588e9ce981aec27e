import { isMessage } from '@bufbuild/protobuf'

import { CallResourceRequestSchema, CallResourceResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { HostEvent, MessageEvent } from '../../host/events.ts'
import { defineObserver } from '../kernel/observer.ts'
import type { ObserverJudge, Watch } from '../kernel/observer.ts'
import {
  contentLengthFault,
  headerTextFault,
  lacksContentType,
  statusFault,
  strippedHeaders,
} from './answer-faults.ts'
import type { SeenAnswer } from './answer-faults.ts'
import { rules } from './rules.ts'

const CALL_RESOURCE = '/pluginv2.Resource/CallResource'

/** What a Go server says of a message whose texts are not UTF-8; the only texts of an answer are its headers. */
const NO_UTF8 = /^grpc: error while marshaling\b.*utf-8/i

/** One call while it runs. */
interface OpenCall {
  readonly httpMethod: string
  messages: number
  /** Undefined before the first message, and for calls whose answers are not decoded. */
  answer: SeenAnswer | undefined
}

const answers = defineObserver({
  id: 'resource/every-answer',
  title: 'looks at status, headers and length of every answer to CallResource',
  judges: [
    rules['status-in-first-message'],
    rules['at-least-one-message'],
    rules['content-type-explicit'],
    rules['no-header-that-grafana-removes'],
    rules['no-body-with-204-or-304'],
    rules['content-length-exact'],
    rules['headers-are-text'],
  ],
  watches: 'a resource call that is answered; add some to conformance.yaml',
  watch: watchAnswers,
})

function watchAnswers(): Watch {
  const open = new Map<string, OpenCall>()
  return {
    see(event, judge) {
      if (!('method' in event) || event.method !== CALL_RESOURCE) return
      const key = `${event.process} ${event.call}`
      if (event.kind === 'message' && event.direction === 'request') {
        const { message } = event
        const httpMethod = isMessage(message, CallResourceRequestSchema) ? message.method : ''
        open.set(key, { httpMethod, messages: 0, answer: undefined })
        return
      }
      const call = open.get(key)
      if (call === undefined) return
      if (event.kind === 'message') return seeMessage(call, event, judge)
      if (event.kind !== 'status') return
      open.delete(key)
      seeEnd(call, event, judge)
    },
  }
}

function seeMessage(call: OpenCall, event: MessageEvent, judge: ObserverJudge): void {
  call.messages += 1
  const { message } = event
  if (!isMessage(message, CallResourceResponseSchema)) return
  if (call.messages === 1) seeHead(message, event, judge)
  const { code, headers, bodyBytes } = call.answer ?? { ...message, bodyBytes: 0 }
  call.answer = { httpMethod: call.httpMethod, code, headers, bodyBytes: bodyBytes + message.body.length }
  if (message.body.length > 0 && (code === 204 || code === 304)) {
    const actual = `status ${code} with a body of ${call.answer.bodyBytes} bytes`
    judge.broken(rules['no-body-with-204-or-304'], event, 'no body', actual)
  }
}

function seeHead({ code, headers }: CallResourceResponse, event: HostEvent, judge: ObserverJudge): void {
  conclude(rules['status-in-first-message'], 'a code from 200 to 599', statusFault(code))
  conclude(
    rules['headers-are-text'],
    'tokens as names, and values without CR, LF and NUL',
    headerTextFault(headers),
  )
  const stripped = strippedHeaders(headers)
  conclude(
    rules['no-header-that-grafana-removes'],
    'no header that Grafana removes',
    stripped.length === 0 ? undefined : stripped.join(', '),
  )

  function conclude(rule: Parameters<ObserverJudge['upheld']>[0], expected: string, actual?: string): void {
    if (actual === undefined) judge.upheld(rule)
    else judge.broken(rule, event, expected, actual)
  }
}

function seeEnd(
  call: OpenCall,
  event: Extract<HostEvent, { readonly kind: 'status' }>,
  judge: ObserverJudge,
): void {
  const { answer } = call
  if (event.code === 13 && NO_UTF8.test(event.details))
    judge.broken(rules['headers-are-text'], event, 'text in UTF-8', event.details)
  if (answer !== undefined && answer.bodyBytes > 0) {
    if (lacksContentType(answer)) {
      const actual = `${answer.bodyBytes} bytes with status ${answer.code} and without Content-Type`
      judge.broken(rules['content-type-explicit'], event, 'a Content-Type header', actual)
    } else if (answer.code < 400) judge.upheld(rules['content-type-explicit'])
  }
  // Only an answer that came to its end has a length and a number of messages.
  if (event.code !== 0) return
  if (call.messages === 0)
    judge.broken(rules['at-least-one-message'], event, 'one message or more', 'status OK without a message')
  else judge.upheld(rules['at-least-one-message'])
  if (answer === undefined) return
  if ((answer.code === 204 || answer.code === 304) && answer.bodyBytes === 0)
    judge.upheld(rules['no-body-with-204-or-304'])
  const wrong = contentLengthFault(answer)
  if (wrong === undefined) judge.upheld(rules['content-length-exact'])
  else
    judge.broken(
      rules['content-length-exact'],
      event,
      `Content-Length ${answer.bodyBytes}, or no such header`,
      wrong,
    )
}

/** Watches over CallResource answers. */
export const observers = [answers]

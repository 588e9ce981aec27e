import { create } from '@bufbuild/protobuf'

import { CallResourceResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { ResourceAnswer } from '../../reference-plugin/resource/answer.ts'
import { defineOddball } from '../kernel/oddball.ts'

/** Legal habits around CallResource. */
export const oddballs = [
  defineOddball({
    id: 'answers-head-without-a-body',
    because: 'a HEAD may be answered with or without the body, and its length is that of the GET (RES-209)',
    vary: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          const answer = await base.resource.answer(request, call)
          if (request.method !== 'HEAD' || !(answer.body instanceof Uint8Array)) return answer
          const length = String(answer.body.length)
          return {
            ...answer,
            headers: { ...answer.headers, 'Content-Length': [length] },
            body: new Uint8Array(),
          }
        },
      },
    }),
  }),
  defineOddball({
    id: 'states-the-content-length',
    because: 'a Content-Length that is exact is allowed (RES-210)',
    vary: withAnswer((answer) =>
      answer.body instanceof Uint8Array && answer.status !== 204 && answer.status !== 304
        ? { ...answer, headers: { ...answer.headers, 'content-length': [String(answer.body.length)] } }
        : answer,
    ),
  }),
  defineOddball({
    id: 'names-no-content-type-of-errors',
    because: "the Go SDK's adapter sniffs only when the handler writes before WriteHeader (RES-205)",
    vary: withAnswer((answer) => (answer.status >= 400 ? { ...answer, headers: {} } : answer)),
  }),
  defineOddball({
    id: 'redirects-paths-with-dots',
    because: "Go's mux cleans paths and answers 307; any code will do (RES-103)",
    vary: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async answer(request, call) {
          if (!/\.\.|\/\//.test(request.path)) return base.resource.answer(request, call)
          return {
            status: 307,
            headers: { Location: ['/x'], 'Content-Type': ['text/html; charset=utf-8'] },
            body: Buffer.from('<a href="/x">Temporary Redirect</a>.\n\n'),
          }
        },
      },
    }),
  }),
  defineOddball({
    id: 'repeats-the-code-in-every-message',
    because: 'code and headers of later messages are ignored (RES-201)',
    vary: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async *toMessages(answer, call) {
          for await (const message of base.resource.toMessages(answer, call))
            yield create(CallResourceResponseSchema, { ...message, code: answer.status })
        },
      },
    }),
  }),
  defineOddball({
    id: 'sends-the-head-before-the-body',
    because: 'a first message may carry status and headers alone (RES-201, RES-203)',
    vary: (base) => ({
      ...base,
      resource: {
        ...base.resource,
        async *toMessages(answer, call) {
          let first = true
          for await (const message of base.resource.toMessages(answer, call)) {
            if (first) yield create(CallResourceResponseSchema, { ...message, body: new Uint8Array() })
            yield first ? create(CallResourceResponseSchema, { body: message.body }) : message
            first = false
          }
        },
      },
    }),
  }),
]

function withAnswer(change: (answer: ResourceAnswer) => ResourceAnswer): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    resource: {
      ...base.resource,
      answer: async (request, call) => change(await base.resource.answer(request, call)),
    },
  })
}

import { create } from '@bufbuild/protobuf'

import { CallResourceResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { CallResourceResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { ResourceAnswer } from '../../reference-plugin/resource/answer.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { rules } from './rules.ts'

/** Misdeeds in what a resource call answers. */
export const answerMutants = [
  defineMutant({
    id: 'sends-the-status-after-the-first-piece',
    breaks: [rules['status-in-first-message']],
    mutate: withMessages(async function* (messages) {
      let index = 0
      let code = 0
      for await (const message of messages) {
        if (index === 0) code = message.code
        yield create(CallResourceResponseSchema, { ...message, code: index === 1 ? code : 0 })
        index += 1
      }
    }),
  }),
  defineMutant({
    id: 'sends-an-interim-status',
    breaks: [rules['status-in-first-message']],
    mutate: withMessages(async function* (messages) {
      for await (const message of messages)
        yield message.code === 404 ? create(CallResourceResponseSchema, { ...message, code: 100 }) : message
    }),
  }),
  defineMutant({
    id: 'sends-no-message-for-an-empty-body',
    breaks: [rules['at-least-one-message']],
    mutate: withMessages(async function* (messages) {
      for await (const message of messages) if (message.body.length > 0) yield message
    }),
  }),
  defineMutant({
    id: 'forgets-the-second-piece',
    breaks: [rules['body-complete']],
    mutate: withMessages(async function* (messages) {
      let index = 0
      for await (const message of messages) {
        if (index !== 1) yield message
        index += 1
      }
    }),
  }),
  defineMutant({
    id: 'sends-the-body-when-it-is-complete',
    breaks: [rules['pieces-sent-when-ready']],
    mutate: withMessages(async function* (messages) {
      const kept: CallResourceResponse[] = []
      for await (const message of messages) kept.push(message)
      yield* kept
    }),
  }),
  defineMutant({
    id: 'leaves-out-the-content-type',
    breaks: [rules['content-type-explicit']],
    mutate: withAnswer((answer) => ({ ...answer, headers: {} })),
  }),
  defineMutant({
    id: 'sets-a-cookie',
    breaks: [rules['no-header-that-grafana-removes']],
    mutate: withHeaders({ 'set-cookie': ['session=1'] }),
  }),
  defineMutant({
    id: 'sends-a-body-with-204',
    breaks: [rules['no-body-with-204-or-304']],
    mutate: withAnswer((answer) =>
      answer.status === 204 ? { ...answer, body: Buffer.from('no content') } : answer,
    ),
  }),
  defineMutant({
    id: 'counts-characters-as-content-length',
    breaks: [rules['content-length-exact']],
    mutate: withAnswer((answer) => {
      if (!(answer.body instanceof Uint8Array) || answer.status !== 404) return answer
      const body = Buffer.from('{"message":"There is no such resource…"}')
      const length = String(body.toString('utf8').length)
      return { ...answer, body, headers: { ...answer.headers, 'Content-Length': [length] } }
    }),
  }),
  defineMutant({
    id: 'breaks-the-line-in-a-header',
    breaks: [rules['headers-are-text']],
    mutate: withHeaders({ 'X-Reason': ['first line\nsecond line'] }),
  }),
  defineMutant({
    id: 'names-a-header-with-a-blank',
    breaks: [rules['headers-are-text']],
    mutate: withHeaders({ 'X Reason': ['none'] }),
  }),
]

function withMessages(
  change: (messages: AsyncIterable<CallResourceResponse>) => AsyncIterable<CallResourceResponse>,
): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    resource: {
      ...base.resource,
      toMessages: (answer, call) => change(base.resource.toMessages(answer, call)),
    },
  })
}

function withAnswer(change: (answer: ResourceAnswer) => ResourceAnswer): (base: Behaviour) => Behaviour {
  return (base) => ({
    ...base,
    resource: {
      ...base.resource,
      answer: async (request, call) => change(await base.resource.answer(request, call)),
    },
  })
}

function withHeaders(headers: ResourceAnswer['headers']): (base: Behaviour) => Behaviour {
  return withAnswer((answer) => ({ ...answer, headers: { ...answer.headers, ...headers } }))
}

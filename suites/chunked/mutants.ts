import { status } from '@grpc/grpc-js'

import { readArrowFrame } from '../../host/frames/read-arrow.ts'
import { writeArrowFrame } from '../../host/frames/write-arrow.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { dataOnly } from '../../reference-plugin/data/data-only.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { rules as errorRules } from '../errors/rules.ts'
import { rules as frameRules } from '../frame/rules.ts'
import { defineMutant } from '../kernel/mutant.ts'
import { varyData } from '../query/vary-data.ts'
import { rules } from './rules.ts'
import { varyChunks, varyMessages } from './vary-chunks.ts'

/** Misdeeds around QueryChunkedData. */
export const mutants = [
  defineMutant({
    id: 'answers-chunks-with-an-empty-stream',
    breaks: [rules['supported-or-unimplemented']],
    mutate: varyData(() => ({ async *queryChunkedData() {} })),
  }),
  defineMutant({
    id: 'says-unknown-for-unimplemented-chunks',
    breaks: [rules['supported-or-unimplemented'], errorRules['missing-methods-are-unimplemented']],
    mutate: varyData(() => ({
      queryChunkedData() {
        throw new RpcError(status.UNKNOWN, 'not implemented')
      },
    })),
  }),
  defineMutant({
    id: 'loses-the-rows-behind-the-first-piece',
    breaks: [rules['same-answer-as-query-data']],
    mutate: varyChunks((messages) =>
      messages.filter((message, index) => messages.findIndex(isSameFrame(message)) === index),
    ),
  }),
  defineMutant({
    id: 'forgets-the-frameid',
    breaks: [rules['every-message-is-addressed']],
    mutate: varyMessages(() => ({ frameId: '' })),
  }),
  defineMutant({
    id: 'sends-the-schema-with-every-json-piece',
    breaks: [rules['json-pieces-fit-together']],
    mutate: varyChunks((messages) =>
      messages.map((message) => {
        const first = messages.find(isSameFrame(message))
        if (first === undefined || first === message || !isJson(message)) return message
        const [schema] = Buffer.from(first.frame).toString().split(',"data":')
        return { ...message, frame: replaced(message, '{', `${schema},`) }
      }),
    ),
  }),
  defineMutant({
    id: 'sends-json-pieces-without-any-schema',
    breaks: [rules['json-pieces-fit-together']],
    mutate: varyMessages((message) => (isJson(message) ? { frame: dataOnly(message.frame) } : {})),
  }),
  defineMutant({
    id: 'drops-a-field-from-later-arrow-pieces',
    breaks: [rules['arrow-pieces-fit-together']],
    mutate: varyMessages((message, again) => {
      const frame = again && !isJson(message) ? readArrowFrame(message.frame).frame : undefined
      return frame === undefined
        ? {}
        : { frame: writeArrowFrame({ ...frame, fields: frame.fields.slice(1) }) }
    }),
  }),
  defineMutant({
    id: 'sends-arrow-messages-without-a-frame',
    breaks: [rules['arrow-pieces-fit-together']],
    mutate: varyChunks((messages) =>
      messages.flatMap((message) =>
        isJson(message) ? [message] : [message, { ...message, frame: new Uint8Array() }],
      ),
    ),
  }),
  defineMutant({
    id: 'mixes-the-pieces-of-two-frames',
    breaks: [rules['frame-is-finished-before-the-next']],
    mutate: varyChunks((messages) => {
      const nth = (message: QueryChunkedDataResponse): number =>
        messages.filter(isSameFrame(message)).indexOf(message)
      return messages.toSorted((one, other) => nth(one) - nth(other))
    }),
  }),
  defineMutant({
    id: 'labels-arrow-pieces-as-requested',
    breaks: [frameRules['format-is-told']],
    mutate: varyData((data) => ({
      *toChunks(answer, format, ...rest) {
        for (const message of data.toChunks(answer, DataFrameFormat.ARROW, ...rest))
          yield { ...message, format }
      },
    })),
  }),
  defineMutant({
    id: 'pretty-prints-json-pieces',
    breaks: [rules['json-is-on-one-line']],
    mutate: varyMessages((message) => (isJson(message) ? { frame: replaced(message, '{', '{\n  ') } : {})),
  }),
  defineMutant({
    id: 'ends-the-stream-for-one-failed-query',
    breaks: [rules['failures-are-answered-in-band']],
    mutate: varyChunks((messages, answer) => {
      if (answer.kind === 'failed') throw new RpcError(status.UNKNOWN, answer.message)
      return messages
    }),
  }),
  defineMutant({
    id: 'skips-failed-queries-in-a-stream',
    breaks: [rules['failures-are-answered-in-band']],
    mutate: varyChunks((messages) => messages.filter(({ error }) => error === '')),
  }),
  defineMutant({
    id: 'leaves-the-status-of-pieces-unset',
    breaks: [rules['status-is-explicit']],
    mutate: varyMessages(() => ({ status: 0 })),
  }),
  defineMutant({
    id: 'streams-only-when-all-is-ready',
    breaks: [rules['pieces-are-sent-as-they-come']],
    mutate: varyData((data) => ({
      async *queryChunkedData(request, call) {
        const messages: QueryChunkedDataResponse[] = []
        for await (const message of data.queryChunkedData(request, call)) messages.push(message)
        yield* messages
      },
    })),
  }),
  defineMutant({
    id: 'keeps-cancelled-queries-locked',
    breaks: [rules['cancellation-leaves-no-trace'], errorRules['answers-in-time']],
    mutate(base) {
      const locked = new Set<string>()
      return varyData((data) => ({
        async *queryChunkedData(request, call) {
          const refIds = request.queries.map((query) => query.refId)
          if (refIds.some((refId) => locked.has(refId))) await untilAborted(call.signal)
          call.signal.addEventListener('abort', () => refIds.forEach((refId) => locked.add(refId)))
          yield* data.queryChunkedData(request, call)
        },
      }))(base)
    },
  }),
]

function isJson({ format, frame }: QueryChunkedDataResponse): boolean {
  return format === DataFrameFormat.JSON && frame.length > 0
}

function isSameFrame({ frameId }: QueryChunkedDataResponse): (other: QueryChunkedDataResponse) => boolean {
  return (other) => other.frameId === frameId
}

function replaced({ frame }: QueryChunkedDataResponse, what: string, by: string): Uint8Array {
  return Buffer.from(Buffer.from(frame).toString().replace(what, by))
}

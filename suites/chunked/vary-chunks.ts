import type { Frame } from '../../host/frames/frame.ts'
import type { QueryChunkedDataResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Answer } from '../../reference-plugin/data/answer.ts'
import { varyData } from '../query/vary-data.ts'

type Message = QueryChunkedDataResponse

/** Changes the messages of every query on their way out; `answer` is what they say. */
export function varyChunks(
  change: (messages: readonly Message[], answer: Answer) => Iterable<Message>,
): (base: Behaviour) => Behaviour {
  return varyData((data) => ({
    toChunks: (answer, ...rest) => change([...data.toChunks(answer, ...rest)], answer),
  }))
}

/** Changes every message by itself; `again` is true for pieces behind the first of their frame. */
export function varyMessages(
  change: (message: Message, again: boolean) => Partial<Message>,
): (base: Behaviour) => Behaviour {
  return varyChunks((messages) =>
    messages.map((message, index) => {
      const again = messages.slice(0, index).some(({ frameId }) => frameId === message.frameId)
      return { ...message, ...change(message, again) }
    }),
  )
}

/** The rows of a frame in slices of at most `count`; one slice when there are none. */
export function slices(frame: Frame, count: number): readonly Frame[] {
  const rows = Math.max(1, ...frame.fields.map(({ values }) => values.length))
  return Array.from({ length: Math.ceil(rows / count) }, (_, index) => ({
    ...frame,
    fields: frame.fields.map((field) => ({
      ...field,
      values: field.values.slice(index * count, (index + 1) * count),
    })),
  }))
}

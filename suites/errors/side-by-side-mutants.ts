import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import type { Call } from '../../reference-plugin/call.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { behindHttp2 } from '../lifecycle/http2-front.ts'
import { rules } from './rules.ts'

/** More calls at once than other cases make. */
const CROWD = 16

/** Misdeeds among calls in parallel. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'serves-four-queries-at-a-time',
    breaks: [rules['calls-run-side-by-side']],
    mutate: (base) => withPlaces(base, 4, (call) => call),
  }),
  defineMutant({
    id: 'works-on-for-nobody',
    breaks: [rules['cancelled-calls-make-room']],
    mutate: (base) => withPlaces(base, 64, (call) => ({ ...call, signal: call.running.ended })),
  }),
  defineMutant({
    id: 'remembers-answers-by-refid',
    breaks: [rules['overlapping-calls-do-not-mix']],
    mutate(base) {
      const crowds = new WeakMap<Running, { count: number; first: DataQuery }>()
      return {
        ...base,
        data: {
          ...base.data,
          async answerQuery(query, request, call) {
            const crowd = crowds.get(call.running) ?? { count: 0, first: query }
            crowds.set(call.running, crowd)
            if (crowd.count === 0) crowd.first = query
            crowd.count++
            try {
              // Only in a crowd, so that the few queries of other cases get what they asked for.
              const mixed = crowd.count > CROWD && new TextDecoder().decode(query.json).includes('"frames"')
              return await base.data.answerQuery(mixed ? crowd.first : query, request, call)
            } finally {
              crowd.count--
            }
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'has-no-deadlines',
    breaks: [rules['deadlines-are-honoured']],
    mutate: (base) =>
      behindHttp2(base, {
        request(headers) {
          const { ...rest } = headers
          delete rest['grpc-timeout']
          return rest
        },
      }),
  }),
]

/** At most so many queries at once; the others wait until a place is free. */
function withPlaces(base: Behaviour, places: number, change: (call: Call) => Call): Behaviour {
  const taken = new WeakMap<Running, { count: number; readonly waiting: Array<() => void> }>()
  return {
    ...base,
    data: {
      ...base.data,
      async queryData(request, call) {
        const room = taken.get(call.running) ?? { count: 0, waiting: [] }
        taken.set(call.running, room)
        if (room.count >= places) await new Promise<void>((resolve) => room.waiting.push(resolve))
        room.count++
        try {
          return await base.data.queryData(request, change(call))
        } finally {
          room.count--
          room.waiting.shift()?.()
        }
      },
    },
  }
}

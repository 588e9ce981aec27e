import { isMessage } from '@bufbuild/protobuf'

import { ConversionResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import { defineObserver } from '../kernel/observer.ts'
import type { Observer } from '../kernel/observer.ts'
import { readConverted } from './converted.ts'
import { rules } from './rules.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

const judged = [rules['answers-are-queries'], rules['failure-is-a-grpc-error']] as const

const answers = defineObserver({
  id: 'conversion/every-answer',
  title: 'looks at every object of every conversion answer, and for failures that are not told',
  judges: judged,
  watches: 'a conversion that succeeds',
  watch: () => ({
    see(event, judge) {
      if (
        event.kind === 'status' &&
        event.code === UNIMPLEMENTED &&
        event.method === '/pluginv2.ResourceConversion/ConvertObjects'
      )
        for (const rule of judged)
          judge.inapplicable(rule, 'ConvertObjects: the plugin answers UNIMPLEMENTED')
      if (event.kind !== 'message' || !isMessage(event.message, ConversionResponseSchema)) return
      const { objects, result } = event.message
      if (result?.status === 'Failure')
        judge.broken(
          rules['failure-is-a-grpc-error'],
          event,
          'a gRPC error',
          `OK with status Failure: ${JSON.stringify(result.message.slice(0, 80))}`,
        )
      const converted = readConverted(event.message)
      if (converted.kind === 'fault')
        judge.broken(
          rules['answers-are-queries'],
          event,
          'JSON objects of type application/json',
          converted.actual,
        )
      else if (objects.length > 0) judge.upheld(rules['answers-are-queries'])
    },
  }),
})

/** ConvertObjects: watches. */
export const observers: readonly Observer[] = [answers]

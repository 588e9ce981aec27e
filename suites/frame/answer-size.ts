import { isMessage } from '@bufbuild/protobuf'

import {
  QueryChunkedDataResponseSchema,
  QueryDataResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { defineObserver } from '../kernel/observer.ts'
import { rules } from './rules.ts'

const MIB = 1024 * 1024
/** Where docs/protocol/frames.md asks for a warning; a text in a browser ends at about 512 MiB (FRAME-018). */
const MOST_BYTES = 100 * MIB

/** Weighs every answer with data. */
export const answerSize = defineObserver({
  id: 'frame/every-size',
  title: 'weighs every answer to QueryData and every message of QueryChunkedData',
  judges: [rules['answers-are-of-bearable-size']],
  watches: 'a query that is answered',
  watch: () => ({
    see(event, judge) {
      if (event.kind !== 'message' || event.direction !== 'response') return
      const { message, bytes } = event
      if (!isMessage(message, QueryDataResponseSchema) && !isMessage(message, QueryChunkedDataResponseSchema))
        return
      const [rule] = answerSize.judges
      if (bytes <= MOST_BYTES) judge.upheld(rule)
      else judge.broken(rule, event, `at most ${MOST_BYTES / MIB} MiB`, `${Math.ceil(bytes / MIB)} MiB`)
    },
  }),
})

import { isMessage } from '@bufbuild/protobuf'

import {
  CheckHealthResponse_HealthStatus,
  CheckHealthResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import { defineObserver } from '../kernel/observer.ts'
import { keysWithoutText, knownKeys, readDetails } from './details.ts'
import { rules } from './rules.ts'

const answers = defineObserver({
  id: 'health/every-answer',
  title: 'looks at message and details of every answer to CheckHealth',
  judges: [rules['error-says-why'], rules['details-are-an-object'], rules['known-details-are-texts']],
  watches: 'a health check that ends with ERROR or sends details',
  watch: () => ({
    see(event, judge) {
      if (event.kind !== 'message' || event.direction !== 'response') return
      const { message: answer } = event
      if (!isMessage(answer, CheckHealthResponseSchema)) return
      if (answer.status === CheckHealthResponse_HealthStatus.ERROR) {
        if (answer.message.trim() !== '') judge.upheld(rules['error-says-why'])
        else judge.broken(rules['error-says-why'], event, 'a message beside ERROR', 'no message')
      }
      const details = readDetails(answer.jsonDetails)
      if (details.kind === 'unusable') {
        judge.broken(rules['details-are-an-object'], event, 'a JSON object or nothing', details.actual)
        return
      }
      judge.upheld(rules['details-are-an-object'])
      if (details.kind === 'absent' || knownKeys(details.members).length === 0) return
      const wrong = keysWithoutText(details.members)
      if (wrong.length === 0) judge.upheld(rules['known-details-are-texts'])
      else
        judge.broken(
          rules['known-details-are-texts'],
          event,
          'texts',
          wrong.map((key) => `${key}: ${JSON.stringify(details.members[key])}`.slice(0, 60)).join(', '),
        )
    },
  }),
})

/** Watches over CheckHealth answers. */
export const observers = [answers]

import { QueryDataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { isMessage } from '@bufbuild/protobuf'

import { defineObserver } from '../kernel/observer.ts'
import { rules } from './rules.ts'

const knownSources = ['', 'plugin', 'downstream']

const statuses = defineObserver({
  id: 'query/every-response',
  title: 'looks at status and error of every response of every QueryData call',
  judges: [rules['status-is-explicit'], rules['error-source-is-known']],
  watches: 'a QueryData call that is answered',
  watch: () => ({
    see(event, judge) {
      if (
        event.kind !== 'message' ||
        event.direction !== 'response' ||
        !isMessage(event.message, QueryDataResponseSchema)
      )
        return
      for (const [refId, response] of Object.entries(event.message.responses)) {
        const fault = statusFault(response)
        if (fault === undefined) judge.upheld(rules['status-is-explicit'])
        else
          judge.broken(
            rules['status-is-explicit'],
            event,
            fault,
            `status ${response.status} for ${refId}${response.error === '' ? '' : ` with error "${response.error}"`}`,
          )
        if (response.error === '' || knownSources.includes(response.errorSource))
          judge.upheld(rules['error-source-is-known'])
        else
          judge.broken(
            rules['error-source-is-known'],
            event,
            'plugin or downstream',
            `"${response.errorSource}" for ${refId}`,
          )
      }
    },
  }),
})

/** What the status ought to be, or undefined when it is right (DATA-301). */
function statusFault({ status, error }: DataResponse): string | undefined {
  if (error !== '') return status >= 400 && status <= 599 ? undefined : 'a status of 400 to 599 with an error'
  return status >= 200 && status <= 299 ? undefined : 'a status of 200 to 299 without an error'
}

/** Watches over QueryData answers. */
export const observers = [statuses]

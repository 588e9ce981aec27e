import { QueryDataRequestSchema, QueryDataResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import type { DataResponse } from '../../proto/gen/grafana/backend_pb.js'
import { isMessage } from '@bufbuild/protobuf'

import { defineObserver } from '../kernel/observer.ts'
import { showRefId } from './answer-map.ts'
import { errorTextFault } from './error-text.ts'
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
      for (const [key, response] of Object.entries(event.message.responses)) {
        const refId = showRefId(key)
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

/** Requests above this size are attacks; an error that quotes them is no wonder. */
const LARGEST_ORDINARY_REQUEST = 65_536

const errorTexts = defineObserver({
  id: 'query/every-error-text',
  title: 'reads the error of every failed query',
  judges: [rules['error-text-is-useful']],
  watches: 'a query that fails',
  watch() {
    const extraordinary = new Set<string>()
    return {
      see(event, judge) {
        if (event.kind !== 'message') return
        const call = `${event.process} ${event.call}`
        if (event.direction === 'request' && event.bytes > LARGEST_ORDINARY_REQUEST) {
          if (isMessage(event.message, QueryDataRequestSchema)) extraordinary.add(call)
          return
        }
        if (!isMessage(event.message, QueryDataResponseSchema) || extraordinary.delete(call)) return
        for (const [refId, { error }] of Object.entries(event.message.responses)) {
          if (error === '') continue
          const fault = errorTextFault(error)
          if (fault === undefined) judge.upheld(rules['error-text-is-useful'])
          else
            judge.broken(
              rules['error-text-is-useful'],
              event,
              'one readable text',
              `${fault}, for ${showRefId(refId)}`,
            )
        }
      },
    }
  },
})

/** What the status ought to be, or undefined when it is right (DATA-301). */
function statusFault({ status, error }: DataResponse): string | undefined {
  if (error !== '') return status >= 400 && status <= 599 ? undefined : 'a status of 400 to 599 with an error'
  return status >= 200 && status <= 299 ? undefined : 'a status of 200 to 299 without an error'
}

/** Watches over QueryData answers. */
export const observers = [statuses, errorTexts]

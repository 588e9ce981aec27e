import { isMessage } from '@bufbuild/protobuf'

import { MutationResponseSchema, ValidationResponseSchema } from '../../proto/gen/grafana/backend_pb.js'
import { defineObserver } from '../kernel/observer.ts'
import type { Observer } from '../kernel/observer.ts'
import { rules } from './rules.ts'

/** Status code of a method that is not there. */
const UNIMPLEMENTED = 12

/** Beyond this a warning may be cut (sdk-go:backend/admission.go, ADM-011). */
const MAX_WARNING = 256

const judged = [rules['denial-is-explained'], rules['warnings-are-short']] as const

const answers = defineObserver({
  id: 'admission/every-answer',
  title: 'looks at the denial and the warnings of every admission answer',
  judges: judged,
  watches: 'a denial by the plugin',
  watch: () => ({
    see(event, judge) {
      if (
        event.kind === 'status' &&
        event.code === UNIMPLEMENTED &&
        event.method.startsWith('/pluginv2.AdmissionControl/')
      )
        for (const rule of judged)
          judge.inapplicable(rule, 'AdmissionControl: the plugin answers UNIMPLEMENTED')
      if (event.kind !== 'message') return
      const { message } = event
      if (!isMessage(message, ValidationResponseSchema) && !isMessage(message, MutationResponseSchema)) return
      if (!message.allowed) {
        if (message.result !== undefined && message.result.message !== '')
          judge.upheld(rules['denial-is-explained'])
        else
          judge.broken(
            rules['denial-is-explained'],
            event,
            'a message in the result of the denial',
            message.result === undefined ? 'no result' : 'an empty message',
          )
      }
      const length = Math.max(0, ...message.warnings.map((warning) => warning.length))
      if (length <= MAX_WARNING) judge.upheld(rules['warnings-are-short'])
      else
        judge.broken(
          rules['warnings-are-short'],
          event,
          `at most ${MAX_WARNING} characters`,
          `${length} characters`,
        )
    },
  }),
})

/** ValidateAdmission and MutateAdmission: watches. */
export const observers: readonly Observer[] = [answers]

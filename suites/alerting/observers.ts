import { defineObserver } from '../kernel/observer.ts'
import { contractOf } from '../dataplane/contract.ts'
import { mayDeclare } from '../dataplane/may-declare.ts'
import { wholeAnswers } from '../dataplane/whole-answers.ts'
import { repeatedLabels } from './repeated-labels.ts'
import { rules } from './rules.ts'

const rule = rules['items-differ-in-their-labels']

const everyAnswer = defineObserver({
  id: 'alerting/every-answer',
  title: 'looks for series and numbers that an alert rule could not tell apart',
  judges: [rule],
  watches:
    'a query that is answered with several series or numbers of a declared type; add queries to conformance.yaml',
  watch({ subject }) {
    const { alerting } = subject.declares
    const answers = wholeAnswers((frames, fromAlert) => alerting && (fromAlert || mayDeclare(frames)))
    return {
      see(event, judge) {
        for (const { refId, frames, fromAlert } of answers.read(event)) {
          // Meant for alerting: an alert rule asks, or the plugin offers alerting and declares the type (ALERT-010).
          if (!fromAlert && contractOf(frames).kind === 'off') continue
          const findings = repeatedLabels(frames, subject.id)
          if (findings?.length === 0) judge.upheld(rule)
          for (const { expected, found } of findings ?? [])
            judge.broken(rule, event, expected, `${found}; for ${refId.slice(0, 40)}`)
        }
      },
      end(judge) {
        if (!alerting) judge.inapplicable(rule, '"alerting": true in plugin.json')
      },
    }
  },
})

/** Watches over answers that are meant for alerting. */
export const observers = [everyAnswer]

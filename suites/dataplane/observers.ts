import type { ObserverJudge } from '../kernel/observer.ts'
import { defineObserver } from '../kernel/observer.ts'
import type { HostEvent } from '../../host/events.ts'
import { judgements } from './judgements.ts'
import { mayDeclare } from './may-declare.ts'
import { rules } from './rules.ts'
import { wholeAnswers } from './whole-answers.ts'
import type { WholeAnswer } from './whole-answers.ts'

const MORE_QUERIES = 'add queries to conformance.yaml'

const everyAnswer = defineObserver({
  id: 'dataplane/every-answer',
  title: 'compares every answer to QueryData and QueryChunkedData with the types that its frames declare',
  judges: [rules['version-is-that-of-the-type'], ...judgements.map(({ rule }) => rule).slice(1)],
  watches: `a query that is answered with a frame that declares a type; ${MORE_QUERIES}`,
  watchesFor(rule) {
    const about = judgements.find((one) => one.rule.id === rule.id)?.about ?? 'a frame that declares a type'
    return `a query that is answered with ${about}; ${MORE_QUERIES}`
  },
  watch() {
    const answers = wholeAnswers(mayDeclare)
    return {
      see(event, judge) {
        for (const answer of answers.read(event)) conclude(answer, event, judge)
      },
    }
  },
})

function conclude({ refId, frames }: WholeAnswer, event: HostEvent, judge: ObserverJudge): void {
  for (const judgement of judgements) {
    const findings = judgement.judge(frames)
    if (findings?.length === 0) judge.upheld(judgement.rule)
    for (const { expected, found, where, frame } of findings ?? [])
      judge.broken(
        judgement.rule,
        event,
        expected,
        `${found}, at ${where} of frame ${frame} for ${refId.slice(0, 40)}`,
      )
  }
}

/** Watches over what frames declare. */
export const observers = [everyAnswer]

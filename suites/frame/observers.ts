import { defineObserver } from '../kernel/observer.ts'
import type { ObserverJudge } from '../kernel/observer.ts'
import type { MessageEvent } from '../../host/events.ts'
import { answerReader } from './answers-of.ts'
import { answerSize } from './answer-size.ts'
import { judgeAnswer } from './judge-answer.ts'
import { judgementOf, judgements } from './judgements.ts'
import { rules } from './rules.ts'
import type { SeenAnswer, SeenFinding } from './seen-frame.ts'

/** The case that dictates values which no plugin would choose, so that what is inadvisable in them is the host's own. */
const DICTATED_VALUES = 'query/awkward-values'

const MORE_QUERIES = 'add queries to conformance.yaml'

const everyFrame = defineObserver({
  id: 'frame/every-frame',
  title: 'reads every frame of every answer to QueryData and QueryChunkedData as Grafana would',
  judges: [rules['format-is-told'], ...judgements.map(({ rule }) => rule).slice(1)],
  watches: `a query that is answered with frames; ${MORE_QUERIES}`,
  watchesFor(rule) {
    const about = judgements.find((one) => one.rule.id === rule.id)?.about ?? 'of any kind'
    return `a query that is answered with a frame ${about}; ${MORE_QUERIES}`
  },
  watch() {
    const reader = answerReader()
    return {
      see(event, judge) {
        if (event.kind === 'status') reader.forget(event.process, event.call)
        if (event.kind !== 'message') return
        for (const answer of reader.read(event)) concludeAnswer(answer, event, judge)
      },
    }
  },
})

function concludeAnswer(answer: SeenAnswer, event: MessageEvent, judge: ObserverJudge): void {
  const dictated = event.tag?.startsWith(DICTATED_VALUES) === true
  for (const finding of judgeAnswer(answer)) {
    if (dictated && finding.advice === true) continue
    const rule = judgementOf(finding)?.rule
    if (rule === undefined) judge.fault(rules['format-is-told'], `no rule is made of ${finding.spec}`)
    else judge.broken(rule, event, finding.expected, describe(finding, answer))
  }
  for (const { frame, format } of answer.frames) {
    if (frame === undefined) continue
    for (const judgement of judgements) if (judgement.relevant(frame, format)) judge.upheld(judgement.rule)
  }
}

/** What was found, where, and in which frame of which query. */
function describe({ found, where, frame }: SeenFinding, { refId, frames }: SeenAnswer): string {
  const format = frames[frame]?.format === 'json' ? 'JSON' : 'Arrow'
  return `${found}, at ${where} of frame ${frame} (${format}) for ${refId.slice(0, 40)}`
}

/** Watches over data frames. */
export const observers = [everyFrame, answerSize]

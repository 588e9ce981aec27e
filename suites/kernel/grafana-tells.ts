import type { EndedCall } from '../../host/api/answer-to.ts'
import { describeAnswer } from '../../host/api/grafana-answer.ts'
import type { GrafanaAnswer } from '../../host/api/grafana-answer.ts'
import type { HostEvent } from '../../host/events.ts'
import { statusName } from '../../host/rpc/call-result.ts'
import type { Area, Rule } from './rule.ts'

/** Areas whose rules speak of what a call answers, so that an answer tells something even where nothing failed. */
const areasOfAnswers: readonly Area[] = [
  'query',
  'chunked',
  'frame',
  'dataplane',
  'resource',
  'health',
  'metrics',
  'stream',
  'admission',
]

/** The end of a call as its events tell it. */
export type StatusEvent = Extract<HostEvent, { readonly kind: 'status' }>

/** Whether a verdict's `actual` speaks of this end: names its status (`describeResult`), or quotes its text. */
export function speaksOf(actual: string, { code, details, outcome }: StatusEvent): boolean {
  if (outcome === 'died') return actual.includes('the process ended')
  if (outcome === 'timeout') return actual.includes('no answer within')
  return code !== 0 && (actual.includes(statusName(code)) || (details !== '' && actual.includes(details)))
}

/** Whether a verdict's `actual` quotes what Grafana would show, such as the error of a query. */
export function quotes(actual: string, answer: GrafanaAnswer | undefined): boolean {
  return answer?.kind === 'http' && answer.says !== '' && actual.includes(answer.says)
}

/** What Grafana would tell its user of a call; undefined where that says nothing about the rule. */
export function tellOf(rule: Rule, answer: GrafanaAnswer | undefined): string | undefined {
  if (answer === undefined) return undefined
  return isBad(answer) || areasOfAnswers.includes(rule.area) ? describeAnswer(answer) : undefined
}

/** A status event in the words of the mapping. */
export function endOf({ code, details, outcome, cancelled }: StatusEvent): EndedCall['end'] {
  if (outcome === 'died') return { kind: 'died' }
  if (outcome === 'timeout') return { kind: 'pending' }
  if (code === 0) return { kind: 'answered', message: undefined }
  return cancelled ? { kind: 'cancelled' } : { kind: 'failed', code, details }
}

function isBad(answer: GrafanaAnswer): boolean {
  if (answer.kind === 'http') return answer.status >= 400
  return answer.kind !== 'live-ok' && answer.kind !== 'stream-silent'
}

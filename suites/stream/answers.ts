import { isMessage } from '@bufbuild/protobuf'

import {
  PublishStreamRequestSchema,
  PublishStreamResponseSchema,
  PublishStreamResponse_Status,
  SubscribeStreamResponseSchema,
  SubscribeStreamResponse_Status,
} from '../../proto/gen/grafana/backend_pb.js'
import type { PublishStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { MessageEvent } from '../../host/events.ts'
import { sameJson } from '../kernel/same-json.ts'
import { defineObserver } from '../kernel/observer.ts'
import type { ObserverJudge } from '../kernel/observer.ts'
import type { Rule } from '../kernel/rule.ts'
import { readDocument, showBytes } from './document.ts'
import { rules } from './rules.ts'
import { undeclaredStreams } from './undeclared.ts'

const subscriptionRules = [rules['status-is-known'], rules['initial-data-is-json']] as const
const publicationRules = [rules['publish-answer-is-json'], rules['publish-answer-unchanged']] as const

/** Judges every answer to a subscription. */
export const subscriptionAnswers = defineObserver({
  id: 'stream/every-subscription',
  title: 'looks at status and initial data of every SubscribeStream answer',
  judges: subscriptionRules,
  watches: 'a subscription that is accepted with initial data: add channels to conformance.yaml',
  watch: ({ subject }) => ({
    see(event, judge) {
      undeclaredStreams(event, subject, subscriptionRules, judge)
      if (event.kind !== 'message' || !isMessage(event.message, SubscribeStreamResponseSchema)) return
      const { status, data } = event.message
      judgeStatus(status in SubscribeStreamResponse_Status, status, event, judge)
      // Grafana looks at the data of a subscription that succeeds, and at no other.
      if (status === SubscribeStreamResponse_Status.OK)
        judgeDocument(rules['initial-data-is-json'], data, event, judge)
    },
  }),
})

/** Judges every answer to a publication. */
export const publicationAnswers = defineObserver({
  id: 'stream/every-publication',
  title: 'looks at status and data of every PublishStream answer',
  judges: [rules['status-is-known'], ...publicationRules],
  watches:
    'a publication that is accepted and answered with data, from a plugin that follows the scripted contract',
  watch({ subject }) {
    const published = new Map<string, Uint8Array>()
    return {
      see(event, judge) {
        undeclaredStreams(event, subject, publicationRules, judge)
        if (event.kind !== 'message') return
        const call = `${event.process} ${event.call}`
        if (isMessage(event.message, PublishStreamRequestSchema)) published.set(call, event.message.data)
        if (!isMessage(event.message, PublishStreamResponseSchema)) return
        const { status } = event.message
        judgeStatus(status in PublishStreamResponse_Status, status, event, judge)
        judgePublication(published.get(call), event.message, event, judge)
      },
    }
  },
})

function judgePublication(
  published: Uint8Array | undefined,
  { status, data }: PublishStreamResponse,
  event: MessageEvent,
  judge: ObserverJudge,
): void {
  if (status !== PublishStreamResponse_Status.OK) return
  judgeDocument(rules['publish-answer-is-json'], data, event, judge)
  const [before, after] = [readDocument(published ?? new Uint8Array()), readDocument(data)]
  if (before.kind !== 'json' || after.kind !== 'json') return
  if (sameJson(before.value, after.value)) judge.upheld(rules['publish-answer-unchanged'])
  else
    judge.broken(
      rules['publish-answer-unchanged'],
      event,
      `${showBytes(published ?? new Uint8Array())} or nothing`,
      showBytes(data),
    )
}

function judgeStatus(known: boolean, status: number, event: MessageEvent, judge: ObserverJudge): void {
  if (known) judge.upheld(rules['status-is-known'])
  else
    judge.broken(
      rules['status-is-known'],
      event,
      'OK (0), NOT_FOUND (1) or PERMISSION_DENIED (2)',
      `status ${status}`,
    )
}

function judgeDocument(rule: Rule, data: Uint8Array, event: MessageEvent, judge: ObserverJudge): void {
  const document = readDocument(data)
  if (document.kind === 'json') judge.upheld(rule)
  if (document.kind === 'broken') judge.broken(rule, event, 'one JSON document or nothing', document.shown)
}

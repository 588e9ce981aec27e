import type { HostProfile } from '../../context/profile.ts'
import type { GrafanaAnswer } from '../grafana-answer.ts'
import { mapHealth } from '../map-health.ts'
import { mapPublish, mapSubscribe } from '../map-live.ts'
import { mapMetrics } from '../map-metrics.ts'
import { mapQuery } from '../map-query.ts'
import type { QueryCall } from '../map-query.ts'
import { mapResource } from '../map-resource.ts'
import type { ResourceMessage } from '../map-resource.ts'
import type { Outcome } from '../outcome.ts'
import type { RecordedAnswer, RecordedExchange } from './recorded-exchange.ts'

/** What the mapping makes of what the plugin did in a recording; undefined where the plugin was not asked. */
export function replay(profile: HostProfile, exchange: RecordedExchange): GrafanaAnswer | undefined {
  const faulted = faults[exchange.id]
  if (faulted !== undefined) return faulted(profile)
  const [first] = exchange.calls
  const answer = first?.answer
  // Where bytes were left out of the recording, nothing can be replayed.
  if (first === undefined || answer === undefined || answer === null || leftOut(answer)) return undefined
  switch (first.method) {
    case 'QueryData':
      return mapQuery(
        profile,
        exchange.calls.map((call) => ({
          refIds: call.refIds ?? [],
          outcome: queryOutcome(call.answer ?? {}),
        })),
        { multiStatus: exchange.id.startsWith('b-multistatus') },
      )
    case 'CallResource':
      return mapResource(profile, {
        messages: messagesOf(answer),
        end: outcome(answer, () => undefined),
        method: exchange.request.method ?? 'GET',
      })
    case 'CheckHealth':
      return mapHealth(
        profile,
        outcome(answer, ({ health }) => ({
          status: health?.status ?? 0,
          message: health?.message ?? '',
          jsonDetails: Buffer.from(health?.jsonDetails ?? ''),
        })),
      )
    case 'CollectMetrics':
      return mapMetrics(
        profile,
        outcome(answer, ({ metrics }) => ({
          metrics: {
            $typeName: 'pluginv2.CollectMetricsResponse.Payload',
            prometheus: Buffer.from(metrics?.prometheus ?? ''),
          },
        })),
      )
    case 'SubscribeStream':
      return mapSubscribe(outcome(answer, ({ subscribe }) => stream(subscribe)))
    case 'PublishStream':
      return mapPublish(
        profile,
        outcome(answer, ({ publish }) => stream(publish)),
        { transport: exchange.request.path === undefined ? 'websocket' : 'http', published: '{"m":1}' },
      )
    default:
      return undefined
  }
}

function leftOut({ responses = {}, messages = [] }: RecordedAnswer): boolean {
  const frames = Object.values(responses).flatMap((response) => response.frames)
  return [...frames, ...messages.map(({ body }) => body)].some((bytes) => typeof bytes === 'object')
}

/** The process was gone, or the server stopping: the plugin had no say in these answers. */
const faults: Readonly<Record<string, (profile: HostProfile) => GrafanaAnswer>> = {
  'h-kill-query': (profile) => mapQuery(profile, [{ refIds: ['A'], outcome: { kind: 'died' } }]),
  'h-exit-query': (profile) => mapQuery(profile, [{ refIds: ['A'], outcome: { kind: 'died' } }]),
  'h-exit-zero': (profile) => mapQuery(profile, [{ refIds: ['A'], outcome: { kind: 'died' } }]),
  'h-kill-health': (profile) => mapHealth(profile, { kind: 'died' }),
  'h-kill-resource': (profile) => mapResource(profile, { messages: [], end: { kind: 'died' } }),
  'h-kill-resource-late': (profile) =>
    mapResource(profile, { messages: messagesOf({ messages: [lateMessage] }), end: { kind: 'died' } }),
  'h-kill-metrics': (profile) => mapMetrics(profile, { kind: 'died' }),
  'k-inflight-query': (profile) => mapQuery(profile, [{ refIds: ['A'], outcome: { kind: 'cancelled' } }]),
  'k-inflight-query-slow': (profile) =>
    mapQuery(profile, [{ refIds: ['A'], outcome: { kind: 'cancelled' } }]),
}

const lateMessage = { code: 200, headers: { 'Content-Type': ['text/plain'] }, body: 'x' }

function outcome<Message>(
  answer: RecordedAnswer,
  read: (answer: RecordedAnswer) => Message,
): Outcome<Message> {
  const { grpcError } = answer
  if (grpcError === undefined) return { kind: 'answered', message: read(answer) }
  return { kind: 'failed', code: grpcError.code, details: grpcError.message }
}

function queryOutcome(recorded: RecordedAnswer): QueryCall['outcome'] {
  return outcome(recorded, ({ responses = {} }) => ({
    responses: Object.fromEntries(
      Object.entries(responses).map(([refId, { status, error, errorSource, frames }]) => [
        refId,
        {
          $typeName: 'pluginv2.DataResponse' as const,
          status,
          error,
          errorSource,
          frames: frames.map((frame) => Buffer.from(typeof frame === 'string' ? frame : '', 'base64')),
          jsonMeta: new Uint8Array(),
          format: 0,
        },
      ]),
    ),
  }))
}

function messagesOf({ messages = [] }: RecordedAnswer): readonly ResourceMessage[] {
  return messages
    .filter(({ delayMs }) => delayMs === undefined)
    .map(({ code = 0, headers = {}, body = '' }) => ({
      code,
      body: typeof body === 'string' ? Buffer.from(body) : new Uint8Array(),
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, values]) => [
          name,
          { $typeName: 'pluginv2.StringList' as const, values: [...values] },
        ]),
      ),
    }))
}

function stream(response: { readonly status: number; readonly data?: string } = { status: 0 }): {
  status: number
  data: Uint8Array
} {
  return { status: response.status, data: Buffer.from(response.data ?? '') }
}

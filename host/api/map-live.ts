import type { PublishStreamResponse, SubscribeStreamResponse } from '../../proto/gen/grafana/backend_pb.js'
import type { HostProfile } from '../context/profile.ts'
import { plainAnswer } from './error-answer.ts'
import type { GrafanaAnswer, LiveAnswer } from './grafana-answer.ts'
import { goStatusText } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** What a client gets that subscribes to a channel (STREAM-104, STREAM-105, STREAM-106; grafana:pkg/services/live/live.go). */
export function mapSubscribe(
  outcome: Outcome<Pick<SubscribeStreamResponse, 'status' | 'data'>>,
): GrafanaAnswer {
  if (outcome.kind === 'pending') return { kind: 'waits' }
  const refused = refusal(outcome)
  if (refused !== undefined) return refused
  const data = outcome.kind === 'answered' ? textOf(outcome.message.data) : ''
  if (data === '') return { kind: 'live-ok' }
  return isJson(data) ? { kind: 'live-ok', data } : { kind: 'live-closed', code: 3506, whose: 'client' }
}

/**
 * What a client gets that publishes to a channel, and what the channel's subscribers get (STREAM-402 to 404).
 *
 * Over HTTP the subscribers get what the client published, not what the plugin made of it.
 */
export function mapPublish(
  profile: HostProfile,
  outcome: Outcome<Pick<PublishStreamResponse, 'status' | 'data'>>,
  { transport, published }: { readonly transport: 'websocket' | 'http'; readonly published: string },
): GrafanaAnswer & { readonly broadcast?: string } {
  if (outcome.kind === 'pending') return { kind: 'waits' }
  const refused = refusal(outcome)
  const data = outcome.kind === 'answered' ? textOf(outcome.message.data) : ''
  if (transport === 'http') {
    if (refused === undefined) {
      const done = { ...plainAnswer(profile, { status: 200, message: '' }), body: '{}' }
      return data === '' ? done : { ...done, broadcast: published }
    }
    const { status, message } = httpRefusal(refused)
    return { ...plainAnswer(profile, { status, message }), ...loggedBy(refused) }
  }
  if (refused !== undefined) return refused
  if (data !== '' && !isJson(data)) return { kind: 'live-closed', code: 3506, whose: 'every-subscriber' }
  return { kind: 'live-ok', broadcast: data === '' ? published : data }
}

type LiveError = Extract<LiveAnswer, { readonly kind: 'live-error' }>

/** subscribeStatusToHTTPError, publishStatusToHTTPError: both enums have the same numbers. */
const refusals: Readonly<Record<number, readonly [code: number, message: string] | undefined>> = {
  1: [404, 'Not Found'],
  2: [403, 'Forbidden'],
}

function refusal(
  outcome: Exclude<Outcome<{ readonly status: number }>, { readonly kind: 'pending' }>,
): LiveError | undefined {
  switch (outcome.kind) {
    case 'answered': {
      const { status } = outcome.message
      if (status === 0) return undefined
      const [code, message] = refusals[status] ?? [500, 'Internal Server Error']
      return { kind: 'live-error', code, message, temporary: false }
    }
    case 'not-running':
      return internal('plugin unavailable')
    case 'failed':
    case 'died':
    case 'cancelled':
      return internal(goStatusText(outcome))
    default:
      return outcome satisfies never
  }
}

/** The messaging library's own error for everything unexpected (recordings `g-sub-g2`, `g-sub-g12`). */
function internal(logged: string): LiveError {
  return { kind: 'live-error', code: 100, message: 'internal server error', temporary: true, logged }
}

function httpRefusal({ code, message }: LiveError): { status: number; message: string } {
  return code === 100 ? { status: 500, message: 'Internal Server Error' } : { status: code, message }
}

function loggedBy({ logged }: LiveError): { logged?: string } {
  return logged === undefined ? {} : { logged }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

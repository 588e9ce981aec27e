import type { HostProfile } from '../../context/profile.ts'
import type { GrafanaAnswer } from '../grafana-answer.ts'
import type { RecordedExchange, RecordedHttp, RecordedResponse, RecordedSide } from './recorded-exchange.ts'
import { replay } from './replay.ts'

/** How one recorded answer compares with what the mapping gives. */
export interface Comparison {
  readonly id: string
  readonly version: string
  /** `a-start` has no letter of its own here; `c` are queries, `d` resources, and so on. */
  readonly group: string
  /** What differs, in words; empty when nothing does. */
  readonly differences: readonly string[]
}

/** Compares every recorded answer of a plugin with the mapping; exchanges in which no plugin was asked are left out. */
export function compareAnswers(
  exchanges: readonly RecordedExchange[],
  profiles: readonly HostProfile[],
): readonly Comparison[] {
  return profiles.flatMap((profile) =>
    exchanges.flatMap((exchange): Comparison[] => {
      const version = profile.grafanaVersion
      if (version !== '10.4.3' && version !== '12.4.0') return []
      const mapped = replay(profile, exchange)
      if (mapped === undefined) return []
      const { id } = exchange
      return [{ id, version, group: id.slice(0, 1), differences: differencesOf(mapped, exchange[version]) }]
    }),
  )
}

function differencesOf(mapped: GrafanaAnswer, side: RecordedSide): readonly string[] {
  const recorded = flat(side.response)
  if ('reply' in recorded) return difference('reply', replyOf(mapped), recorded.reply)
  if (mapped.kind !== 'http') return [`mapped to ${mapped.kind}, recorded as HTTP ${recorded.status}`]
  const { contentType, headers } = recorded
  const logged = side.logged ?? []
  return [
    ...difference('status', mapped.status, recorded.status),
    ...('length' in recorded ? [] : difference('body', trimmed(mapped.body), trimmed(recorded.text ?? ''))),
    ...(contentType === undefined ? [] : difference('content type', mapped.contentType, contentType)),
    ...(headers === undefined || mapped.headers === undefined
      ? []
      : headerDifference(mapped.headers, headers)),
    ...(mapped.logged === undefined || logged.length === 0 || logged.includes(mapped.logged)
      ? []
      : difference('logged', mapped.logged, logged[0])),
  ]
}

/** The answer to the call itself; what was asked later is compared elsewhere. */
function flat(response: RecordedResponse): RecordedHttp | { readonly reply: unknown } {
  if (isList(response)) return response[0] ?? { status: 0 }
  if ('polls' in response) return response.first ?? response.polls[0] ?? { status: 0 }
  return response
}

function isList(response: RecordedResponse): response is readonly RecordedHttp[] {
  return Array.isArray(response)
}

/** The reply in the words of the Centrifuge protocol (recordings `g-*`). */
function replyOf(mapped: GrafanaAnswer): unknown {
  switch (mapped.kind) {
    case 'live-ok':
      return mapped.broadcast === undefined
        ? { subscribe: mapped.data === undefined ? {} : { data: JSON.parse(mapped.data) } }
        : { publish: {} }
    case 'live-error': {
      const { code, message, temporary } = mapped
      return { error: { code, message, ...(temporary ? { temporary } : {}) } }
    }
    case 'live-closed':
      // The sender of a publication has its reply before the connection is closed.
      return mapped.whose === 'client'
        ? { connectionClosed: [mapped.code, 'inappropriate protocol'] }
        : { publish: {} }
    default:
      return mapped.kind
  }
}

/** Headers of the connection are Go's own business, and `Date` is the time of day. */
const unmapped = ['Transfer-Encoding', 'Content-Length', 'Connection', 'Date']

type Lines = readonly (readonly [name: string, value: string])[]

/** Most recordings keep some headers only; those that were kept are compared, and all where none was left out. */
function headerDifference(mapped: Lines, recorded: Lines): readonly string[] {
  const complete = recorded.some(([name]) => name === 'X-Frame-Options')
  const kept = new Set(recorded.map(([name]) => name))
  const comparable = (lines: Lines): string =>
    lines
      .filter(([name]) => !unmapped.includes(name) && (complete || kept.has(name)))
      .map((line) => line.join(': '))
      .sort()
      .join('\n')
  return difference('headers', comparable(mapped), comparable(recorded))
}

/** Whether a line feed ends the body was not recorded, and ids of traces are placeholders. */
function trimmed(body: string): string {
  return body.trimEnd().replace('"traceID":"<trace>"', '"traceID":""')
}

function difference(what: string, mapped: unknown, recorded: unknown): readonly string[] {
  const [ours, theirs] = [JSON.stringify(mapped), JSON.stringify(recorded)]
  return ours === theirs ? [] : [`${what}: ${ours}, recorded ${theirs}`]
}

import type { ResponseHeaders } from './response-headers.ts'

/** An answer of Grafana to an HTTP request. */
export interface HttpAnswer {
  readonly kind: 'http'
  readonly status: number
  /** Absent where Grafana leaves the header out, or where Go's HTTP server guesses it from the body. */
  readonly contentType?: string
  /** All headers, where a plugin has a say in them: in answers to resource calls. */
  readonly headers?: ResponseHeaders
  readonly body: string
  /** What a person reads: the text of the error, or what the answer says; empty when all is well. */
  readonly says: string
  /** The `error` of the line in Grafana's log, where there is one and its text does not depend on a Go library. */
  readonly logged?: string
}

/** What a subscriber or publisher gets over the WebSocket of Grafana Live. */
export type LiveAnswer =
  /** Done; `data` is what goes to this one client as initial data. */
  | { readonly kind: 'live-ok'; readonly data?: string; readonly broadcast?: string }
  | {
      readonly kind: 'live-error'
      readonly code: number
      readonly message: string
      readonly temporary: boolean
      readonly logged?: string
    }
  /** The connection is closed with everything on it, of one client or of every subscriber of the channel. */
  | { readonly kind: 'live-closed'; readonly code: 3506; readonly whose: 'client' | 'every-subscriber' }

/** What becomes of a running stream. */
export type StreamAnswer =
  /** It is run again, after a pause that grows while attempts fail at once (STREAM-204). */
  | { readonly kind: 'stream-restarted' }
  /** Nothing comes any more until somebody subscribes anew (STREAM-205). */
  | { readonly kind: 'stream-silent' }

/** What Grafana makes of the outcome of a call. */
export type GrafanaAnswer =
  | HttpAnswer
  | LiveAnswer
  | StreamAnswer
  /** A data source is not saved. */
  | { readonly kind: 'not-saved'; readonly says: string }
  /** Nothing happens: the client waits. */
  | { readonly kind: 'waits' }

/** An answer in a few words: `HTTP 500, "An error occurred within the plugin"`. */
export function describeAnswer(answer: GrafanaAnswer): string {
  switch (answer.kind) {
    case 'http':
      return `HTTP ${answer.status}${answer.says === '' ? '' : `, ${quoted(answer.says)}`}`
    case 'live-ok':
      return 'the WebSocket request succeeds'
    case 'live-error':
      return `WebSocket error ${answer.code}, ${quoted(answer.message)}`
    case 'live-closed':
      return answer.whose === 'client'
        ? `the client's whole WebSocket is closed (${answer.code})`
        : `the whole WebSocket of every subscriber is closed (${answer.code})`
    case 'stream-restarted':
      return 'the stream is started again and again'
    case 'stream-silent':
      return 'the stream is over until somebody subscribes anew'
    case 'not-saved':
      return `the data source is not saved${answer.says === '' ? '' : `, ${quoted(answer.says)}`}`
    case 'waits':
      return 'the request waits for an answer'
    default:
      return answer satisfies never
  }
}

/** Longer texts of a plugin would push everything else out of a report. */
const LONGEST_TEXT = 80

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return `"${line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT - 1)}…`}"`
}

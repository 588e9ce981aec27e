import { grafanaJson } from '../context/grafana-json.ts'
import type { HostProfile } from '../context/profile.ts'
import type { HttpAnswer } from './grafana-answer.ts'

/** What Grafana tells clients about plugins that fail: a status and a fixed text, by message id (grafana:pkg/plugins/errors.go). */
const publicErrors = {
  'plugin.notImplemented': [404, 'Method not implemented'],
  'plugin.unavailable': [500, 'Plugin unavailable'],
  'plugin.notRegistered': [404, 'Plugin not registered'],
  'plugin.healthCheck': [500, 'Plugin health check failed'],
  'plugin.downstreamError': [500, 'An error occurred within the plugin'],
  'plugin.requestFailureError': [500, 'An error occurred within the plugin'],
  'plugin.requestCanceled': [499, 'Plugin request canceled'],
  'plugin.connectionUnavailable': [500, 'Data source became unavailable during request. Please try again.'],
  'plugin.resourceExhausted': [
    500,
    'The response is too large. Please try to reduce the time range or narrow down your query to return fewer data points.',
  ],
} as const satisfies Record<string, readonly [status: number, message: string]>

/** The `messageId` of an error in Grafana's answers. */
export type MessageId = keyof typeof publicErrors

/** How the releases differ in what they tell of errors (rpc.md section 11.1; docs/fidelity.md names what was derived). */
export interface ErrorHabits {
  /** The message id of a call that failed for no special reason (grafana/grafana#100965). */
  readonly requestFailure: 'plugin.downstreamError' | 'plugin.requestFailureError'
  /** Whether CANCELLED of a query is 499. */
  readonly knowsCancelled: boolean
  /** Whether UNAVAILABLE and RESOURCE_EXHAUSTED of a query have texts of their own (grafana/grafana#102372, #102625). */
  readonly knowsCodes: boolean
  /** Whether bodies have the key `traceID`, and their keys in the order of the alphabet. */
  readonly traceId: boolean
  /** Whether the text in the log begins with the message id. */
  readonly logsMessageId: boolean
  /** What becomes of an `errorSource` that is neither `plugin` nor `downstream` (DATA-304). */
  readonly oddErrorSource: 'kept' | 'plugin'
  /** Whether the toggle `datasourceQueryMultiStatus` has an effect (DATA-306). */
  readonly knowsMultiStatus: boolean
  /** The text of an answer that nobody wrote, or an empty answer with status 200 (RES-202). */
  readonly missingWrite: 'Internal server error' | 'InternalError' | 'an empty answer'
  /** Whether failed resource calls have statuses of their own, 404 and 503, and texts without an id (RES-213). */
  readonly plainResourceErrors: boolean
  /** What becomes of the methods that are not for resources: passed on, as HEAD and OPTIONS were, or 405 for all (RES-105). */
  readonly oddMethods: 'head-and-options-pass' | 'refused'
}

const habits104: ErrorHabits = {
  requestFailure: 'plugin.downstreamError',
  knowsCancelled: false,
  knowsCodes: false,
  traceId: true,
  logsMessageId: true,
  oddErrorSource: 'kept',
  knowsMultiStatus: true,
  missingWrite: 'Internal server error',
  plainResourceErrors: false,
  oddMethods: 'head-and-options-pass',
}

const habits124: ErrorHabits = {
  requestFailure: 'plugin.requestFailureError',
  knowsCancelled: true,
  knowsCodes: true,
  traceId: false,
  logsMessageId: false,
  oddErrorSource: 'plugin',
  knowsMultiStatus: false,
  missingWrite: 'InternalError',
  plainResourceErrors: false,
  oddMethods: 'head-and-options-pass',
}

const habits: Readonly<Record<HostProfile['name'], ErrorHabits>> = {
  '9.5': { ...habits104, plainResourceErrors: true },
  '10.4': habits104,
  '11': { ...habits104, requestFailure: 'plugin.requestFailureError', knowsCancelled: true },
  '12': habits124,
  '12.4': habits124,
  '12.4.2': habits124,
  '13': { ...habits124, missingWrite: 'an empty answer', oddMethods: 'refused' },
}

/** How this Grafana tells of errors. */
export function errorHabits(profile: HostProfile): ErrorHabits {
  return habits[profile.name]
}

/** The answer for an error that has a message id; `logged` is the text that Grafana's log has. */
export function errorAnswer(profile: HostProfile, id: MessageId, logged: string): HttpAnswer {
  const [status, message] = publicErrors[id]
  const text = errorHabits(profile).logsMessageId ? `[${id}] ${logged}` : logged
  return { ...codedAnswer(profile, { status, id, message }), logged: text }
}

/** The body that Grafana writes for an error with a code; the order of its keys changed (rpc.md section 11.1). */
export function codedAnswer(
  profile: HostProfile,
  { status, id, message }: { readonly status: number; readonly id: string; readonly message: string },
): HttpAnswer {
  const body = errorHabits(profile).traceId
    ? grafanaJson({ message, messageId: id, statusCode: status, traceID: '' })
    : `{"statusCode":${status},"messageId":${grafanaJson(id)},"message":${grafanaJson(message)}}`
  return { kind: 'http', status, contentType: 'application/json', body, says: message }
}

/** An error without a code: `{"message": …}`, in older releases with an empty `traceID` beside it where a cause was logged. */
export function plainAnswer(
  profile: HostProfile,
  { status, message, traced = false }: { status: number; message: string; traced?: boolean },
): HttpAnswer {
  const traceID = traced && errorHabits(profile).traceId ? '' : undefined
  return {
    kind: 'http',
    status,
    contentType: 'application/json',
    body: grafanaJson({ message, traceID }),
    says: message,
  }
}

import { isMessage } from '@bufbuild/protobuf'

import {
  CallResourceResponseSchema,
  CheckHealthResponseSchema,
  CollectMetricsResponseSchema,
  MutationResponseSchema,
  PublishStreamResponseSchema,
  QueryDataResponseSchema,
  SubscribeStreamResponseSchema,
  ValidationResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { HostProfile } from '../context/profile.ts'
import type { GrafanaAnswer } from './grafana-answer.ts'
import { mapHealth } from './map-health.ts'
import { mapPublish, mapSubscribe } from './map-live.ts'
import { mapMetrics } from './map-metrics.ts'
import { mapQuery } from './map-query.ts'
import { mapResource } from './map-resource.ts'
import { UNIMPLEMENTED } from './outcome.ts'
import type { Outcome } from './outcome.ts'

/** A call that has ended, whatever its method. */
export interface EndedCall {
  /** The full path, such as `/pluginv2.Data/QueryData`. */
  readonly method: string
  /** The messages that came, decoded. */
  readonly messages: readonly unknown[]
  readonly end: Outcome<unknown>
}

/**
 * What Grafana makes of a call: the status and the text that its user would see (rpc.md section 11.1).
 *
 * Undefined where that is not known, or where no user is behind the call.
 */
export function answerTo(
  profile: HostProfile,
  { method, messages, end }: EndedCall,
): GrafanaAnswer | undefined {
  const [message] = messages
  switch (method) {
    case '/pluginv2.Data/QueryData': {
      const outcome = answeredWith(end, message, (one) => isMessage(one, QueryDataResponseSchema))
      return outcome && mapQuery(profile, [{ refIds: [], outcome }])
    }
    case '/pluginv2.Resource/CallResource':
      return mapResource(profile, {
        messages: messages.filter((one) => isMessage(one, CallResourceResponseSchema)),
        end,
      })
    case '/pluginv2.Diagnostics/CheckHealth': {
      const outcome = answeredWith(end, message, (one) => isMessage(one, CheckHealthResponseSchema))
      return outcome && mapHealth(profile, outcome)
    }
    case '/pluginv2.Diagnostics/CollectMetrics': {
      const outcome = answeredWith(end, message, (one) => isMessage(one, CollectMetricsResponseSchema))
      return outcome && mapMetrics(profile, outcome)
    }
    case '/pluginv2.Stream/SubscribeStream': {
      const outcome = answeredWith(end, message, (one) => isMessage(one, SubscribeStreamResponseSchema))
      return outcome && mapSubscribe(outcome)
    }
    case '/pluginv2.Stream/PublishStream': {
      const outcome = answeredWith(end, message, (one) => isMessage(one, PublishStreamResponseSchema))
      return outcome && mapPublish(profile, outcome, { transport: 'websocket', published: '' })
    }
    case '/pluginv2.Stream/RunStream':
      return endOfStream(end)
    case '/pluginv2.AdmissionControl/ValidateAdmission':
    case '/pluginv2.AdmissionControl/MutateAdmission':
      return saving(message, end)
    default:
      return undefined
  }
}

/** Undefined when the call ended well with something that is no message of its method. */
function answeredWith<Message>(
  end: Outcome<unknown>,
  message: unknown,
  fits: (message: unknown) => message is Message,
): Outcome<Message> | undefined {
  if (end.kind !== 'answered') return end
  return fits(message) ? { kind: 'answered', message } : undefined
}

function endOfStream(end: Outcome<unknown>): GrafanaAnswer | undefined {
  switch (end.kind) {
    case 'answered':
      return { kind: 'stream-silent' }
    case 'failed':
    case 'died':
    case 'not-running':
      return { kind: 'stream-restarted' }
    case 'cancelled':
    case 'pending':
      return undefined
    default:
      return end satisfies never
  }
}

/** Grafana asks the plugin before it saves a data source with an apiVersion (ADM-004, ADM-008, ADM-012). */
function saving(message: unknown, end: Outcome<unknown>): GrafanaAnswer | undefined {
  if (end.kind === 'failed' && end.code === UNIMPLEMENTED) return undefined
  if (end.kind !== 'answered') return { kind: 'not-saved', says: '' }
  if (!isMessage(message, ValidationResponseSchema) && !isMessage(message, MutationResponseSchema))
    return undefined
  return message.allowed ? undefined : { kind: 'not-saved', says: message.result?.message ?? '' }
}

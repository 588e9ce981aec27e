import { create } from '@bufbuild/protobuf'

import {
  MutationResponseSchema,
  StatusResultSchema,
  ValidationResponseSchema,
} from '../../proto/gen/grafana/backend_pb.js'
import type { StatusResult } from '../../proto/gen/grafana/backend_pb.js'
import type { AdmissionBehaviour } from '../behaviour.ts'
import { judge } from './judge.ts'

/** Admits settings that the plugin can use; a denial says why and is no gRPC error (ADM-005, ADM-012). */
export const referenceAdmission: AdmissionBehaviour = {
  async validate(request) {
    const verdict = judge(request)
    if (verdict.kind === 'denied') {
      return create(ValidationResponseSchema, { allowed: false, result: denial(verdict.reason) })
    }
    return create(ValidationResponseSchema, { allowed: true })
  },

  async mutate(request) {
    const verdict = judge(request)
    if (verdict.kind === 'denied') {
      return create(MutationResponseSchema, { allowed: false, result: denial(verdict.reason) })
    }
    // The whole object, also when nothing was changed (ADM-006).
    return create(MutationResponseSchema, { allowed: true, objectBytes: verdict.object })
  },
}

/** Grafana shows the message and makes the HTTP status from the reason (ADM-005). */
function denial(message: string): StatusResult {
  return create(StatusResultSchema, { status: 'Failure', message, reason: 'BadRequest', code: 400 })
}

import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'

import {
  HealthCheckResponseSchema,
  HealthCheckResponse_ServingStatus,
} from '../../proto/gen/grpc/health_pb.js'
import type { Health, HealthCheckResponse } from '../../proto/gen/grpc/health_pb.js'
import type { MethodHandlers } from '../method-handlers.ts'
import { RpcError } from '../rpc-error.ts'
import type { Running } from '../running.ts'
import { untilAborted } from '../until-aborted.ts'

/** The standard gRPC health service, which go-plugin's Ping asks for `plugin` (LIFE-106). */
export function healthHandlers(running: Running): MethodHandlers<typeof Health> {
  return {
    async check(request) {
      return answer(request.service, running)
    },
    async *watch(request, call) {
      yield answer(request.service, running)
      await untilAborted(call.signal)
    },
  }
}

function answer(service: string, running: Running): HealthCheckResponse {
  const verdict = running.behaviour.auxiliary.health(service, running)
  if (verdict === 'NOT_FOUND') throw new RpcError(status.NOT_FOUND, `unknown service ${service}`)
  return create(HealthCheckResponseSchema, { status: HealthCheckResponse_ServingStatus[verdict] })
}

import type { Server } from '@grpc/grpc-js'

import {
  AdmissionControl,
  Data,
  Diagnostics,
  Resource,
  ResourceConversion,
  Stream,
} from '../proto/gen/grafana/backend_pb.js'
import { Health } from '../proto/gen/grpc/health_pb.js'
import { GRPCBroker } from '../proto/gen/hashicorp/grpc_broker_pb.js'
import { GRPCController } from '../proto/gen/hashicorp/grpc_controller_pb.js'
import { GRPCStdio } from '../proto/gen/hashicorp/grpc_stdio_pb.js'
import { controllerHandlers } from './auxiliary/controller.ts'
import { healthHandlers } from './auxiliary/health.ts'
import { addService } from './grpc-service.ts'
import type { Running } from './running.ts'

/** Registers what `behaviour.services` offers, on one server for all (LIFE-073). */
export function addServices(server: Server, running: Running): void {
  const { services, auxiliary, data, resource, diagnostics, stream, admission, conversion } =
    running.behaviour

  if (services.health) addService(server, Health, healthHandlers(running), running)
  if (services.controller) addService(server, GRPCController, controllerHandlers(running), running)
  if (services.stdio) {
    addService(server, GRPCStdio, { streamStdio: (_, call) => auxiliary.streamStdio(call) }, running)
  }
  if (services.broker) {
    addService(
      server,
      GRPCBroker,
      { startStream: (requests, call) => auxiliary.startBroker(requests, call) },
      running,
    )
  }

  if (services.data) {
    addService(
      server,
      Data,
      {
        queryData: (request, call) => data.queryData(request, call),
        ...(services.chunked && {
          queryChunkedData: (request, call) => data.queryChunkedData(request, call),
        }),
      },
      running,
    )
  }
  if (services.resource) addService(server, Resource, resource, running)
  if (services.diagnostics) addService(server, Diagnostics, diagnostics, running)
  if (services.stream) addService(server, Stream, stream, running)
  if (services.admission) {
    addService(
      server,
      AdmissionControl,
      {
        validateAdmission: (request, call) => admission.validate(request, call),
        mutateAdmission: (request, call) => admission.mutate(request, call),
      },
      running,
    )
  }
  if (services.conversion) {
    addService(
      server,
      ResourceConversion,
      { convertObjects: (request, call) => conversion.convert(request, call) },
      running,
    )
  }
}

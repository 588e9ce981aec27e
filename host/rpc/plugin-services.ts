import {
  AdmissionControl,
  Data,
  Diagnostics,
  Resource,
  ResourceConversion,
  Stream,
} from '../../proto/gen/grafana/backend_pb.js'
import { Health } from '../../proto/gen/grpc/health_pb.js'
import { GRPCBroker } from '../../proto/gen/hashicorp/grpc_broker_pb.js'
import { GRPCController } from '../../proto/gen/hashicorp/grpc_controller_pb.js'
import { GRPCStdio } from '../../proto/gen/hashicorp/grpc_stdio_pb.js'
import type { CallerEnvironment } from './caller.ts'
import type { ServiceClient } from './clients.ts'
import { serviceClient } from './clients.ts'

/** Typed clients for everything that a plugin may serve on its one connection (wire.md sections 1, 3, 4). */
export interface PluginServices {
  readonly data: ServiceClient<typeof Data>
  readonly resource: ServiceClient<typeof Resource>
  readonly diagnostics: ServiceClient<typeof Diagnostics>
  readonly stream: ServiceClient<typeof Stream>
  readonly admission: ServiceClient<typeof AdmissionControl>
  readonly conversion: ServiceClient<typeof ResourceConversion>
  readonly health: ServiceClient<typeof Health>
  readonly controller: ServiceClient<typeof GRPCController>
  readonly stdio: ServiceClient<typeof GRPCStdio>
  readonly broker: ServiceClient<typeof GRPCBroker>
}

/** The clients of one connection. */
export function pluginServices(environment: CallerEnvironment): PluginServices {
  return {
    data: serviceClient(Data, environment),
    resource: serviceClient(Resource, environment),
    diagnostics: serviceClient(Diagnostics, environment),
    stream: serviceClient(Stream, environment),
    admission: serviceClient(AdmissionControl, environment),
    conversion: serviceClient(ResourceConversion, environment),
    health: serviceClient(Health, environment),
    controller: serviceClient(GRPCController, environment),
    stdio: serviceClient(GRPCStdio, environment),
    broker: serviceClient(GRPCBroker, environment),
  }
}

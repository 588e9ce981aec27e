import { create } from '@bufbuild/protobuf'

import type { GRPCController } from '../../proto/gen/hashicorp/grpc_controller_pb.js'
import { EmptySchema } from '../../proto/gen/hashicorp/grpc_controller_pb.js'
import type { MethodHandlers } from '../method-handlers.ts'
import type { Running } from '../running.ts'

/** `plugin.GRPCController`: how the host asks the plugin to end (LIFE-160). */
export function controllerHandlers(running: Running): MethodHandlers<typeof GRPCController> {
  return {
    async shutdown() {
      await running.behaviour.process.onShutdown(running)
      return create(EmptySchema)
    },
  }
}

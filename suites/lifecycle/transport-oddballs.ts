import { create } from '@bufbuild/protobuf'
import { status } from '@grpc/grpc-js'
import type { ServerDuplexStream } from '@grpc/grpc-js'

import { StdioDataSchema, StdioData_Channel } from '../../proto/gen/hashicorp/grpc_stdio_pb.js'
import type { Behaviour } from '../../reference-plugin/behaviour.ts'
import { RpcError } from '../../reference-plugin/rpc-error.ts'
import { defineOddball } from '../kernel/oddball.ts'
import type { Oddball } from '../kernel/oddball.ts'

/** A few megabytes of output, in the pieces of go-plugin's own server (grpc_stdio.go, `grpcStdioBuffer`). */
const PIECES = 4_096
const PIECE = new Uint8Array(1_024).fill(0x78)

/** Connections and the services that go-plugin adds: legal habits. */
export const oddballs: readonly Oddball[] = [
  defineOddball({
    id: 'listens-on-an-abstract-socket',
    because: 'on Linux a leading @ stands for an abstract socket (LIFE-086)',
    vary: (base) => (process.platform === 'linux' ? onAbstractSocket(base) : base),
  }),
  defineOddball({
    id: 'allows-a-hundred-streams',
    because: 'calls beyond the limit that a server announces wait on the side of the host (LIFE-087)',
    vary: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.max_concurrent_streams': 100,
        }),
      },
    }),
  }),
  defineOddball({
    id: 'pings-the-host',
    because: 'HTTP/2 lets both sides ask whether the other is alive; grpc-go answers (LIFE-079)',
    vary: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.keepalive_time_ms': 100,
          // Only a host that answers no PING at all gets lost: a busy machine takes its time.
          'grpc.keepalive_timeout_ms': 60_000,
        }),
      },
    }),
  }),
  defineOddball({
    id: 'talks-through-stdio',
    because:
      'go-plugin redirects what a plugin prints, however much it is, into this stream (LIFE-102, LIFE-108)',
    vary: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        async *streamStdio(call) {
          for (let piece = 0; piece < PIECES; piece += 1)
            yield create(StdioDataSchema, {
              channel: piece % 2 === 0 ? StdioData_Channel.STDOUT : StdioData_Channel.STDERR,
              data: PIECE,
            })
          yield* base.auxiliary.streamStdio(call)
        },
      },
    }),
  }),
  defineOddball({
    id: 'fails-the-stdio-stream',
    because: 'Grafana takes UNAVAILABLE for a service that is missing, and drops other errors (LIFE-100)',
    vary: (base) => ({
      ...base,
      auxiliary: {
        ...base.auxiliary,
        // eslint-disable-next-line require-yield -- a stream that fails
        async *streamStdio() {
          throw new RpcError(status.UNAVAILABLE, 'no stdio here')
        },
      },
    }),
  }),
  defineOddball({
    id: 'breaks-off-reflection',
    because: 'nobody has to offer reflection, and Grafana never asks for it (LIFE-107)',
    vary: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        onServer(server, running) {
          base.transport.onServer(server, running)
          const path = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo'
          const same = (bytes: Buffer): Buffer => bytes
          const codec = {
            requestSerialize: same,
            requestDeserialize: same,
            responseSerialize: same,
            responseDeserialize: same,
          }
          server.addService(
            { info: { path, requestStream: true, responseStream: true, ...codec } },
            { info: (call: ServerDuplexStream<Buffer, Buffer>) => void call.destroy() },
          )
        },
      },
    }),
  }),
  defineOddball({
    id: 'closes-stdout-after-the-handshake',
    because: 'nothing has to come after the first line (LIFE-053)',
    vary: (base) => ({
      ...base,
      process: {
        ...base.process,
        afterHandshake(running) {
          base.process.afterHandshake(running)
          running.world.stdout.end()
        },
      },
    }),
  }),
]

/** Behind a name that nobody else has: the kernel refuses a name that is taken. */
function onAbstractSocket(base: Behaviour): Behaviour {
  return {
    ...base,
    process: {
      ...base.process,
      listen: () => ({
        kind: 'unix',
        path: `\0plugin-${process.pid}-${Math.random().toString(36).slice(2)}`,
        group: null,
      }),
      address: (bound) => (bound.kind === 'unix' ? `@${bound.path.slice(1)}` : base.process.address(bound)),
    },
  }
}

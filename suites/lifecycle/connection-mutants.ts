import { wakingTimer } from '../../host/waking-time.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { dropPings } from './drop-pings.ts'
import { behindFront } from './front.ts'
import { behindHttp2 } from './http2-front.ts'
import { rules } from './running-rules.ts'

/** Longer than the laws wait for SETTINGS, shorter than they wait for a connection. */
const SLOW_SETTINGS_MS = 2_500

/** The probe and the host's own connection come first. */
const HOSTS_CONNECTIONS = 2

/** Misdeeds on connections. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'greets-later-connections-late',
    breaks: [rules['speaks-cleartext-http2']],
    mutate: (base) =>
      behindFront(base, (connection, number, toPlugin) => {
        const connect = (): unknown => connection.pipe(toPlugin()).pipe(connection)
        if (number <= HOSTS_CONNECTIONS) connect()
        else wakingTimer(SLOW_SETTINGS_MS, connect)
      }),
  }),
  defineMutant({
    id: 'swallows-pings',
    breaks: [rules['answers-pings']],
    mutate: (base) =>
      behindFront(base, (connection, _, toPlugin) => {
        const inner = toPlugin()
        const forward = dropPings((bytes) => inner.write(bytes))
        connection.on('data', forward)
        inner.pipe(connection)
      }),
  }),
  defineMutant({
    id: 'takes-unknown-methods-for-failures',
    breaks: [rules['unknown-methods-are-unimplemented']],
    mutate: (base) =>
      behindHttp2(base, {
        ending: (headers) =>
          headers['grpc-status'] === '12' ? { ...headers, 'grpc-status': '13' } : { ...headers },
      }),
  }),
  defineMutant({
    id: 'serves-one-connection-only',
    breaks: [rules['serves-further-connections'], rules['speaks-cleartext-http2']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        onConnection: (socket, running) =>
          running.connections.size > 1 ? 'refuse' : base.transport.onConnection(socket, running),
      },
    }),
  }),
  defineMutant({
    id: 'ends-with-its-last-connection',
    breaks: [rules['outlives-its-connection'], rules.survives],
    mutate: (base) => {
      const served = new WeakSet<Running>()
      return {
        ...base,
        transport: {
          ...base.transport,
          refusal(incoming, running) {
            served.add(running)
            return base.transport.refusal(incoming, running)
          },
          onConnectionLost(running) {
            if (served.has(running) && running.connections.size === 0) running.exit(0)
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'is-deaf-after-a-lost-connection',
    breaks: [rules['outlives-its-connection']],
    mutate: (base) => {
      const served = new WeakSet<Running>()
      const deaf = new WeakSet<Running>()
      return {
        ...base,
        transport: {
          ...base.transport,
          refusal(incoming, running) {
            served.add(running)
            return base.transport.refusal(incoming, running)
          },
          onConnection: (_, running) => (deaf.has(running) ? 'refuse' : 'accept'),
          onConnectionLost(running) {
            if (served.has(running) && running.connections.size === 0) deaf.add(running)
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'starves-calls-behind-streams',
    breaks: [rules['serves-beside-open-streams']],
    mutate: (base) => {
      const open = new WeakMap<Running, number>()
      const count = (running: Running, change: number): void => {
        open.set(running, (open.get(running) ?? 0) + change)
      }
      return {
        ...base,
        stream: {
          ...base.stream,
          async *runStream(request, call) {
            // Other cases hold many streams as well; they are about something else.
            const counted = request.path.startsWith('conformance/hold-') ? 1 : 0
            count(call.running, counted)
            try {
              yield* base.stream.runStream(request, call)
            } finally {
              count(call.running, -counted)
            }
          },
        },
        diagnostics: {
          ...base.diagnostics,
          async checkHealth(request, call) {
            if ((open.get(call.running) ?? 0) >= 16) await untilAborted(call.signal)
            return base.diagnostics.checkHealth(request, call)
          },
        },
      }
    },
  }),
]

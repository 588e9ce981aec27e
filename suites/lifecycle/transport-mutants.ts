import { wakingTimer } from '../../host/waking-time.ts'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { dropPings } from './drop-pings.ts'
import { behindFront } from './front.ts'
import { rules as runningRules } from './running-rules.ts'
import { rules } from './transport-rules.ts'

/** Shorter than the laws leave a connection alone. */
const IDLE_LIMIT_MS = 200

/** The probe and the host's own connection come first. */
const HOSTS_CONNECTIONS = 2

/** How a connection of the host begins. */
const PREFACE = 'PRI'

const MIB = 1024 * 1024

/** Misdeeds on connections that are odd, idle or lost. */
export const mutants: readonly Mutant[] = [
  defineMutant({
    id: 'closes-idle-connections',
    breaks: [rules['keeps-idle-connections']],
    mutate: (base) =>
      behindFront(base, (connection, number, toPlugin) => {
        const inner = toPlugin()
        connection.pipe(inner).pipe(connection)
        // The host's own connection is idle as well, and others judge what is called on it.
        if (number <= HOSTS_CONNECTIONS) return
        let callOff = (): void => {}
        const wait = (): void => {
          callOff()
          callOff = wakingTimer(IDLE_LIMIT_MS, () => connection.destroy())
        }
        wait()
        for (const side of [connection, inner]) side.on('data', wait)
        connection.once('close', () => callOff())
      }),
  }),
  defineMutant({
    id: 'tires-of-pings',
    breaks: [runningRules['answers-pings']],
    mutate: (base) =>
      behindFront(base, (connection, _, toPlugin) => {
        const inner = toPlugin()
        let pings = 0
        const forward = dropPings(
          (bytes) => inner.write(bytes),
          (ping) => {
            if (++pings > 2) connection.destroy()
            else inner.write(ping)
          },
        )
        connection.on('data', forward)
        inner.pipe(connection)
      }),
  }),
  defineMutant({
    id: 'waits-for-silent-connections',
    breaks: [rules['odd-connections-disturb-nobody']],
    mutate: (base) => {
      const greeted = new WeakMap<Running, Promise<unknown>>()
      return behindFront(base, (connection, _, toPlugin, running) => {
        // One thread that accepts and greets: the next one has to wait until this one has said something.
        const before = greeted.get(running) ?? Promise.resolve()
        const spoken = new Promise((resolve) => {
          connection.once('readable', resolve)
          connection.once('close', resolve)
        })
        greeted.set(
          running,
          before.then(() => spoken),
        )
        void before.then(() => connection.pipe(toPlugin()).pipe(connection))
      })
    },
  }),
  defineMutant({
    id: 'exits-at-a-connection-that-is-no-http2',
    breaks: [rules['odd-connections-disturb-nobody'], runningRules.survives],
    mutate: (base) =>
      behindFront(base, (connection, _, toPlugin, running) => {
        connection.once('data', (bytes: Buffer) => {
          if (!bytes.toString('latin1').startsWith(PREFACE)) running.exit(1)
        })
        connection.pipe(toPlugin()).pipe(connection)
      }),
  }),
  defineMutant({
    id: 'keeps-the-calls-of-lost-connections',
    breaks: [rules['lost-connections-end-their-calls-only']],
    mutate: (base) => {
      const open = new WeakMap<Running, number>()
      const crowded = new WeakSet<Running>()
      const full = new WeakSet<Running>()
      const workers = 30
      const count = (running: Running, change: number): number => {
        const now = (open.get(running) ?? 0) + change
        open.set(running, now)
        return now
      }
      return {
        ...base,
        transport: {
          ...base.transport,
          onConnectionLost(running) {
            if (crowded.has(running)) full.add(running)
            base.transport.onConnectionLost(running)
          },
        },
        data: {
          ...base.data,
          async queryData(request, call) {
            if (full.has(call.running)) await untilAborted(call.signal)
            if (count(call.running, 1) >= workers) crowded.add(call.running)
            try {
              return await base.data.queryData(request, call)
            } finally {
              count(call.running, -1)
            }
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'hangs-up-at-a-too-large-request',
    breaks: [rules['too-large-requests-fail-alone']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.max_receive_message_length': -1,
        }),
        receive(bytes, path, running) {
          if (bytes.length > 16 * MIB) for (const socket of running.connections) socket.destroy()
          return base.transport.receive(bytes, path, running)
        },
      },
    }),
  }),
  defineMutant({
    id: 'hangs-up-on-a-crowd',
    breaks: [rules['answers-many-first-calls']],
    mutate: (base) => {
      const arrived = new WeakMap<Running, string[]>()
      return {
        ...base,
        transport: {
          ...base.transport,
          refusal(incoming, running) {
            const paths = arrived.get(running) ?? []
            arrived.set(running, paths)
            if (incoming.path.startsWith('/pluginv2.')) paths.push(incoming.path)
            if (isCrowd(paths)) for (const socket of running.connections) socket.destroy()
            return base.transport.refusal(incoming, running)
          },
        },
      }
    },
  }),
]

/** Queries and health checks mixed, a query first, and nothing else so far: no other rule asks like this. */
function isCrowd(paths: readonly string[]): boolean {
  const queries = paths.filter((path) => path.endsWith('/QueryData')).length
  const checks = paths.filter((path) => path.endsWith('/CheckHealth')).length
  if (paths[0]?.endsWith('/QueryData') !== true) return false
  return paths.length === 48 && queries + checks === paths.length && Math.min(queries, checks) > 12
}

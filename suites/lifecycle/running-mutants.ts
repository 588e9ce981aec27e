import { readdir, readFile, writeFile } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { CheckHealthResponse_HealthStatus } from '../../proto/gen/grafana/backend_pb.js'
import type { Running } from '../../reference-plugin/running.ts'
import { untilAborted } from '../../reference-plugin/until-aborted.ts'
import { defineMutant } from '../kernel/mutant.ts'
import type { Mutant } from '../kernel/mutant.ts'
import { behindFront } from './front.ts'
import { behindHttp2 } from './http2-front.ts'
import { dropPings } from './drop-pings.ts'
import { rules } from './running-rules.ts'

const INVALID_ARGUMENT = 3

/** Longer than the host waits for SETTINGS, shorter than it waits for a connection. */
const SLOW_SETTINGS_MS = 2_500

/** The probe and the host's own connection come first. */
const HOSTS_CONNECTIONS = 2

const connections: readonly Mutant[] = [
  defineMutant({
    id: 'greets-later-connections-late',
    breaks: [rules['speaks-cleartext-http2']],
    mutate: (base) =>
      behindFront(base, (connection, number, toPlugin) => {
        const join = (): unknown => connection.pipe(toPlugin()).pipe(connection)
        if (number <= HOSTS_CONNECTIONS) join()
        else setTimeout(join, SLOW_SETTINGS_MS).unref()
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
            count(call.running, 1)
            try {
              yield* base.stream.runStream(request, call)
            } finally {
              count(call.running, -1)
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

const messages: readonly Mutant[] = [
  defineMutant({
    id: 'refuses-unknown-metadata',
    breaks: [rules['ignores-unknown-metadata']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        refusal: (incoming, running) =>
          Object.keys(incoming.metadata.getMap()).some((key) => key.startsWith('x-'))
            ? { code: INVALID_ARGUMENT, details: 'unknown metadata' }
            : base.transport.refusal(incoming, running),
      },
    }),
  }),
  defineMutant({
    id: 'demands-trace-context',
    breaks: [rules['ignores-unknown-metadata']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        refusal: (incoming, running) =>
          incoming.path === '/pluginv2.Diagnostics/CheckHealth' &&
          incoming.metadata.get('traceparent').length === 0
            ? { code: INVALID_ARGUMENT, details: 'traceparent is missing' }
            : base.transport.refusal(incoming, running),
      },
    }),
  }),
  defineMutant({
    id: 'limits-requests-to-4-mib',
    breaks: [rules['accepts-large-requests']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.max_receive_message_length': 4 * 1024 * 1024,
        }),
      },
    }),
  }),
  defineMutant({
    id: 'exits-at-a-large-request',
    breaks: [rules['accepts-large-requests'], rules.survives],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        receive(bytes, path, running) {
          if (bytes.length > 10 * 1024 * 1024) running.exit(137)
          return base.transport.receive(bytes, path, running)
        },
      },
    }),
  }),
  defineMutant({
    id: 'limits-responses-to-4-mib',
    breaks: [rules['sends-large-responses']],
    mutate: (base) => ({
      ...base,
      transport: {
        ...base.transport,
        serverOptions: (running) => ({
          ...base.transport.serverOptions(running),
          'grpc.max_send_message_length': 4 * 1024 * 1024,
        }),
      },
    }),
  }),
]

const readiness: readonly Mutant[] = [
  defineMutant({
    id: 'does-not-know-its-own-service-name',
    breaks: [rules['health-service-answers']],
    mutate: (base) => ({
      ...base,
      auxiliary: { ...base.auxiliary, health: (service) => (service === '' ? 'SERVING' : 'NOT_FOUND') },
    }),
  }),
  defineMutant({
    id: 'serves-any-name',
    breaks: [rules['health-service-answers']],
    mutate: (base) => ({ ...base, auxiliary: { ...base.auxiliary, health: () => 'SERVING' } }),
  }),
  defineMutant({
    id: 'warms-up-during-the-first-call',
    breaks: [rules['ready-after-handshake']],
    mutate: (base) => {
      const warm = new WeakSet<Running>()
      return {
        ...base,
        diagnostics: {
          ...base.diagnostics,
          async checkHealth(request, call) {
            const response = await base.diagnostics.checkHealth(request, call)
            if (warm.has(call.running)) return response
            warm.add(call.running)
            return { ...response, status: CheckHealthResponse_HealthStatus.ERROR, message: 'Warming up.' }
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'has-no-diagnostics',
    breaks: [rules['offers-diagnostics']],
    mutate: (base) => ({ ...base, services: { ...base.services, diagnostics: false } }),
  }),
]

const endings: readonly Mutant[] = [
  defineMutant({
    id: 'has-no-controller',
    breaks: [rules['offers-shutdown']],
    mutate: (base) => ({ ...base, services: { ...base.services, controller: false } }),
  }),
  defineMutant({
    id: 'agrees-to-shut-down-and-stays',
    breaks: [rules['exits-on-shutdown']],
    mutate: (base) => ({ ...base, process: { ...base.process, onShutdown: async () => {} } }),
  }),
  defineMutant({
    id: 'exits-with-status-1',
    breaks: [rules['exits-on-shutdown']],
    mutate: (base) => ({
      ...base,
      process: { ...base.process, onShutdown: async (running) => running.stop(1) },
    }),
  }),
  defineMutant({
    id: 'waits-for-queries-before-it-shuts-down',
    breaks: [rules['shutdown-call-ends']],
    mutate: (base) => {
      const asked = new WeakMap<Running, number>()
      const count = (running: Running, change: number): void => {
        asked.set(running, (asked.get(running) ?? 0) + change)
      }
      return {
        ...base,
        data: {
          ...base.data,
          async queryData(request, call) {
            count(call.running, 1)
            try {
              return await base.data.queryData(request, call)
            } finally {
              count(call.running, -1)
            }
          },
        },
        process: {
          ...base.process,
          async onShutdown(running) {
            if ((asked.get(running) ?? 0) > 0) await untilAborted(running.ended)
            return base.process.onShutdown(running)
          },
        },
      }
    },
  }),
  defineMutant({
    id: 'leaves-its-socket-behind',
    breaks: [rules['removes-its-socket']],
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        async start(steps, running) {
          const bound = await steps.listen()
          // The listener has removed the file when the plugin ends.
          running.ended.addEventListener('abort', () => {
            if (bound.kind === 'unix') writeFileSync(bound.path, '')
          })
          await steps.announce(bound)
        },
      },
    }),
  }),
  defineMutant({
    id: 'dies-of-ctrl-c',
    breaks: [rules['ignores-sigint']],
    mutate: (base) => ({
      ...base,
      process: { ...base.process, onSigint: (running) => running.exit(130) },
    }),
  }),
  defineMutant({
    id: 'ignores-sigterm',
    breaks: [rules['ends-on-sigterm']],
    mutate: (base) => ({ ...base, process: { ...base.process, onSigterm: () => {} } }),
  }),
  defineMutant({
    id: 'hides-behind-a-shell',
    breaks: [rules['is-one-process']],
    process: 'folder',
    async alter(folder) {
      const name = (await readdir(folder)).find((entry) => entry.startsWith('gpx_')) ?? ''
      const script = await readFile(join(folder, name), 'utf8')
      // A command after it keeps the shell from replacing itself.
      await writeFile(join(folder, name), `${script.replace('exec ', '')}exit $?\n`)
    },
  }),
  defineMutant({
    id: 'spins-when-nobody-reads-its-log',
    breaks: [rules['stays-calm-without-pipes']],
    process: 'child',
    mutate: (base) => ({
      ...base,
      process: {
        ...base.process,
        onStderrLost(running) {
          const spin = (): void => {
            const until = performance.now() + 20
            while (performance.now() < until);
            if (!running.ended.aborted) setImmediate(spin)
          }
          spin()
        },
      },
    }),
  }),
]

/** The running process: connections, crash, end: misdeeds. */
export const mutants: readonly Mutant[] = [...connections, ...messages, ...readiness, ...endings]

import { formatAddress } from '../../host/handshake/handshake.ts'
import { isLoopback, listeningAddresses } from '../../host/launch/listening-addresses.ts'
import type { Plugin } from '../../host/launch/plugin.ts'
import { holderOfPort, listenersOfGroup } from '../../host/launch/socket-holders.ts'
import type { CallResult } from '../../host/rpc/call-result.ts'
import { describeResult } from '../../host/rpc/call-result.ts'
import { HealthCheckResponse_ServingStatus } from '../../proto/gen/grpc/health_pb.js'
import type { HealthCheckResponse } from '../../proto/gen/grpc/health_pb.js'
import type { Step } from './examination.ts'

/** Slower plugins delay the start of the whole server, because plugins start one after the other (LIFE-061). */
const SLOW_START_MS = 5_000

/** How a plugin that is up was reached: start, handshake, connection, gRPC health. */
export async function connectionSteps(plugin: Plugin): Promise<readonly Step[]> {
  const { handshake, process, startMs } = plugin
  const started: readonly Step[] =
    process === undefined
      ? []
      : [
          {
            name: 'start',
            mark: 'good',
            ms: undefined,
            text: process.pid === undefined ? 'in this process' : `process ${process.pid}, without arguments`,
          },
        ]
  const line: readonly Step[] =
    handshake === undefined
      ? []
      : [
          startMs > SLOW_START_MS
            ? {
                name: 'handshake',
                mark: 'warning',
                ms: startMs,
                text: handshake.line,
                fix: 'Announce the server sooner: Grafana opens its own port only after the last plugin has started.',
              }
            : { name: 'handshake', mark: 'good', ms: startMs, text: handshake.line },
        ]
  return [...started, ...line, await connectionStep(plugin), await healthServiceStep(plugin)]
}

async function connectionStep(plugin: Plugin): Promise<Step> {
  const { address } = plugin
  const step = { name: 'connection', ms: undefined } as const
  const shown = formatAddress(address)
  if (plugin.refusedFirstConnection)
    return {
      ...step,
      mark: 'warning',
      text: `${shown} refused the first connection, and accepted a later one`,
      fix: 'Bind first, then print the handshake: the first queries after every start fail.',
    }
  if (address.kind === 'unix') return { ...step, mark: 'good', text: `${shown} answers in plaintext HTTP/2` }
  const open = (await listeningAddresses(address.port)).find((host) => !isLoopback(host))
  if (open !== undefined)
    return {
      ...step,
      mark: 'warning',
      text: `it listens on ${open}, port ${address.port}, without TLS: whoever reaches this machine can call it, and secrets cross the network in clear`,
      fix: 'Bind 127.0.0.1 or a unix socket.',
    }
  const stranger = await strangerAt(plugin, address.port)
  if (stranger !== undefined)
    return {
      ...step,
      mark: 'warning',
      text: `${shown} is served by another process, ${stranger}`,
      fix: 'Fine for a locator of a debugging session; otherwise end that process, and bind port 0.',
    }
  return { ...step, mark: 'good', text: `${shown} answers in plaintext HTTP/2` }
}

/** Who listens at the port, when it is not the process that was started. */
async function strangerAt({ process: started }: Plugin, port: number): Promise<string | undefined> {
  if (started?.pid === undefined) return undefined
  if ((await listenersOfGroup(started.pid)).some((one) => one.endsWith(`:${port}`))) return undefined
  const holder = await holderOfPort(port)
  return holder === undefined ? undefined : `${holder.pid} (${holder.command})`
}

/** go-plugin asks for the name `plugin`; today's hosts ignore the answer (LIFE-140, hashicorp/go-plugin#377). */
async function healthServiceStep(plugin: Plugin): Promise<Step> {
  const [named, unnamed] = await Promise.all([
    plugin.health.check({ service: 'plugin' }),
    plugin.health.check({ service: '' }),
  ])
  const step = { name: 'gRPC health', ms: named.ms } as const
  if (serves(named)) return { ...step, mark: 'good', text: 'SERVING for "plugin"' }
  return {
    ...step,
    mark: 'warning',
    text: `for "plugin": ${shownHealth(named)}; for "": ${shownHealth(unnamed)}`,
    fix: 'Serve grpc.health.v1.Health and report SERVING for the name plugin: Grafana does not ask today, and go-plugin is about to.',
  }
}

function serves(result: CallResult<HealthCheckResponse>): boolean {
  return result.kind === 'answered' && result.message.status === HealthCheckResponse_ServingStatus.SERVING
}

function shownHealth(result: CallResult<HealthCheckResponse>): string {
  if (result.kind !== 'answered') return describeResult(result)
  return HealthCheckResponse_ServingStatus[result.message.status] ?? `status ${result.message.status}`
}

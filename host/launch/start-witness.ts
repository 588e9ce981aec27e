import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

import { within } from '../deadline.ts'
import type { Address } from '../handshake/handshake.ts'
import { probeAddress } from './probe-address.ts'
import type { Holder } from './socket-holders.ts'
import { holderOfPort, listenersOfGroup } from './socket-holders.ts'
import type { SpokenProtocol } from './spoken-protocol.ts'

/** One attempt to connect to the announced address. */
export interface ConnectionAttempt {
  /** Milliseconds after the start of the process. */
  readonly at: number
  /** `accepted`, or the system's word for the refusal, such as `ECONNREFUSED`. */
  readonly outcome: string
}

/** What was seen around a process that failed to come up, as long as it lived. */
export interface StartWitness {
  /** Where the plugin's processes listen: `127.0.0.1:43117`, `unix:/path`. Known on Linux only. */
  readonly listens: readonly string[]
  readonly address?: Address
  readonly attempts?: readonly ConnectionAttempt[]
  /** What the announced host stands for, and which of it answers at the announced port. */
  readonly answers?: ReadonlyArray<{ readonly address: string; readonly outcome: string }>
  /** Who listens at the announced port, when it is not the plugin. */
  readonly holder?: Holder
  readonly spoken?: SpokenProtocol
}

/** How long a single attempt may take; on this machine an answer takes a moment, be it yes or no. */
const ATTEMPT_MS = 1_000

/** Looks where a plugin listens, and who answers at the address that it announced. */
export async function witnessStart(
  pid: number | undefined,
  address: Address | undefined,
): Promise<StartWitness> {
  const listens = pid === undefined ? [] : await listenersOfGroup(pid)
  if (address === undefined) return { listens }
  if (address.kind === 'unix') return { listens, address }
  const answers = await answersOf(address.host, address.port)
  const own = listens.some((one) => one.endsWith(`:${address.port}`))
  const holder = own ? undefined : await holderOfPort(address.port)
  return { listens, address, answers, ...(holder === undefined ? {} : { holder }) }
}

async function answersOf(
  host: string,
  port: number,
): Promise<ReadonlyArray<{ readonly address: string; readonly outcome: string }>> {
  const hosts = await namesOf(host)
  return Promise.all(
    hosts.map(async (one) => {
      const probe = await probeAddress({ kind: 'tcp', host: one, port }, ATTEMPT_MS)
      return { address: one, outcome: probe.kind === 'accepted' ? 'accepted' : probe.code }
    }),
  )
}

/** What a name resolves to; for a loopback address also the loopback of the other family, because the two are mixed up. */
async function namesOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0)
    return ['127.0.0.1', '::1'].includes(host) ? [host, host === '::1' ? '127.0.0.1' : '::1'] : [host]
  if (host === '') return ['127.0.0.1', '::1']
  const found = await within(
    lookup(host, { all: true, verbatim: true }).catch(() => []),
    ATTEMPT_MS,
  )
  return found.kind === 'settled' ? [...new Set(found.value.map(({ address }) => address))] : []
}

import { readFile } from 'node:fs/promises'
import path from 'node:path'

import { ConformanceError } from '../conformance-error.ts'
import { formatAddress } from '../handshake/handshake.ts'
import { parseAttachAddress } from './attach-address.ts'
import type { ExecutableSubject } from './subject.ts'

/** A server in standalone mode to which a plugin on the Go SDK would send its host (LIFE-181). */
export interface StandaloneServer {
  /** The file or the variable that names the address. */
  readonly namedBy: string
  /** As it is written there, such as `:42283`. */
  readonly address: string
  /** What to write after `--attach`, unless the address is none. */
  readonly attach: string | undefined
  /** The server's process, where `pid.txt` names one. */
  readonly pid: number | undefined
  /** Whether that process runs; a plugin on the Go SDK starts normally when it does not. */
  readonly runs: boolean
}

/**
 * Looks for a server in standalone mode as the Go SDK's plugins do: a variable first, then `standalone.txt` and `pid.txt`
 * beside the executable (sdk-go:internal/standalone/standalone.go `clientSettings`).
 */
export async function findStandalone(
  subject: ExecutableSubject,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StandaloneServer | undefined> {
  const folder = path.dirname(subject.executable)
  const variable = addressVariable(subject.pluginJson?.id ?? '')
  const file = path.join(folder, 'standalone.txt')
  const fromVariable = env[variable]
  // A variable that is set wins, and counts for nothing when it is empty (LIFE-024).
  const address = fromVariable ?? (await content(file))
  if (address === '') return undefined
  const pid = Number.parseInt(await content(path.join(folder, 'pid.txt')), 10)
  return {
    namedBy: fromVariable === undefined ? file : variable,
    address,
    attach: attachable(address),
    pid: Number.isNaN(pid) ? undefined : pid,
    runs: Number.isNaN(pid) || isAlive(pid),
  }
}

/** What somebody should know before such a plugin is started. */
export function describeStandalone(server: StandaloneServer): string {
  const { namedBy, address, attach, pid, runs } = server
  const names = `${namedBy} names ${JSON.stringify(address.slice(0, SHOWN))}`
  if (!runs)
    return `${names}, but the process ${pid ?? ''} of that debugging session has ended; a plugin on the Go SDK starts normally.`
  const process = pid === undefined ? '' : ` and its process ${pid} runs`
  const advice = attach === undefined ? '' : ` To judge that server, attach with --attach ${attach}.`
  return `This plugin is in standalone mode: ${names}${process}. A plugin on the Go SDK serves nothing itself then, but points its host there.${advice}`
}

/**
 * Refuses arguments that would start a server in standalone mode.
 *
 * The Go SDK then kills every process whose command line contains the plugin's path, this one included (LIFE-181).
 */
export function refuseStandalone(args: readonly string[]): void {
  const found = args.find((arg) => /^--?standalone(?:=(?!false$|0$|f$).*)?$/i.test(arg))
  if (found === undefined) return
  throw new ConformanceError(
    'usage',
    `Expected arguments that make the plugin serve; found ${found}, with which a plugin on the Go SDK kills every process that has its path in its command line.`,
    {
      hint: 'Start it with that argument yourself, then judge it with --attach and the address in standalone.txt.',
    },
  )
}

/** An address is shorter than this. */
const SHOWN = 60

function addressVariable(id: string): string {
  return `GF_PLUGIN_GRPC_ADDRESS_${id.toUpperCase().replaceAll('-', '_')}`
}

async function content(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim()
}

function attachable(address: string): string | undefined {
  try {
    return formatAddress(parseAttachAddress(address).address)
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  // Process 0 would be this group.
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // The Go SDK takes any error for an absent process, that of somebody else's process included.
    return false
  }
}

import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'

/** State `LISTEN` in the tables of the Linux kernel (linux:include/net/tcp_states.h). */
const LISTEN = '0A'

/** A TCP socket that waits for connections. */
export interface TcpListener {
  readonly host: string
  readonly port: number
  /** The kernel's number of the socket, by which its holder is found. */
  readonly inode: string
}

/** Every TCP socket of this machine that waits for connections; empty where the system does not tell, which only Linux does. */
export async function tcpListeners(): Promise<readonly TcpListener[]> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  )
  return tables.flatMap((table) => readSocketTable(table))
}

/** The addresses on which somebody on this machine listens at a TCP port; empty where the system does not tell, which only Linux does. */
export async function listeningAddresses(port: number): Promise<readonly string[]> {
  return (await tcpListeners()).filter((listener) => listener.port === port).map(({ host }) => host)
}

/** Reads one of the kernel's tables, `/proc/net/tcp` or `/proc/net/tcp6` (linux:Documentation/networking/proc_net_tcp.rst). */
export function readSocketTable(table: string): readonly TcpListener[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    const [address = '', hexPort = ''] = local.split(':')
    if (state !== LISTEN) return []
    const bytes = inNetworkOrder(address)
    const host = bytes.length === 4 ? bytes.join('.') : ipv6(bytes)
    return [{ host, port: Number.parseInt(hexPort, 16), inode }]
  })
}

/** Whether only this machine reaches the address; names are believed when they are `localhost`. */
export function isLoopback(host: string): boolean {
  const mapped = /^::ffff:([\d.]+)$/i.exec(host)
  const plain = mapped?.[1] ?? host
  if (isIP(plain) === 4) return plain.startsWith('127.')
  return plain === '::1' || plain.toLowerCase() === 'localhost'
}

/** Each 32-bit word of the address is printed in the byte order of the machine. */
function inNetworkOrder(hex: string): readonly number[] {
  const words = hex.match(/.{8}/g) ?? []
  const little = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
  return words.flatMap((word) => {
    const bytes = [...Buffer.from(word, 'hex')]
    return little ? bytes.toReversed() : bytes
  })
}

function ipv6(bytes: readonly number[]): string {
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255
  if (mapped) return `::ffff:${bytes.slice(12).join('.')}`
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  )
  const text = groups.join(':')
  if (text === '0:0:0:0:0:0:0:0') return '::'
  return text === '0:0:0:0:0:0:0:1' ? '::1' : text
}

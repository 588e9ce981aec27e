import { readFile, readdir, readlink } from 'node:fs/promises'

import { tcpListeners } from './listening-addresses.ts'
import { commandLine, groupMembers } from './process-group.ts'

/** A process, as people look for it. */
export interface Holder {
  readonly pid: number
  readonly command: string
}

/** Where the processes of a group listen, as `127.0.0.1:43117` or `unix:/path`. Linux only; elsewhere nothing is found. */
export async function listenersOfGroup(leader: number): Promise<readonly string[]> {
  const pids = await groupMembers(leader)
  const inodes = new Set((await Promise.all(pids.map(socketsOf))).flat())
  const tcp = (await tcpListeners()).filter(({ inode }) => inodes.has(inode))
  const unix = (await unixListeners()).filter(({ inode }) => inodes.has(inode))
  return [
    ...tcp.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`)),
    ...unix.map(({ path }) => `unix:${path}`),
  ]
}

/** Who listens at a TCP port of this machine; undefined when nobody does, or when the system does not tell. */
export async function holderOfPort(port: number): Promise<Holder | undefined> {
  const inodes = new Set(
    (await tcpListeners()).filter((listener) => listener.port === port).map(({ inode }) => inode),
  )
  if (inodes.size === 0) return undefined
  const pids = (await readdir('/proc').catch(() => [])).filter((entry) => /^\d+$/.test(entry)).map(Number)
  for (const pid of pids) {
    const held = await socketsOf(pid)
    if (held.some((inode) => inodes.has(inode))) return { pid, command: await commandLine(pid) }
  }
  return undefined
}

/** The sockets among the open files of a process, which only its user may see. */
async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')))
  return targets.flatMap((target) => /^socket:\[(?<inode>\d+)\]$/.exec(target)?.groups?.['inode'] ?? [])
}

/** Flag of a socket that accepts connections (linux:include/uapi/linux/net.h `__SO_ACCEPTCON`), as /proc/net/unix prints it. */
const ACCEPTS = '00010000'

async function unixListeners(): Promise<readonly { readonly path: string; readonly inode: string }[]> {
  const table = await readFile('/proc/net/unix', 'utf8').catch(() => '')
  return table.split('\n').flatMap((line) => {
    const [, , , flags, , , inode = '', ...path] = line.trim().split(' ').filter(Boolean)
    return flags === ACCEPTS && path.length > 0 ? [{ path: path.join(' '), inode }] : []
  })
}

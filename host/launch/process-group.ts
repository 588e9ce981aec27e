import { readFile, readdir } from 'node:fs/promises'
import { setTimeout as after } from 'node:timers/promises'

import { wakingNow } from '../waking-time.ts'

/** Sends SIGKILL to every process of the group; a group that is gone is fine. */
export function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // ESRCH: nobody is left.
  }
}

/** The processes that are alive in the group, its leader among them. Linux only; elsewhere none are found. */
export async function groupMembers(leader: number): Promise<readonly number[]> {
  if (!groupExists(leader)) return []
  const found: number[] = []
  const entries = await readdir('/proc').catch(() => [])
  for (const pid of entries.filter((entry) => /^\d+$/.test(entry))) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // The command in the second field may hold blanks and parentheses: the fields after it begin behind the last ')'.
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(group) === leader && state !== 'Z') found.push(Number(pid))
  }
  return found
}

/** Command lines of the processes that are alive in the group besides its leader. Linux only; elsewhere a count can't be had. */
export async function listGroup(leader: number): Promise<readonly string[]> {
  const members = (await groupMembers(leader)).filter((pid) => pid !== leader)
  return Promise.all(members.map(async (pid) => `${pid} ${await commandLine(pid)}`))
}

/** The command line of a process, its arguments separated by blanks; empty when it is gone. */
export async function commandLine(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.replaceAll('\0', ' ').trim()
}

/** How often the system is asked whether a killed group is gone: it tells nobody of the end of a grandchild. */
const ASK_EVERY_MS = 5

/** Resolves when nobody of the group is left besides its leader, or after `ms` milliseconds. */
export async function groupGone(leader: number, ms: number): Promise<void> {
  const end = wakingNow() + ms
  while ((await listGroup(leader)).length > 0 && wakingNow() < end) await after(ASK_EVERY_MS)
}

function groupExists(leader: number): boolean {
  try {
    process.kill(-leader, 0)
    return true
  } catch {
    return false
  }
}

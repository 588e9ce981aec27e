import { readdir, readFile } from 'node:fs/promises'

/** What a process holds and how much it has worked. */
export interface Footprint {
  readonly threads: number
  readonly handles: number
  /** Time on a processor so far, in milliseconds. */
  readonly cpuMs: number
}

/** Clock ticks a second in /proc/<pid>/stat, 100 on every Linux that Node runs on (proc(5), sysconf _SC_CLK_TCK). */
const TICKS_PER_SECOND = 100

/** Reads the footprint of a process; undefined where there is no /proc or no such process. */
export async function readFootprint(pid: number): Promise<Footprint | undefined> {
  try {
    const [tasks, files, stat] = await Promise.all([
      readdir(`/proc/${pid}/task`),
      readdir(`/proc/${pid}/fd`),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // The name in parentheses may hold spaces; utime and stime are the 12th and 13th value after it.
    const values = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(values[11]) + Number(values[12])
    return { threads: tasks.length, handles: files.length, cpuMs: (ticks * 1_000) / TICKS_PER_SECOND }
  } catch {
    return undefined
  }
}

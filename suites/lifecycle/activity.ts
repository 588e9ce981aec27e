import { readdir, readFile } from 'node:fs/promises'

/** What a process does at one moment. */
export interface Activity {
  /** Processor time that it has used so far. */
  readonly seconds: number
  /** Whether one of its threads runs, or would if there were a processor for it. */
  readonly running: boolean
}

/** What a process did for a while. */
export interface Load {
  /** Share of one processor. */
  readonly share: number
  /** Share of the moments at which it was seen running. */
  readonly running: number
}

/** Clock ticks a second in /proc: USER_HZ, 100 on every Linux that Node runs on (man 5 proc). */
const USER_HZ = 100

/** A quarter of a processor is no idling; on a crowded machine a loop gets less, but it never sleeps. */
export function isBusy({ share, running }: Load): boolean {
  return share >= 0.25 || (running >= 0.8 && share >= 0.03)
}

/** Reads /proc; undefined where there is none, or no such process. */
export async function readActivity(pid: number): Promise<Activity | undefined> {
  const fields = await statFields(`/proc/${pid}/stat`)
  if (fields === undefined) return undefined
  const threads = await readdir(`/proc/${pid}/task`).catch(() => [])
  const states = await Promise.all(
    threads.map(async (thread) => (await statFields(`/proc/${pid}/task/${thread}/stat`))?.[0]),
  )
  return {
    seconds: (Number(fields[11]) + Number(fields[12])) / USER_HZ,
    running: states.includes('R'),
  }
}

/** The command in the second field may hold blanks and parentheses: the fields after it begin behind the last ')'. */
async function statFields(file: string): Promise<readonly string[] | undefined> {
  const stat = await readFile(file, 'utf8').catch(() => undefined)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

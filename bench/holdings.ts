import { readdirSync, readFileSync } from 'node:fs'

/** What this process holds at one moment. */
export interface Holdings {
  /** Open descriptors. */
  readonly fds: number
  /** What keeps the event loop going: sockets, pipes, timers, children. */
  readonly handles: number
  /** Listeners on the process itself; each started plugin has one while it lives. */
  readonly listeners: number
  /** Child processes, zombies included. */
  readonly children: number
  /** Bytes of JavaScript that are reachable. */
  readonly heap: number
  /** Bytes of memory in all. */
  readonly rss: number
}

/** Looks, after everything that is due has been done and the garbage has been collected. */
export async function holdings(): Promise<Holdings> {
  // What was closed just now goes with one of the next turns of the event loop.
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
  if (gc === undefined) throw new TypeError('Start Node with --expose-gc, as npm run bench does.')
  gc()
  const { heapUsed, rss } = process.memoryUsage()
  return {
    // Reading the folder takes a descriptor itself.
    fds: readdirSync('/proc/self/fd').length - 1,
    handles: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    children: childrenOf(process.pid),
    heap: heapUsed,
    rss,
  }
}

function childrenOf(parent: number): number {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => parentOf(pid) === parent).length
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in the second field may hold blanks and parentheses: the fields after it begin behind the last ')'.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}

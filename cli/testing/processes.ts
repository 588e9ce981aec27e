import { readFile, readdir } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** How often the process table is looked at, in milliseconds; the kernel tells nobody when it changes. */
const LOOK_MS = 20

/** Waits until so many processes (at least, or exactly none) have the text in their command lines, and returns their command lines. */
export async function processesOf(text: string, wanted: number): Promise<readonly string[]> {
  for (let left = 500; ; left--) {
    const found = await commandLines(text)
    if (left === 0 || (wanted === 0 ? found.length === 0 : found.length >= wanted)) return found
    await pause(LOOK_MS)
  }
}

async function commandLines(text: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  // The command line under test names the folder as well.
  return lines.filter((line) => line.includes(text) && !line.includes('cli/main.js'))
}

import type { Behaviour } from './behaviour.ts'
import { formatEntry } from './logs/format-entry.ts'
import { processWorld } from './process-world.ts'
import { serve } from './serve.ts'

/** Runs a behaviour as the process that this is. */
export async function runAsProcess(behaviour: Behaviour): Promise<void> {
  // Node would print a stack trace over many lines, which the host reads as many events (LIFE-130).
  process.on('uncaughtException', (error) => {
    const fields = { error: error.message, stack: error.stack }
    process.stderr.write(
      `${formatEntry({ level: 'error', message: 'plugin crashed', at: new Date(), fields })}\n`,
    )
    process.exit(1)
  })
  await serve(behaviour, processWorld()).started
}

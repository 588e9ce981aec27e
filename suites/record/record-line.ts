import type { RunEvent } from '../kernel/run-events.ts'

/** Version of the shape of recorded runs (fixtures/record.schema.json). */
export const RECORD_VERSION = 1

/** The line of a recorded run that stands for an event; undefined for conversations, which are no part of it. */
export function recordLine(event: RunEvent): string | undefined {
  if (event.kind === 'host') return undefined
  const line = event.kind === 'run-started' ? { record: RECORD_VERSION, ...event } : event
  return `${JSON.stringify(line)}\n`
}

import { ConformanceError } from '../../host/conformance-error.ts'
import type { RunEvent } from '../kernel/run-events.ts'
import { RECORD_VERSION } from './record-line.ts'

/** A recorded run. */
export interface RecordedRun {
  readonly events: readonly RunEvent[]
  /** What a run that was cut off did not get to; undefined when the record has its end. */
  readonly missing: { readonly cases: number; readonly of: number } | undefined
}

const KINDS: ReadonlySet<unknown> = new Set([
  'run-started',
  'contract',
  'start-fault',
  'case-started',
  'case-ended',
  'observed',
  'run-ended',
] satisfies ReadonlyArray<RunEvent['kind']>)

/** Reads the lines that `recordLine` wrote; a last line without its end was cut off and does not count. */
export function readRecord(text: string, file: string): RecordedRun {
  const lines = text.split('\n').slice(0, -1)
  const events = lines.map((line, index) => readEvent(line, `${file}:${index + 1}`))
  const [started] = events
  if (started?.kind !== 'run-started')
    throw malformed(
      `Expected ${file} to begin with the event "run-started"; found ${lines.length === 0 ? 'no whole line' : `"${started?.kind ?? ''}"`}.`,
    )
  const { record } = started as typeof started & { readonly record?: unknown }
  if (record !== RECORD_VERSION)
    throw malformed(
      `Expected ${file} to be a record of version ${RECORD_VERSION}; found version ${String(record)}.`,
    )
  const ended = events.some((event) => event.kind === 'run-ended')
  const done = events.filter((event) => event.kind === 'case-ended').length
  return { events, missing: ended ? undefined : { cases: started.cases - done, of: started.cases } }
}

function readEvent(line: string, place: string): RunEvent {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {
    throw malformed(`Expected an event as JSON in ${place}; found ${JSON.stringify(line.slice(0, 60))}.`)
  }
  if (typeof event !== 'object' || event === null || !('kind' in event) || !KINDS.has(event.kind))
    throw malformed(`Expected an event of a run in ${place}; found ${line.slice(0, 60)}.`)
  return event as RunEvent
}

function malformed(message: string): ConformanceError {
  const hint = 'Records are written by `run --report ndjson=<path>`, reports by `run --report json=<path>`.'
  return new ConformanceError('configuration-invalid', message, { hint })
}

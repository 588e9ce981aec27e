import type { LogEntry } from './entry.ts'

/** Longer lines are cut up and never parsed by the host (LIFE-129). */
const MAX_BYTES = 60_000

/** hclog's JSON form: three keys that are strings, a timestamp with exactly six digits, then everything else (LIFE-122 to LIFE-126). */
export function formatEntry(entry: LogEntry): string {
  const head = {
    '@level': entry.level,
    '@message': entry.message,
    // toISOString has three digits, and Go's parser of these lines demands six (LIFE-125).
    '@timestamp': entry.at.toISOString().replace('Z', '000Z'),
    '@module': 'reference',
  }
  // Twice: first for the order of the keys, last so that no field can replace one of them.
  const line = JSON.stringify({ ...head, ...entry.fields, ...head })
  if (Buffer.byteLength(line) <= MAX_BYTES) return line
  return JSON.stringify({ ...head, '@message': entry.message.slice(0, 1000), truncated: true })
}

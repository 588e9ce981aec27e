import type { LogRecord } from '../../host/logs/log-record.ts'

/** An entry in hclog form begins with a brace; where it was torn, or indented, a line begins with one of its keys. */
const BEGINS_AS_ENTRY = /^\s*(?:\{\s*)?"@(?:level|message|timestamp)"\s*:/

/**
 * Whether a line is a piece of a log entry, or several mixed with each other (LIFE-130).
 *
 * Only lines that begin with one of hclog's own keys count: plain text may have braces, and quote entries.
 */
export function isTorn(record: LogRecord): boolean {
  return record.form === 'plain' && BEGINS_AS_ENTRY.test(record.raw)
}

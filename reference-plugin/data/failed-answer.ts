import type { ErrorSource, FailedAnswer } from './answer.ts'

/** A failure that is the asker's: a query that can't be understood. */
export function badQuery(message: string): FailedAnswer {
  return failedAnswer(message, { status: 400, source: 'downstream' })
}

/** A failed query without any frame. */
export function failedAnswer(message: string, why: { status: number; source: ErrorSource }): FailedAnswer {
  return { kind: 'failed', message, ...why, frames: [] }
}

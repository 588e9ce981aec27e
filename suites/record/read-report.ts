import { ConformanceError } from '../../host/conformance-error.ts'
import { catalogue } from '../catalogue.ts'
import { foldReport } from '../kernel/fold-report.ts'
import type { Report } from '../kernel/report.ts'
import { readRecord } from './read-record.ts'
import type { RecordedRun } from './read-record.ts'

/** A report out of a file. */
export interface ReadReport {
  readonly report: Report
  /** What is missing of a run that was cut off. */
  readonly missing: RecordedRun['missing']
}

/** Reads a report, or the record of a run, which it folds; `file` is for messages. */
export function readReport(text: string, file: string): ReadReport {
  const whole = parsed(text)
  if (isReport(whole)) return { report: whole, missing: undefined }
  if (typeof whole === 'object' && whole !== null && 'report' in whole)
    throw new ConformanceError(
      'configuration-invalid',
      `Expected ${file} to be a report of version 1; found version ${JSON.stringify(whole.report)}.`,
      { hint: 'Use the version of this program that wrote it.' },
    )
  const { events, missing } = readRecord(text, file)
  return { report: foldReport(events, catalogue), missing }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isReport(value: unknown): value is Report {
  return (
    typeof value === 'object' &&
    value !== null &&
    'report' in value &&
    value.report === 1 &&
    'rules' in value &&
    Array.isArray(value.rules)
  )
}

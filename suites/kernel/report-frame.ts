import type { KnownIssue } from './known-issue.ts'
import type { Report } from './report.ts'

/** What is known of a run before it begins: together with its events it makes the report. */
export interface ReportFrame {
  readonly tool: Report['tool']
  readonly edition: string
  readonly grafana: string
  readonly seed: number
  /** Only when every start asked for AutoMTLS. */
  readonly autoMtls?: true
  readonly subject: Report['subject']
  readonly known: readonly KnownIssue[]
  /** Warnings count as failures. */
  readonly strict: boolean
  /** Rules without a verdict count as failures. */
  readonly requireComplete: boolean
}

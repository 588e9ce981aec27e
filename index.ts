/**
 * Judges a Grafana backend plugin in any language.
 *
 * @example
 * import { judge } from 'grafana-plugin-conformance'
 *
 * const report = await judge('./my-plugin')
 * console.log(report.exitCode, report.counts)
 *
 * @module
 */

// For users
export { judge } from './suites/judge.ts'
export type { JudgeOptions } from './suites/judge.ts'
export type { Report, ReportedCase, ReportedRule } from './suites/kernel/report.ts'
export { ConformanceError } from './host/conformance-error.ts'

export { consult } from './suites/doctor/consult.ts'
export type { ConsultOptions } from './suites/doctor/consult.ts'
export type { Examination, Step } from './suites/doctor/examination.ts'

// For integrators
export type { RunEvent } from './suites/kernel/run-events.ts'
export type { Samples } from './suites/kernel/samples.ts'

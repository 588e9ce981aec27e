/**
 * The catalogue of rules and the kernel that judges by it.
 *
 * @example
 * import { catalogue } from 'grafana-plugin-conformance/suites'
 *
 * console.log(catalogue.rules.map((rule) => rule.id))
 *
 * @module
 */

// For users
export { catalogue } from './catalogue.ts'
export type { Report, ReportedCase, ReportedRule } from './kernel/report.ts'
export type { Level, Rule, Source } from './kernel/rule.ts'
export type { Evidence, Verdict } from './kernel/verdict.ts'
export { renderReport } from './report/terminal.ts'

// For integrators
export { run } from './kernel/run.ts'
export type { RunOptions } from './kernel/run-options.ts'
export type { RunEvent } from './kernel/run-events.ts'
export type { Catalogue } from './kernel/catalogue.ts'
export { defineRules } from './kernel/rule.ts'
export { defineCase } from './kernel/case.ts'
export { defineObserver } from './kernel/observer.ts'
export { defineMutant } from './kernel/mutant.ts'
export { defineOddball } from './kernel/oddball.ts'
export { judgedSubject } from './judged-subject.ts'

import type { PreflightFinding } from '../../host/launch/preflight.ts'
import { defineCase } from '../kernel/case.ts'
import type { CaseContext } from '../kernel/case-context.ts'
import type { Rule } from '../kernel/rule.ts'
import { rules } from './rules.ts'

/** Which finding breaks which rule; what is in no row is told as a note. */
const breaking: ReadonlyArray<readonly [rule: Rule, breaks: (finding: PreflightFinding) => boolean]> = [
  [rules['executable-is-there'], ({ kind }) => kind === 'missing' || kind === 'without-backend'],
  [rules['executable-may-be-executed'], ({ kind }) => kind === 'not-executable'],
  [
    rules['executable-loads-here'],
    ({ kind, fatal }) =>
      fatal && (kind === 'unknown-format' || kind === 'wrong-architecture' || kind === 'missing-interpreter'),
  ],
]

/** What can be said of an executable only when it is there. */
const breakingShipped: typeof breaking = [
  [rules['executable-needs-no-glibc'], ({ kind }) => kind === 'glibc'],
  [rules['interpreter-is-found-without-path'], ({ kind }) => kind === 'interpreter-on-path'],
  [rules['executables-have-mode-0755'], ({ kind }) => kind === 'mode'],
  [rules['no-debugging-files'], ({ kind }) => kind === 'debug-file'],
]

/** What can be said only where there is a plugin.json. */
const breakingMetadata: typeof breaking = [
  [rules['metadata-is-complete'], ({ about }) => about === 'missing'],
  [rules['metadata-keys-are-spelled-right'], ({ about }) => about === 'unknown-key'],
  [rules['metadata-values-are-known'], ({ about }) => about === 'value'],
]

const files = defineCase({
  id: 'manifest/files',
  title: 'looks at plugin.json and at the files beside it without starting anything',
  judges: [
    rules['executable-is-there'],
    rules['executable-may-be-executed'],
    rules['executable-loads-here'],
    rules['executables-fit-their-names'],
    rules['executable-needs-no-glibc'],
    rules['interpreter-is-found-without-path'],
    rules['executables-have-mode-0755'],
    rules['no-debugging-files'],
    rules['metadata-is-complete'],
    rules['metadata-keys-are-spelled-right'],
    rules['metadata-values-are-known'],
  ],
  process: 'none',
  run(t) {
    const findings = t.subject.preflight
    const missing = findings.some((finding) => finding.kind === 'missing')
    for (const [rule, breaks] of [...breaking, ...breakingShipped]) judge(t, rule, findings.filter(breaks))
    for (const [rule, breaks] of breakingMetadata) {
      if (t.subject.hasPluginJson) judge(t, rule, findings.filter(breaks))
      else t.rule(rule).inapplicable('a plugin.json')
    }
    // The program that is started here may belong to another platform and run all the same, translated by the system.
    judge(
      t,
      rules['executables-fit-their-names'],
      findings.filter(
        ({ kind, fatal, what }) => kind === 'wrong-architecture' && !fatal && what !== t.subject.command,
      ),
    )
    if (missing) {
      for (const rule of [
        rules['executable-may-be-executed'],
        rules['executable-loads-here'],
        rules['executable-needs-no-glibc'],
        rules['interpreter-is-found-without-path'],
      ])
        t.rule(rule).unverified('the executable for this platform')
    }
    for (const { kind, what, found, fix } of findings) t.note(kind, `${what}: ${found}. ${fix}`)
  },
})

function judge(t: CaseContext, rule: Rule, findings: readonly PreflightFinding[]): void {
  for (const { expected, found, what } of findings) t.rule(rule).broken(expected, `${found} (${what})`)
  if (findings.length === 0) t.rule(rule).upheld()
}

/** Looks at files. */
export const cases = [files]

import type { PreflightFinding, PreflightFindingKind } from '../../host/launch/preflight-finding.ts'
import type { JudgedSubject } from '../kernel/subject.ts'
import type { Step } from './examination.ts'

/** Findings that say nothing against the plugin: it need not run everywhere. */
const harmless: ReadonlySet<PreflightFindingKind> = new Set(['missing-platform'])

/** The files of a plugin, as they were found before anything was started. */
export function filesSteps({ preflight, command, start }: JudgedSubject): readonly Step[] {
  if (start === 'attached' && preflight.length === 0) return []
  const told = preflight.filter(({ kind }) => !harmless.has(kind))
  const others = preflight.filter(({ kind }) => harmless.has(kind))
  const steps = told.map((finding) => stepOf(finding))
  if (!told.some(({ fatal }) => fatal))
    steps.unshift({ name: 'files', mark: 'good', ms: undefined, text: command })
  return [
    ...steps,
    ...others.map(({ found }): Step => ({ name: 'platforms', mark: 'told', ms: undefined, text: found })),
  ]
}

function stepOf({ fatal, kind, what, expected, found, fix }: PreflightFinding): Step {
  return {
    name: kind === 'metadata' ? 'plugin.json' : 'files',
    mark: fatal ? 'bad' : 'warning',
    ms: undefined,
    text: `${what}: expected ${expected}; found ${found}`,
    fix,
  }
}

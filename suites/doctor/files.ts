import { basename } from 'node:path'

import { describeFormat } from '../../host/launch/executable-format.ts'
import { inspectExecutable } from '../../host/launch/inspect-executable.ts'
import { octal } from '../../host/launch/missing-executable.ts'
import type { PreflightFinding, PreflightFindingKind } from '../../host/launch/preflight-finding.ts'
import type { JudgedSubject } from '../kernel/subject.ts'
import type { Step } from './examination.ts'

/** Findings that say nothing against the plugin: it need not run everywhere. */
const harmless: ReadonlySet<PreflightFindingKind> = new Set(['missing-platform'])

/** The files of a plugin, as they were found before anything was started. */
export async function filesSteps({ preflight, command, start }: JudgedSubject): Promise<readonly Step[]> {
  if (start === 'attached' && preflight.length === 0) return []
  const told = preflight.filter(({ kind }) => !harmless.has(kind))
  const others = preflight.filter(({ kind }) => harmless.has(kind))
  const steps = told.map((finding) => stepOf(finding))
  if (!told.some(({ fatal }) => fatal))
    steps.unshift({
      name: 'files',
      mark: 'good',
      ms: undefined,
      text: start === 'child' ? await described(command) : command,
    })
  return [
    ...steps,
    ...others.map(({ found }): Step => ({ name: 'platforms', mark: 'told', ms: undefined, text: found })),
  ]
}

async function described(file: string): Promise<string> {
  const { format, mode } = await inspectExecutable(file)
  const interpreter = format.kind === 'elf' ? [format.interpreter ?? 'static'] : []
  return [basename(file), describeFormat(format), ...interpreter, octal(mode)]
    .filter((part) => part !== '')
    .join(', ')
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

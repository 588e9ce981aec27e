import { defaultBudgets } from '../../host/budgets.ts'
import { newestProfile } from '../../host/context/profile.ts'
import { resolveSubject } from '../../host/launch/resolve-subject.ts'
import { refuseStandalone } from '../../host/launch/standalone.ts'
import { judgedSubject } from '../judged-subject.ts'
import { findSamples } from '../samples/find-samples.ts'
import { TOOL } from '../tool.ts'
import { examine } from './examine.ts'
import type { Examination } from './examination.ts'
import type { ExamineOptions } from './examine-options.ts'

/** How a plugin is examined; everything has the default of the command line. */
export type ConsultOptions = Partial<Omit<ExamineOptions, 'subject' | 'tool'>> & {
  /** Address or handshake line of a plugin that runs already. */
  readonly attach?: string
}

/** Examines the plugin at a path (folder, plugin.json or executable), and says what is wrong with it. */
export async function consult(path: string | undefined, options: ConsultOptions = {}): Promise<Examination> {
  const cwd = process.cwd()
  const { attach, samples, ...rest } = options
  refuseStandalone(options.args ?? [])
  const subject = await judgedSubject(
    await resolveSubject(path, { cwd, ...(attach === undefined ? {} : { attach }) }),
  )
  return examine({
    subject,
    samples: samples ?? (await findSamples(subject.directory, cwd)).samples,
    profile: newestProfile,
    budgets: defaultBudgets,
    inherited: process.env,
    tool: TOOL,
    ...rest,
  })
}

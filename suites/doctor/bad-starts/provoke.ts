import { readdir } from 'node:fs/promises'
import path from 'node:path'

import type { Budgets } from '../../../host/budgets.ts'
import { defaultBudgets } from '../../../host/budgets.ts'
import { ConformanceError } from '../../../host/conformance-error.ts'
import type { HostEvent } from '../../../host/events.ts'
import { currentPlatform, executableName } from '../../../host/launch/platform.ts'
import { temporaryFolder } from '../../../host/launch/temporary-folder.ts'
import { noSamples } from '../../kernel/samples.ts'
import { plainStyle } from '../../report/text.ts'
import { renderExamination } from '../../report/doctor.ts'
import { consult } from '../consult.ts'
import type { BadStart } from './bad-start.ts'

/** What became of a bad start. */
export interface Provoked {
  /** The diagnosis, or the code of the error that kept anything from being started. */
  readonly diagnosed: string
  readonly exitCode: number
  /** Everything that a person is shown, lines joined. */
  readonly text: string
  readonly events: readonly HostEvent[]
  /** Files in the plugin's folder that were not there before. */
  readonly newFiles: readonly string[]
}

const pluginJson = JSON.stringify({
  id: 'test-datasource',
  type: 'datasource',
  name: 'Test',
  backend: true,
  executable: 'gpx_test',
  info: { version: '1.0.0' },
})

/** Makes the folder of a bad start, lets the doctor look at it, and removes it. */
export async function provoke(bad: BadStart): Promise<Provoked> {
  const name = executableName('gpx_test', currentPlatform())
  const files = Object.entries(bad.files).map(
    ([file, entry]) => [file.replace('{program}', name), entry] as const,
  )
  await using folder = await temporaryFolder({ 'plugin.json': pluginJson, ...Object.fromEntries(files) })
  const before = await readdir(folder.path)
  const inherited = Object.entries(bad.inherited ?? {}).map(([key, value]) => [
    key,
    value.replace('{folder}', folder.path),
  ])
  const budgets: Budgets = { ...defaultBudgets, ...bad.budgets }
  const events: HostEvent[] = []
  const seen = async () => ({
    events,
    newFiles: (await readdir(folder.path))
      .filter((file) => !before.includes(file))
      .map((file) => path.basename(file)),
  })
  try {
    const examination = await consult(folder.path, {
      samples: noSamples,
      budgets,
      inherited: Object.fromEntries(inherited),
      onEvent: (event) => events.push(event),
    })
    const text = joined(renderExamination(examination, { ...plainStyle, columns: 10_000 }))
    return {
      diagnosed: examination.diagnosis?.kind ?? 'nothing',
      exitCode: examination.exitCode,
      text,
      ...(await seen()),
    }
  } catch (error) {
    const ours = ConformanceError.from(error)
    const exitCode = ours.code === 'harness-fault' ? 4 : 2
    return { diagnosed: ours.code, exitCode, text: `${ours.message} ${ours.hint ?? ''}`, ...(await seen()) }
  }
}

/** Wrapped lines are one sentence. */
function joined(text: string): string {
  return text.replaceAll(/\n\s*/g, ' ')
}

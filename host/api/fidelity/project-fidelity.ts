import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { hostProfiles } from '../../context/profile.ts'
import { compareAnswers } from './compare-answers.ts'
import type { Comparison } from './compare-answers.ts'
import { readExchanges } from './recorded-exchange.ts'
import type { RecordedExchange } from './recorded-exchange.ts'

/** The recorded exchanges of this project; `root` is the folder of its sources. */
export async function projectExchanges(root: string): Promise<readonly RecordedExchange[]> {
  return readExchanges(await readFile(join(root, 'fixtures/recordings/answers.ndjson'), 'utf8'))
}

/** How the mapping compares with every recorded answer of a plugin. */
export async function projectFidelity(root: string): Promise<readonly Comparison[]> {
  const recorded = hostProfiles.filter((profile) => profile.recorded)
  return compareAnswers(await projectExchanges(root), recorded)
}

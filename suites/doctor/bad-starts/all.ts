import { addresses } from './addresses.ts'
import type { BadStart } from './bad-start.ts'
import { deaths } from './deaths.ts'
import { environments } from './environments.ts'
import { fileFaults } from './files.ts'
import { firstLines } from './first-lines.ts'

/** Every bad start that the doctor is known to explain. */
export const badStarts: readonly BadStart[] = [
  ...fileFaults,
  ...deaths,
  ...environments,
  ...firstLines,
  ...addresses,
]

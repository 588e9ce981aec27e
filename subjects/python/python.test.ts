import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { beforeAll, describe, expect, test } from 'vitest'

import { hostProfiles } from '../../host/context/profile.ts'
import { judge } from '../../suites/judge.ts'

const command = promisify(execFile)

/** The packages are about 60 MB. */
const BUILD_MS = 10 * 60_000

const python = await command('python3', [
  '-c',
  'import sys, venv, ensurepip; assert sys.version_info >= (3, 11)',
]).then(
  () => true,
  () => false,
)
if (!python) {
  // On a user's machine this is a skip with a reason; where subjects are required it is a failure.
  const lack = 'Python 3.11 with venv is not installed.'
  if (process.env['REQUIRE_SUBJECTS'] !== undefined)
    throw new Error(`The Python subject is required and ${lack}`)
  process.stderr.write(`Skipping the Python subject: ${lack}\n`)
}

describe.skipIf(!python)('a data source in plain Python', () => {
  beforeAll(async () => {
    await command('./build.sh', { cwd: 'subjects/python' })
  }, BUILD_MS)

  test.each(hostProfiles.map((profile) => [profile.name, profile] as const))(
    'breaks no rule as Grafana %s, and leaves none open',
    async (_, profile) => {
      const report = await judge('subjects/python/dist', { profile })
      const open = report.rules.filter((rule) => !['upheld', 'inapplicable'].includes(rule.verdict.kind))
      expect(open.map(({ id, verdict, cases }) => ({ id, verdict, cases }))).toEqual([])
      expect(report.contract).toBe('scripted')
      expect(report.exitCode).toBe(0)
    },
    300_000,
  )
})

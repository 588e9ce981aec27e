import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { beforeAll, describe, expect, test } from 'vitest'

import { hostProfiles } from '../../host/context/profile.ts'
import { judge } from '../../suites/judge.ts'

const command = promisify(execFile)

/** Building the official SDK from an empty cache takes about a minute on two cores. */
const BUILD_MS = 10 * 60_000

const go = await command('go', ['version']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
)
if (go === undefined) {
  // On a user's machine this is a skip with a reason; where subjects are required it is a failure.
  if (process.env['REQUIRE_SUBJECTS'] !== undefined)
    throw new Error('The Go subject is required and `go` is not installed.')
  process.stderr.write('Skipping the Go subject: `go` is not installed.\n')
}

describe.skipIf(go === undefined)('a data source on the official Go SDK', () => {
  beforeAll(async () => {
    await command('./build.sh', { cwd: 'subjects/go' })
  }, BUILD_MS)

  test.each(hostProfiles.map((profile) => [profile.name, profile] as const))(
    'breaks no MUST rule as Grafana %s',
    async (_, profile) => {
      const report = await judge('subjects/go/dist', { profile })
      const broken = report.rules.filter((rule) => rule.verdict.kind === 'broken')
      expect(broken.filter((rule) => rule.level === 'must')).toEqual([])
      expect(report.rules.filter((rule) => rule.verdict.kind === 'harness-fault')).toEqual([])
      expect(report.exitCode).toBe(0)
      expect(report.counts.upheld).toBeGreaterThan(report.rules.length / 2)
    },
    120_000,
  )
})

import { expect, test } from 'vitest'

import { defaultBudgets } from '../../host/budgets.ts'
import { profileNamed } from '../../host/context/profile.ts'
import type { OperatorSettings } from '../../host/context/operator.ts'
import type { Env } from '../../reference-plugin/behaviour.ts'
import { reference } from '../../reference-plugin/reference.ts'
import { referenceSubject } from '../reference-subject.ts'
import { defineCase } from './case.ts'
import type { Report } from './report.ts'
import { defineRules } from './rule.ts'
import { run } from './run.ts'
import { noSamples } from './samples.ts'

const definition = {
  statement: 's',
  level: 'must',
  consequence: 'c',
  sources: [{ spec: 'LIFE-026' }],
} as const
const rules = defineRules('query', { one: definition })

interface Host {
  readonly grafana: string
  readonly inherited: Record<string, string>
  readonly operator?: OperatorSettings
  /** Called between the two starts of the case. */
  readonly between?: () => void
  /** Where the plugin refuses to start. */
  readonly refuses?: (env: Env) => boolean
}

/** Starts the plugin once for the run and twice for a case, and returns what environments it got. */
async function started(
  host: Host,
): Promise<{ readonly report: Report; readonly environments: readonly Env[] }> {
  const environments: Env[] = []
  const subject = await referenceSubject({
    ...reference,
    process: {
      ...reference.process,
      listen(env) {
        environments.push(env)
        if (host.refuses?.(env) === true) throw new Error('These surroundings are not what they were.')
        return reference.process.listen(env)
      },
    },
  })
  const twice = defineCase({
    id: 'query/twice',
    title: 't',
    judges: [rules.one],
    process: 'fresh',
    async run(t) {
      await t.up()
      host.between?.()
      await t.up()
      t.rule(rules.one).upheld()
    },
  })
  const report = await run({
    subject,
    catalogue: { rules: [rules.one], cases: [twice], observers: [] },
    profile: profileNamed(host.grafana),
    samples: noSamples,
    contract: 'any',
    budgets: defaultBudgets,
    seed: 1,
    jobs: 1,
    filter: { only: [], skip: [] },
    inherited: host.inherited,
    tool: { name: 'tests', version: '0' },
    ...(host.operator === undefined ? {} : { operator: host.operator }),
  })
  return { report, environments }
}

test('the environment is computed anew at every start (LIFE-026)', async () => {
  const inherited = { ROTATED: 'old' }
  const { environments } = await started({
    grafana: '12',
    inherited,
    between: () => {
      inherited.ROTATED = 'new'
    },
  })
  expect(environments.map((env) => env['ROTATED'])).toEqual(['old', 'old', 'new'])
})

test('what an operator configured reaches every start (LIFE-022, LIFE-027)', async () => {
  const { environments } = await started({
    grafana: '12.4',
    inherited: { HOME: '/h' },
    operator: { forwardHostEnv: true, pluginSettings: { url: 'u' } },
  })
  expect(environments).toHaveLength(3)
  for (const env of environments) expect(env).toMatchObject({ HOME: '/h', GF_PLUGIN_URL: 'u' })
})

test('in runner mode every start has a folder of its own (LIFE-012)', async () => {
  const { environments } = await started({ grafana: '12.4', inherited: {}, operator: { runnerMode: true } })
  expect(new Set(environments.map((env) => env['PLUGIN_UNIX_SOCKET_DIR'])).size).toBe(3)
})

test('a plugin that starts only where everything is inherited is told which variables it misses (LIFE-022)', async () => {
  const inherited = { HOME: '/h', PATH: '/p', SECRET: 'canary-value', TERM: 't' }
  const refuses = (env: Env): boolean => env['HOME'] === undefined || env['SECRET'] === undefined
  const { report } = await started({ grafana: '12.4', inherited, refuses })
  const text = report.startFault?.environment
  expect(text).toMatch(
    /It needs (HOME and SECRET|SECRET and HOME)\. Only in the older one: HOME, PATH, SECRET, TERM\./,
  )
  expect(text).toContain('forward_host_env_vars')
  expect(JSON.stringify(report)).not.toContain('canary-value')
  const older = await started({ grafana: '12', inherited, refuses })
  expect(older.report.startFault).toBeUndefined()
})

test('a plugin that starts nowhere is told nothing about variables', async () => {
  const { report } = await started({ grafana: '12.4', inherited: { HOME: '/h' }, refuses: () => true })
  expect(report.startFault).toBeDefined()
  expect(report.startFault?.environment).toBeUndefined()
})

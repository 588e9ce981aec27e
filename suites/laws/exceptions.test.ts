import { afterEach, describe, expect, test, vi } from 'vitest'

import type { HostEvent } from '../../host/events.ts'
import { defineCase } from '../kernel/case.ts'
import type { Case } from '../kernel/case.ts'
import type { Catalogue } from '../kernel/catalogue.ts'
import { defineObserver } from '../kernel/observer.ts'
import type { Report } from '../kernel/report.ts'
import { defineRules } from '../kernel/rule.ts'
import type { Rule } from '../kernel/rule.ts'
import { judge } from './judge.ts'
import { leftBehind, Processes, openSockets, surroundings } from './surroundings.ts'

const definition = {
  statement: 's',
  level: 'must',
  consequence: 'c',
  sources: [{ spec: 'LIFE-160' }],
} as const

const rules = defineRules('errors', {
  'ours-one': definition,
  'ours-two': definition,
  good: definition,
  seen: definition,
})

const fault = new TypeError('a mistake of ours')

/** A case of ours that concludes nothing, because it throws. */
function throws(process: 'none' | 'start', run: () => never): Case
function throws(process: 'shared', run: Extract<Case, { readonly process: 'shared' }>['run']): Case
function throws(process: 'fresh', run: Extract<Case, { readonly process: 'fresh' }>['run']): Case
function throws(process: Case['process'], run: (t: never) => unknown): Case {
  // The overloads pair each process with its own context.
  return { id: 'errors/throws', title: 't', judges: [rules['ours-one']], process, run } as Case
}

/** Longer than any test: only the end of the plugin ends it. */
const long = { budgetMs: 600_000 }

const mistakes: Readonly<Record<string, Case>> = {
  'a look at files': throws('none', () => {
    throw fault
  }),
  'a look at the start': throws('start', () => {
    throw fault
  }),
  'a shared case': throws('shared', () => Promise.reject(fault)),
  'a shared case with a call in flight': throws('shared', (t) => {
    const queries = [t.query({ model: { conformance: { delayMs: 300 } } })]
    void t.plugin.data.queryData({ pluginContext: t.context(), queries })
    return Promise.reject(fault)
  }),
  'a shared case with a connection open': throws('shared', async (t) => {
    await t.plugin.connect()
    throw fault
  }),
  'a case before it starts anything': throws('fresh', () => Promise.reject(fault)),
  'a case with a folder': throws('fresh', async (t) => {
    await t.folder()
    throw fault
  }),
  'a case that does not wait for its folder': throws('fresh', (t) => {
    void t.folder()
    return Promise.reject(fault)
  }),
  'a case with a plugin': throws('fresh', async (t) => {
    await t.up()
    throw fault
  }),
  'a case that does not wait for its plugin': throws('fresh', (t) => {
    void t.start()
    return Promise.reject(fault)
  }),
  'a case of whose two starts one fails': throws('fresh', async (t) => {
    const wrong = t.start({ cwd: '/no/such/folder' }).then(() => Promise.reject(fault))
    await Promise.all([t.up(), wrong])
  }),
  'a case with a stream in flight': throws('fresh', async (t) => {
    const plugin = await t.up()
    const stream = plugin.stream.runStream({ pluginContext: t.context(), path: 'conformance/hold' }, long)
    await stream.next(t.budgets.firstPacket)
    throw fault
  }),
  'a case with a call in flight': throws('fresh', async (t) => {
    const plugin = await t.up()
    const queries = [t.query({ model: { conformance: { delayMs: 600_000 } } })]
    void plugin.data.queryData({ pluginContext: t.context(), queries }, long)
    await plugin.diagnostics.checkHealth({ pluginContext: t.context() })
    throw fault
  }),
  'a case with a plugin that it has killed': throws('fresh', async (t) => {
    const plugin = await t.up()
    plugin.kill('SIGKILL')
    throw fault
  }),
}

const good = defineCase({
  id: 'errors/good',
  title: 't',
  judges: [rules.good],
  process: 'shared',
  async run(t) {
    t.answered(await t.plugin.diagnostics.checkHealth({ pluginContext: t.context() }))
    t.rule(rules.good).upheld()
  },
})

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Runs this catalogue, and looks that nothing is left. */
async function tidy(tried: Catalogue, onEvent: (event: HostEvent) => void = () => {}): Promise<Report> {
  await using place = await surroundings()
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, place.temporary)
  const before = openSockets()
  const processes = new Processes()
  try {
    return await judge(place.subject, {
      catalogue: tried,
      onEvent(event) {
        if (event.kind !== 'host') return
        processes.see(event.event)
        onEvent(event.event)
      },
    })
  } finally {
    expect(processes.pids.length).toBeGreaterThan(0)
    expect(await leftBehind(place, processes, before)).toEqual([])
  }
}

function verdictOf(report: Report, rule: Rule): unknown {
  return report.rules.find((one) => one.id === rule.id)?.verdict
}

describe('law 6: an exception of ours', () => {
  test.each(Object.entries(mistakes))(
    'in %s ends that case alone, and nothing is left',
    async (_, mistake) => {
      const report = await tidy({
        rules: [rules['ours-one'], rules.good],
        cases: [mistake, good],
        observers: [],
      })
      expect(verdictOf(report, rules['ours-one'])).toEqual({
        kind: 'harness-fault',
        error: expect.stringContaining('a mistake of ours') as string,
      })
      expect(verdictOf(report, rules.good)).toEqual({ kind: 'upheld' })
      expect(report.exitCode).toBe(4)
    },
  )

  // One for each place in which the host tells of events: start, pipes, call, answer, end of a call, end of a process.
  const kinds: ReadonlyArray<HostEvent['kind']> = ['spawned', 'log', 'call', 'message', 'status', 'exit']

  test.each(kinds)(
    'in an observer at its first %s ends that observer alone, and nothing is left',
    async (kind) => {
      const observer = defineObserver({
        id: 'errors/throws-too',
        title: 't',
        judges: [rules['ours-two']],
        watches: 'w',
        watch: () => ({
          see(event) {
            if (event.kind === kind) throw fault
          },
        }),
      })
      const calm = defineObserver({
        id: 'errors/sees',
        title: 't',
        judges: [rules.seen],
        watches: 'w',
        watch: () => ({
          see(event, judged) {
            if (event.kind === kind) judged.upheld(rules.seen)
          },
        }),
      })
      const report = await tidy({
        rules: [rules['ours-two'], rules.good, rules.seen],
        cases: [good],
        observers: [observer, calm],
      })
      expect(verdictOf(report, rules['ours-two'])).toMatchObject({ kind: 'harness-fault' })
      expect(verdictOf(report, rules.good)).toEqual({ kind: 'upheld' })
      expect(verdictOf(report, rules.seen)).toEqual({ kind: 'upheld' })
    },
  )

  test.each(kinds)('of whoever watches the run, at the first %s, ends the run in order', async (kind) => {
    let seen = 0
    const run = tidy({ rules: [rules.good], cases: [good], observers: [] }, (event) => {
      if (event.kind === kind && ++seen === 1) throw fault
    })
    await expect(run).rejects.toBe(fault)
  })
})

import { setMaxListeners } from 'node:events'

import { unhurried } from '../../host/budgets.ts'
import { createCanaries } from '../../host/context/canaries.ts'
import type { HostEvent } from '../../host/events.ts'
import type { Plugin, StartOutcome } from '../../host/launch/plugin.ts'
import type { StartFault } from '../../host/launch/start-fault.ts'
import { createCallSpans } from '../../host/trace/call-spans.ts'
import { followCaseCalls } from './case-calls.ts'
import { comparePlaintext } from './compare-plaintext.ts'
import { detectContract } from './detect-contract.ts'
import { explainedStart } from './explained-start.ts'
import { select } from './filter.ts'
import type { Selection } from './filter.ts'
import { giveUp, notUp } from './give-up.ts'
import { foldReport } from './fold-report.ts'
import { judgeCase } from './judge-case.ts'
import type { CaseGrounds, JudgedCase } from './judge-case.ts'
import { Observation } from './observe.ts'
import { checkPause, isPaused } from './pause.ts'
import { planCases } from './plan.ts'
import type { PlanItem } from './plan.ts'
import { pooled } from './pool.ts'
import { preflightFault } from './preflight-fault.ts'
import { seededRandom } from './random.ts'
import type { ReportFrame } from './report-frame.ts'
import type { Report } from './report.ts'
import type { RunEvent } from './run-events.ts'
import type { RunOptions } from './run-options.ts'
import type { RunWorld } from './run-world.ts'
import { SharedProcess } from './shared-process.ts'
import { probeHealth } from './smoke.ts'
import type { Contract } from './subject.ts'

/** The list of rules that counts; rules are frozen into editions when they are released. */
const EDITION = '2026.1'

/** Judges one subject: static cases, start, shared cases, fresh cases, observers (design: "The way of a run"). */
export async function run(options: RunOptions): Promise<Report> {
  const events: RunEvent[] = []
  const began = performance.now()
  let watcherError: { readonly error: unknown } | undefined
  const interrupt = new AbortController()
  const emit = (event: RunEvent): void => {
    // Host events are for those who watch; the report needs only what was concluded from them.
    if (event.kind !== 'host') events.push(event)
    try {
      options.onEvent?.(event)
    } catch (error) {
      // Whoever watches is not of the run: it ends in order, and then the watcher's error is told.
      watcherError ??= { error }
      interrupt.abort()
    }
  }
  const selection = select(options.catalogue, options.filter)
  if (options.pause !== undefined) checkPause(options.pause, options.catalogue, selection)
  const signal =
    options.signal === undefined ? interrupt.signal : AbortSignal.any([options.signal, interrupt.signal])
  // Every call in flight listens to it, and cases have many in flight at once; that is no leak.
  setMaxListeners(0, signal)
  const canaries = createCanaries(seededRandom(options.seed, 'canaries'))
  const { subject, profile } = options
  const observation = new Observation(
    options.catalogue.observers.filter((observer) =>
      observer.judges.some((rule) => selection.rules.has(rule.id)),
    ),
    { subject, profile, canaries },
  )
  const calls = followCaseCalls(profile, (text) => canaries.redact(text))
  const see = (event: HostEvent): void => {
    observation.see(event)
    calls.see(event)
    emit({ kind: 'host', event })
  }
  const world = {
    options,
    canaries,
    spans: createCallSpans(),
    see,
    calls,
    now: () => performance.now() - began,
    random: (name: string) => seededRandom(options.seed, name),
    signal,
    pause: undefined,
  }
  emit({
    kind: 'run-started',
    frame: frameOf(options),
    rules: [...selection.rules],
    cases: selection.cases.size,
  })
  const fault = await judgeAll(options, selection, world, emit)
  emit({ kind: 'observed', verdicts: observation.conclude(fault === undefined ? undefined : notUp(fault)) })
  emit({ kind: 'run-ended', ms: Math.round(world.now()), interrupted: signal.aborted })
  if (watcherError !== undefined) throw watcherError.error
  return foldReport(events, options.catalogue)
}

function frameOf(options: RunOptions): ReportFrame {
  const { id, version, command, sha256 } = options.subject
  return {
    tool: options.tool,
    edition: EDITION,
    grafana: options.profile.grafanaVersion,
    seed: options.seed,
    ...(options.autoMtls === true ? { autoMtls: true } : {}),
    subject: { id, version, command, sha256: sha256 ?? null },
    known: options.known ?? [],
    strict: options.strict ?? false,
    requireComplete: options.requireComplete ?? false,
  }
}

type Emit = (event: RunEvent) => void

async function judgeAll(
  options: RunOptions,
  selection: Selection,
  base: Omit<RunWorld, 'contract'>,
  emit: Emit,
): Promise<StartFault | undefined> {
  const asked: Contract = options.contract === 'auto' ? 'any' : options.contract
  let world: RunWorld = { ...base, contract: asked }
  const plan = (contract: Contract): readonly PlanItem[] =>
    planCases(options.catalogue, selection, { subject: options.subject, contract, samples: options.samples })
  const judge = (item: PlanItem, grounds: CaseGrounds): Promise<JudgedCase> =>
    judgeAndTell(item, worldOf(item, world), grounds, emit)
  const files = plan(asked).filter((item) => item.case.process === 'none')
  await pooled(files, options.jobs, (item) => judge(item, { start: undefined, plugin: undefined }))

  const fatal = options.subject.preflight.find((finding) => finding.fatal)
  if (fatal !== undefined)
    return giveUp(
      preflightFault(fatal, { pluginId: options.subject.id, goPlugin: options.profile.goPlugin }),
      plan(asked),
      ['start', 'shared', 'fresh'],
      emit,
    )

  await using shared = new SharedProcess(world)
  const compared = await comparePlaintext(await shared.get(), world)
  const outcome = await explainedStart(compared, world)
  const starts = plan(asked).filter((item) => item.case.process === 'start')
  await pooled(starts, 1, (item) => judge(item, { start: outcome, plugin: undefined }))
  const fault = outcome.kind === 'refused' ? outcome.fault : await probeHealth(outcome.plugin, options)
  if (fault !== undefined) return giveUp(fault, plan(asked), ['shared', 'fresh'], emit)

  const contract = options.contract === 'auto' ? await detected(outcome, options) : asked
  world = { ...base, contract }
  emit({ kind: 'contract', contract })
  await judgeShared(
    plan(contract).filter((item) => item.case.process === 'shared'),
    shared,
    options,
    judge,
    emit,
  )
  const fresh = plan(contract).filter((item) => item.case.process === 'fresh')
  await oneByOneWhenPaused(fresh, options, (item) => judge(item, { start: undefined, plugin: undefined }))
  return undefined
}

/** Under a debugger nothing is late. */
function worldOf(item: PlanItem, world: RunWorld): RunWorld {
  const { options } = world
  if (options.pause === undefined || !isPaused(item.tag, options.pause)) return world
  return {
    ...world,
    pause: options.pause,
    options: { ...options, budgets: unhurried(options.budgets) },
  }
}

/** Runs items in the pool, and those to pause before alone after them: while a debugger holds the plugin, nobody else may wait for it. */
async function oneByOneWhenPaused(
  items: readonly PlanItem[],
  options: RunOptions,
  work: (item: PlanItem) => Promise<unknown>,
): Promise<void> {
  const waiting = items.filter((item) => isPaused(item.tag, options.pause))
  await pooled(
    items.filter((item) => !waiting.includes(item)),
    options.jobs,
    work,
  )
  await pooled(waiting, 1, work)
}

type JudgeItem = (item: PlanItem, grounds: CaseGrounds) => Promise<JudgedCase>

/**
 * Cases in flight when the shared process dies are tried again one by one, each with a process that nobody else uses:
 * so the guilty one is found and the others are judged.
 */
async function judgeShared(
  items: readonly PlanItem[],
  shared: SharedProcess,
  options: RunOptions,
  judge: JudgeItem,
  emit: Emit,
): Promise<void> {
  const again: PlanItem[] = []
  await oneByOneWhenPaused(items, options, async (item) => {
    const judged = await judge(item, { start: undefined, plugin: await running(shared) })
    if (judged.died) again.push(item)
    else emit({ kind: 'case-ended', tag: item.tag, verdicts: judged.verdicts })
  })
  for (const item of again) {
    const { verdicts } = await judge(item, { start: undefined, plugin: await running(shared) })
    emit({ kind: 'case-ended', tag: item.tag, verdicts })
  }
}

async function running(shared: SharedProcess): Promise<Plugin | undefined> {
  const outcome = await shared.get()
  return outcome.kind === 'up' ? outcome.plugin : undefined
}

async function judgeAndTell(
  item: PlanItem,
  world: RunWorld,
  grounds: CaseGrounds,
  emit: Emit,
): Promise<JudgedCase> {
  emit({ kind: 'case-started', tag: item.tag })
  const judged = world.signal.aborted ? await interrupted(item, world) : await judgeCase(item, world, grounds)
  // Shared cases may be tried twice, so their end is told by who decides that.
  if (item.case.process !== 'shared') emit({ kind: 'case-ended', tag: item.tag, verdicts: judged.verdicts })
  return judged
}

function interrupted(item: PlanItem, world: RunWorld): Promise<JudgedCase> {
  return judgeCase({ ...item, skip: { kind: 'unreached', because: 'the run was interrupted' } }, world, {
    start: undefined,
    plugin: undefined,
  })
}

async function detected(outcome: StartOutcome, options: RunOptions): Promise<Contract> {
  return outcome.kind === 'up' ? detectContract(outcome.plugin, options) : 'any'
}

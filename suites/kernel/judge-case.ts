import type { Plugin, StartOutcome } from '../../host/launch/plugin.ts'
import { CaseEnded } from './case-ended.ts'
import { CaseVerdicts } from './case-verdicts.ts'
import type { CaseVerdict } from './case-verdicts.ts'
import { caseContext, FreshResources } from './contexts.ts'
import { pauseAt } from './pause.ts'
import type { PlanItem } from './plan.ts'
import type { RunWorld } from './run-world.ts'
import type { Verdict } from './verdict.ts'

/** What a case may lean on, according to its kind of process. */
export interface CaseGrounds {
  readonly start: StartOutcome | undefined
  readonly plugin: Plugin | undefined
}

/** What a run of a case concluded. */
export interface JudgedCase {
  readonly verdicts: readonly CaseVerdict[]
  /** The process under the case died without the case having found out why. */
  readonly died: boolean
}

/** Runs one case to its end, whatever happens, and gives each of its rules a verdict. */
export async function judgeCase(item: PlanItem, world: RunWorld, grounds: CaseGrounds): Promise<JudgedCase> {
  const { calls } = world
  calls.begin(item.tag)
  const verdicts = new CaseVerdicts(item.case, (rule, actual) => calls.tell(item.tag, rule, actual))
  const began = world.now()
  let died = false
  if (item.skip !== undefined) verdicts.endOpen(item.skip)
  else {
    try {
      await converse(item, world, grounds, verdicts)
    } catch (error) {
      died = error instanceof CaseEnded && error.died && !verdicts.broken
      verdicts.endOpen(verdictOf(error, world))
    }
  }
  calls.end(item.tag)
  return { verdicts: verdicts.finish(item.variant, Math.round(world.now() - began)), died }
}

async function converse(
  item: PlanItem,
  world: RunWorld,
  grounds: CaseGrounds,
  verdicts: CaseVerdicts,
): Promise<void> {
  const context = caseContext(item, verdicts, world)
  const judged = item.case
  switch (judged.process) {
    case 'none':
      return judged.run(context)
    case 'start':
      if (grounds.start === undefined) throw new TypeError(`${judged.id} judges a start, and there was none`)
      return judged.run({ ...context, outcome: grounds.start })
    case 'shared':
      if (grounds.plugin === undefined)
        throw new CaseEnded({ kind: 'unreached', because: 'the plugin does not run any more' })
      if (world.pause !== undefined) await pauseAt(item.tag, grounds.plugin, world.pause)
      return judged.run({ ...context, plugin: grounds.plugin.as(item.tag, context.budgets) })
    case 'fresh': {
      await using resources = new FreshResources(item, world)
      await judged.run(resources.extend(context))
      return undefined
    }
    default:
      return judged satisfies never
  }
}

function verdictOf(error: unknown, world: RunWorld): Verdict {
  if (world.signal.aborted) return { kind: 'unreached', because: 'the run was interrupted' }
  if (error instanceof CaseEnded) return error.verdict
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { kind: 'harness-fault', error: text }
}

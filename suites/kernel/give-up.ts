import type { StartFault } from '../../host/launch/start-fault.ts'
import type { PlanItem } from './plan.ts'
import type { RunEventSink } from './run-events.ts'
import type { Verdict } from './verdict.ts'

/** The verdict on everything that a start which failed keeps from being judged. */
export function notUp(fault: StartFault): Verdict {
  return { kind: 'unreached', because: `the plugin did not come up: ${fault.what}` }
}

/** Nothing came up: the cases of these kinds stay unreached. Returns the fault, for whoever has to tell it. */
export function giveUp(
  fault: StartFault,
  plan: readonly PlanItem[],
  kinds: ReadonlyArray<PlanItem['case']['process']>,
  emit: RunEventSink,
): StartFault {
  emit({ kind: 'start-fault', fault })
  for (const { case: one, variant, tag, skip } of plan.filter((item) => kinds.includes(item.case.process))) {
    const verdict = skip ?? notUp(fault)
    const verdicts = one.judges.map((rule) => ({
      rule: rule.id,
      case: one.id,
      variant,
      ms: 0,
      verdict,
      evidence: [],
    }))
    emit({ kind: 'case-ended', tag, verdicts })
  }
  return fault
}

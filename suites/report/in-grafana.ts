import type { ReportedRule } from '../kernel/report.ts'
import { grafanaTells } from '../kernel/verdict.ts'

/** What a Grafana user sees of a rule: where it is broken, what he is told of the very call that broke it, and what that means. */
export function inGrafana({ consequence, verdict, cases }: ReportedRule): string {
  const worst = cases.find((one) => one.verdict.kind === verdict.kind)
  const told =
    verdict.kind === 'broken'
      ? worst?.evidence.find((evidence) => evidence.label === grafanaTells)?.value
      : undefined
  return told === undefined ? consequence : `${told}; ${consequence}`
}

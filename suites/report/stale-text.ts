import type { ReportedRule } from '../kernel/report.ts'

/** What is to be done about an entry of the known issues that is true no more. */
export function staleText({ known = [] }: ReportedRule): string {
  const places = known.map(({ place }) => place).join(', ')
  return `${places} says that this rule fails, but it is upheld. Remove the entry: grafana-plugin-conformance known --prune.`
}

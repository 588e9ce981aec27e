import type { Report, ReportedRule } from '../kernel/report.ts'
import { findingsOf, startFaultOf } from './finding.ts'
import { shorten } from './shorten.ts'

/** Where findings are shown: a plugin misbehaves as a whole, so they lie at the file that declares it. */
const PLACE = [{ physicalLocation: { artifactLocation: { uri: 'plugin.json' }, region: { startLine: 1 } } }]

const START_RULE = {
  id: 'start/comes-up',
  shortDescription: { text: 'The plugin comes up.' },
  defaultConfiguration: { level: 'error' },
}

/** The report as SARIF 2.1.0 (OASIS standard): the rules that are broken, and the descriptions of all. */
export function writeSarif(report: Report): string {
  const start = startFaultOf(report)
  const rules = [...(start === undefined ? [] : [START_RULE]), ...report.rules.map((rule) => describe(rule))]
  const indices = new Map(rules.map(({ id }, index) => [id, index]))
  const result = (id: string, level: string, message: string) => ({
    ruleId: id,
    ruleIndex: indices.get(id) ?? 0,
    level,
    message: { text: shorten(message) },
    locations: PLACE,
    // Without it every change of wording would look like a new finding.
    partialFingerprints: { rule: id },
  })
  const results = [
    ...(start === undefined ? [] : [result(START_RULE.id, 'error', start.details)]),
    ...findingsOf(report, ['fail', 'stale', 'fault', 'warning', 'note', 'known']).map(
      ({ rule, details }) => ({
        ...result(rule.id, LEVELS[rule.standing] ?? describe(rule).defaultConfiguration.level, details),
        ...(rule.standing === 'known' ? { suppressions: suppressionsOf(rule) } : {}),
      }),
    ),
  ]
  const driver = {
    name: report.tool.name,
    semanticVersion: report.tool.version,
    informationUri: 'https://www.npmjs.com/package/grafana-plugin-conformance',
    rules,
  }
  const invocations = [{ executionSuccessful: report.exitCode !== 4 && report.exitCode !== 130 }]
  const sarif = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, invocations, results }],
  }
  return `${JSON.stringify(sarif, undefined, 2)}\n`
}

const LEVELS: Readonly<Partial<Record<ReportedRule['standing'], string>>> = {
  fail: 'error',
  stale: 'error',
  fault: 'error',
  warning: 'warning',
  note: 'note',
}

function describe(rule: ReportedRule) {
  return {
    id: rule.id,
    shortDescription: { text: rule.statement },
    fullDescription: { text: `${rule.statement} In Grafana: ${rule.consequence}` },
    defaultConfiguration: { level: { must: 'error', should: 'warning', may: 'note' }[rule.level] },
  }
}

function suppressionsOf({ known = [] }: ReportedRule) {
  return known.map(({ reason }) => ({ kind: 'external', status: 'accepted', justification: shorten(reason) }))
}

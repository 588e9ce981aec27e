import type { Frame } from '../../host/frames/frame.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import { contractOf, declarationOf } from '../dataplane/contract.ts'
import { scriptOf } from '../frame/scripted/script-of.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { ALERT_POINTS, askAsAlert } from './ask-as-alert.ts'
import { judgements } from './judgements.ts'
import { rules } from './rules.ts'
import { scriptedAnswers } from './scripted/answers.ts'

const declaresAlerting = { kind: 'declares', key: 'alerting' } as const

const all = [rules['contract-type-is-declared'], ...judgements.map(({ rule }) => rule).slice(1)] as const

const ownQueries = defineCase({
  id: 'alerting/own-queries',
  title:
    'asks every query of conformance.yaml, or one that says nothing, as an alert rule does, and converts the answers',
  judges: all,
  needs: [declaresAlerting],
  process: 'shared',
  async run(t) {
    nothingYet(t)
    for (const { query, binding } of queriesOf(t)) {
      const frames = (await askAsAlert(t, [query])).get(query.refId)
      if (frames === undefined) continue
      for (const { rule, judge } of judgements) {
        const findings = judge(frames)
        if (findings?.length === 0) t.rule(rule).upheld()
        // Who asks nothing in particular may be answered with a table or with logs, which nobody would alert on.
        if (!binding(frames)) continue
        for (const { expected, found } of findings ?? []) t.rule(rule).broken(expected, found)
      }
    }
  },
})

const knownShapes = defineCase({
  id: 'alerting/known-shapes',
  title: 'asks for typed and untyped series, numbers and empty answers as an alert rule does',
  judges: all,
  needs: [needs.scripted, declaresAlerting],
  process: 'shared',
  async run(t) {
    nothingYet(t)
    const queries = Object.entries(scriptedAnswers).map(([refId, { frames }]) =>
      t.query({ refId, model: scriptOf(frames), maxDataPoints: ALERT_POINTS }),
    )
    for (const [refId, frames] of await askAsAlert(t, queries)) {
      const asked = scriptedAnswers[refId]?.judges ?? []
      for (const { rule, judge } of judgements.filter((one) => asked.includes(one.rule))) {
        const findings = judge(frames)
        if (findings?.length === 0) t.rule(rule).upheld()
        for (const { expected, found } of findings ?? [])
          t.rule(rule).broken(expected, `${found}; for ${refId}`)
      }
    }
  },
})

/** A query, and whether an answer to it has to be fit for alerting. */
interface OwnQuery {
  readonly query: DataQuery
  readonly binding: (frames: readonly Frame[]) => boolean
}

function queriesOf(t: SharedContext): readonly OwnQuery[] {
  const samples = t.samples.queries.filter(({ expect, alerting }) => expect !== 'error' && alerting !== false)
  if (samples.length === 0) {
    const query = t.query({ maxDataPoints: ALERT_POINTS })
    return [{ query, binding: (frames) => contractOf(frames).kind === 'on' }]
  }
  return samples.map(({ model, queryType, from, to, alerting }) => ({
    query: t.query({
      model,
      maxDataPoints: ALERT_POINTS,
      ...(queryType === undefined ? {} : { queryType }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    }),
    binding: (frames) => alerting === true || !isForReading(frames),
  }))
}

/** Whether an answer says itself that it is something to look at: a type that has no reader, or a view of its own. */
function isForReading([first]: readonly Frame[]): boolean {
  if (first === undefined) return false
  const wish = first.meta?.['preferredVisualisationType']
  if (typeof wish === 'string' && wish !== '' && wish !== 'graph') return true
  return declarationOf(first) !== undefined && contractOf([first]).kind === 'off'
}

function nothingYet(t: SharedContext): void {
  for (const { rule, about } of judgements)
    t.rule(rule).unverified(
      `a query for alert rules that is answered with ${about}; add queries to conformance.yaml`,
    )
}

/** Conversations in the name of an alert rule. */
export const cases = [ownQueries, knownShapes]

import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { askOne, describeOutcome } from './ask-one.ts'
import type { QueryOutcome } from './ask-one.ts'
import { goodQuery } from './good-query.ts'
import { hasRows, readFrames } from './read-frames.ts'
import { rules } from './rules.ts'
import { sampleQuery } from './sample-query.ts'

const scripted = defineCase({
  id: 'query/scripted-row',
  title: 'asks for one frame with one row',
  judges: [rules['expected-data-arrives']],
  needs: [needs.scripted],
  process: 'shared',
  async run(t) {
    const outcome = await askOne(t, t.plugin, goodQuery(t))
    if (isData(outcome)) return t.rule(rules['expected-data-arrives']).upheld()
    return t.rule(rules['expected-data-arrives']).broken('one row', describeOutcome(outcome))
  },
})

/** The forms of "nothing found" (DATA-205). */
const nothing: Readonly<Record<string, readonly unknown[]>> = {
  'no-frames': [],
  'no-fields': [{}],
  'no-rows': [{ fields: [{ name: 'value', type: 'float64', values: [] }] }],
}

const nothingFound = defineCase({
  id: 'query/nothing-found',
  title: 'asks for each form of an answer without data',
  judges: [rules['no-data-is-no-error']],
  needs: [needs.scripted],
  process: 'shared',
  variants: ['no-frames', 'no-fields', 'no-rows'],
  async run(t) {
    const model = { conformance: { frames: nothing[t.variant] ?? [] } }
    const outcome = await askOne(t, t.plugin, t.query({ model }))
    if (outcome.kind === 'succeeded') return t.rule(rules['no-data-is-no-error']).upheld()
    return t.rule(rules['no-data-is-no-error']).broken('an answer without error', describeOutcome(outcome))
  },
})

const samples = defineCase({
  id: 'query/sample-queries',
  title: 'asks every query of conformance.yaml',
  judges: [rules['expected-data-arrives'], rules['no-data-is-no-error'], rules['failed-query-has-an-error']],
  needs: [needs.sampleQuery],
  process: 'shared',
  async run(t) {
    const data = t.rule(rules['expected-data-arrives'])
    const noData = t.rule(rules['no-data-is-no-error'])
    const error = t.rule(rules['failed-query-has-an-error'])
    const expected = new Set(t.samples.queries.map((sample) => sample.expect))
    if (!expected.has('data')) data.unverified('a query with `expect: data` in conformance.yaml')
    if (!expected.has('no-data')) noData.unverified('a query with `expect: no-data` in conformance.yaml')
    if (!expected.has('error')) error.unverified('a query with `expect: error` in conformance.yaml')

    for (const sample of t.samples.queries) {
      const outcome = await askOne(t, t.plugin, sampleQuery(t, sample))
      const actual = describeOutcome(outcome)
      switch (sample.expect) {
        case 'data':
          if (isData(outcome)) data.upheld()
          else data.broken(`data for the query "${sample.name}"`, actual)
          break
        case 'no-data':
          t.note(`"${sample.name}" is answered with`, formOf(outcome))
          if (outcome.kind === 'succeeded') noData.upheld()
          else noData.broken(`no error for the query "${sample.name}"`, actual)
          break
        case 'error':
          // A failed call is seen by the user, too; whether it is in the right place is another rule's business.
          if (outcome.kind === 'failed' || outcome.kind === 'call-failed') error.upheld()
          else error.broken(`an error for the query "${sample.name}"`, actual)
          break
        default:
          sample.expect satisfies never
      }
    }
  },
})

function isData(outcome: QueryOutcome): boolean {
  return outcome.kind === 'succeeded' && hasRows(outcome.response)
}

function formOf(outcome: QueryOutcome): string {
  if (outcome.kind !== 'succeeded') return describeOutcome(outcome)
  const frames = readFrames(outcome.response)
  if (frames === undefined) return 'frames that can not be read'
  if (frames.length === 0) return 'no frames'
  return frames.every(({ fields }) => fields.length === 0) ? 'a frame without fields' : 'fields'
}

/** Conversations in which it is known what a query finds. */
export const expectationCases = [samples, scripted, nothingFound] as const

import type { Frame } from '../../host/frames/frame.ts'
import { defineCase } from '../kernel/case.ts'
import { askForFrames } from './ask-for-frames.ts'
import { rules } from './rules.ts'

const executed: Frame = {
  name: 'executed query',
  refId: '',
  meta: { executedQueryString: 'SELECT 1' },
  fields: [{ name: 'value', type: 'float64', nullable: false, values: [1] }],
}

/** Looks for what the query inspector shows. */
export const executedQuery = defineCase({
  id: 'frame/executed-query',
  title: 'asks queries of which it is known that they have data, and looks for the executed query',
  judges: [rules['executed-query-is-told']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['executed-query-is-told'])
    rule.unverified('a query that is executed somewhere; add one to conformance.yaml')
    for (const { name, frames } of await askForFrames(t, [executed])) {
      const told = frames.some(({ meta }) => isText(meta?.['executedQueryString']))
      if (told) rule.upheld()
      // A query that says nothing may be answered without executing anything.
      else if (name !== '' && frames.length > 0)
        rule.broken('meta.executedQueryString in one of the frames', `none, for the query "${name}"`)
    }
  },
})

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

import type { Frame } from '../../host/frames/frame.ts'
import type { DataQuery } from '../../proto/gen/grafana/backend_pb.js'
import { askOne } from '../query/ask-one.ts'
import { readFrames } from '../query/read-frames.ts'
import { sampleQuery } from '../query/sample-query.ts'
import { scriptOf } from '../frame/scripted/script-of.ts'
import type { SharedContext } from '../kernel/case-context.ts'
import { defineCase } from '../kernel/case.ts'
import { lineIds } from './line-ids.ts'
import { rules } from './rules.ts'
import { otherAnswers } from './scripted/others.ts'

/** Asks for log lines twice; what is the same line has to have the same id. */
export const stableIds = defineCase({
  id: 'dataplane/log-lines-twice',
  title: 'asks every query twice and compares the ids of the log lines that come both times',
  judges: [rules['log-ids-are-stable']],
  process: 'shared',
  async run(t) {
    const rule = t.rule(rules['log-ids-are-stable'])
    rule.unverified('a query that is answered with log-lines that have ids; add one to conformance.yaml')
    for (const query of queriesOf(t)) {
      const before = await linesOf(t, query)
      // Nothing is asked twice that has no lines.
      if (before.size === 0) continue
      const after = await linesOf(t, query)
      for (const [line, id] of before) {
        const again = after.get(line)
        if (again === undefined) continue
        if (again === id) rule.upheld()
        else rule.broken(`the id ${JSON.stringify(id)} again`, `${JSON.stringify(again)} for the same line`)
      }
    }
  },
})

function queriesOf(t: SharedContext): readonly DataQuery[] {
  if (t.contract === 'scripted') return [t.query({ model: scriptOf(otherAnswers['logs'] ?? []) })]
  const samples = t.samples.queries.filter(({ expect }) => expect === 'data')
  return samples.length === 0 ? [t.query()] : samples.map((sample) => sampleQuery(t, sample))
}

async function linesOf(t: SharedContext, query: DataQuery): Promise<ReadonlyMap<string, string>> {
  const outcome = await askOne(t, t.plugin, query)
  const frames: readonly Frame[] | undefined =
    outcome.kind === 'succeeded' ? readFrames(outcome.response) : undefined
  return lineIds(frames ?? [])
}

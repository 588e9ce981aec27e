import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { scriptOf } from '../frame/scripted/script-of.ts'
import { readFrames } from '../query/read-frames.ts'
import { judgeVersions } from './judgements/types.ts'
import { stableIds } from './stable-ids.ts'
import { rules } from './rules.ts'
import { otherAnswers } from './scripted/others.ts'
import { setAnswers } from './scripted/sets.ts'

/** What a Grafana asks for: ARROW up to the 13.2 line, JSON after it (DATA-208). */
const formats: Readonly<Record<string, DataFrameFormat>> = {
  arrow: DataFrameFormat.ARROW,
  json: DataFrameFormat.JSON,
}

const shapes = defineCase({
  id: 'dataplane/declared-shapes',
  title: 'asks for an answer of every type',
  judges: [rules['version-is-that-of-the-type']],
  needs: [needs.scripted],
  process: 'shared',
  variants: Object.keys(formats),
  async run(t) {
    const format = formats[t.variant] ?? DataFrameFormat.ARROW
    const asked = { ...setAnswers, ...otherAnswers }
    const queries = Object.entries(asked).map(([refId, frames]) =>
      t.query({ refId, model: scriptOf(frames) }),
    )
    const request = { pluginContext: t.context(), queries, format }
    const { responses } = t.answered(await t.plugin.data.queryData(request))
    const rule = t.rule(rules['version-is-that-of-the-type'])
    rule.unverified('frames that can be read')
    for (const { refId } of queries) {
      const response = responses[refId]
      // Queries without an answer, or with an error, are what the rules of the query area are about.
      const frames = response?.error === '' ? readFrames(response) : undefined
      const findings = frames === undefined ? undefined : judgeVersions(frames)
      if (findings?.length === 0) rule.upheld()
      for (const { expected, found } of findings ?? []) rule.broken(expected, `${found} for ${refId}`)
    }
  },
})

/** Conversations that make declared frames appear. */
export const cases = [shapes, stableIds]

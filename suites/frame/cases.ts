import { goodQuery } from '../query/good-query.ts'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { executedQuery } from './executed-query.ts'
import { formatName } from './frame-format.ts'
import { judgeAnswer } from './judge-answer.ts'
import { queryRange } from './query-range.ts'
import { readFrame } from './read-frame.ts'
import { rules } from './rules.ts'
import { firstMissingPart } from './scripted/missing-parts.ts'
import { scriptOf } from './scripted/script-of.ts'
import { scriptedAnswers } from './scripted/scripted-frames.ts'

/** What a Grafana asks for: ARROW up to the 13.2 line, JSON after it (DATA-208). */
const formats: Readonly<Record<string, DataFrameFormat>> = {
  arrow: DataFrameFormat.ARROW,
  json: DataFrameFormat.JSON,
}

const eitherFormat = defineCase({
  id: 'frame/either-format',
  title: 'asks for Arrow and for JSON and reads each answer by the format that it names',
  judges: [rules['format-is-told']],
  process: 'shared',
  variants: Object.keys(formats),
  async run(t) {
    const format = formats[t.variant] ?? DataFrameFormat.ARROW
    const request = { pluginContext: t.context(), queries: [goodQuery(t)], format }
    const { responses } = t.answered(await t.plugin.data.queryData(request))
    const rule = t.rule(rules['format-is-told'])
    const answers = Object.values(responses).filter(({ frames }) => frames.length > 0)
    if (answers.length === 0) {
      rule.unverified('a query that is answered with frames; add queries to conformance.yaml')
      return
    }
    for (const answer of answers) {
      const seen = answer.frames.map((bytes) => readFrame(bytes, answer.format))
      const fault = seen.flatMap(({ findings }) => findings).find(({ spec }) => spec === 'FRAME-017')
      t.note('answered in', formatName(answer.format))
      if (fault === undefined) rule.upheld()
      else rule.broken(fault.expected, fault.found)
    }
  },
})

const asBuilt = defineCase({
  id: 'frame/known-frames',
  title:
    'asks for frames of every type, with and without nulls, labels and metadata, and compares what arrives',
  judges: [rules['arrives-as-built']],
  needs: [needs.scripted],
  process: 'shared',
  variants: Object.keys(formats),
  async run(t) {
    const format = formats[t.variant] ?? DataFrameFormat.ARROW
    const queries = Object.entries(scriptedAnswers).map(([refId, frames]) =>
      t.query({ refId, model: scriptOf(frames) }),
    )
    const request = { pluginContext: t.context(), queries, format }
    const { responses } = t.answered(await t.plugin.data.queryData(request))
    const rule = t.rule(rules['arrives-as-built'])
    rule.unverified('frames that can be read')
    for (const query of queries) {
      const { refId } = query
      const asked = scriptedAnswers[refId] ?? []
      const response = responses[refId]
      // Queries without an answer, or with an error, are what the rules of the query area are about.
      if (response === undefined || response.error !== '') continue
      const seen = response.frames.map((bytes) => readFrame(bytes, response.format))
      // Whatever is wrong with the frames as such is said by the rule about it.
      if (judgeAnswer({ refId, range: queryRange(query), whole: true, frames: seen }).length > 0) continue
      if (seen.some(({ decoded }) => !decoded)) continue
      const got = seen.flatMap(({ frame }) => frame ?? [])
      const missing = firstMissingPart(asked, got)
      if (missing === undefined) rule.upheld()
      else rule.broken(missing.expected, `${missing.actual} for ${refId}`)
    }
  },
})

/** Conversations that make frames appear. */
export const cases = [eitherFormat, asBuilt, executedQuery]

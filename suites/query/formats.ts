import { compareFrames } from '../../host/frames/compare.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { defineCase } from '../kernel/case.ts'
import { needs } from '../kernel/need.ts'
import { askOne, describeOutcome } from './ask-one.ts'
import { comparableFrame } from './comparable-frame.ts'
import { readFrames } from './read-frames.ts'
import { rules } from './rules.ts'
import { awkwardTable } from './awkward-table.ts'

/** What a host can ask for (DATA-208). */
const formats: Readonly<Record<string, DataFrameFormat>> = {
  arrow: DataFrameFormat.ARROW,
  json: DataFrameFormat.JSON,
}

const values = defineCase({
  id: 'query/awkward-values',
  title: 'asks for a small table of large, small, odd and missing values',
  judges: [rules['values-travel-unchanged']],
  needs: [needs.scripted],
  process: 'shared',
  variants: ['arrow', 'json'],
  async run(t) {
    const rule = t.rule(rules['values-travel-unchanged'])
    const format = formats[t.variant] ?? DataFrameFormat.ARROW
    const { frame, query } = awkwardTable(t, format)
    const outcome = await askOne(t, t.plugin, query, { format })
    if (outcome.kind !== 'succeeded') return rule.broken('the frame asked for', describeOutcome(outcome))
    const frames = readFrames(outcome.response)
    if (frames === undefined) return rule.unverified('frames that can be read; see the rules of frame/')
    const [answer, ...more] = frames
    if (answer === undefined || more.length > 0)
      return rule.broken('one frame', `frames: ${outcome.response.frames.length}`)
    // What a plugin says about the data besides is its own.
    const { meta: _, ...received } = comparableFrame(answer, query.refId)
    const { meta: __, ...asked } = comparableFrame(frame, query.refId)
    const differences = compareFrames(asked, received)
    if (differences.length === 0) return rule.upheld()
    return rule.broken(
      'the frame asked for',
      `asked and answered differ: ${differences.slice(0, 3).join('; ')}`,
    )
  },
})

/** Conversations about what frames carry. */
export const formatCases = [values] as const

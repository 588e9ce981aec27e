import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { describe, expect, test } from 'vitest'

import { faults } from '../../host/frames/test-data/broken-files.ts'
import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import { judgeAnswer } from './judge-answer.ts'
import { judgementOf, judgements } from './judgements.ts'
import { readFrame } from './read-frame.ts'
import { rules } from './rules.ts'

/** Spec ids that stand as texts in the sources of a folder. */
function specsIn(folder: string): ReadonlySet<string> {
  const path = fileURLToPath(new URL(folder, import.meta.url))
  const sources = readdirSync(path).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const texts = sources.map((name) => readFileSync(`${path}/${name}`, 'utf8')).join('\n')
  return new Set(texts.match(/(?<=')(?:FRAME|META|JSON|DATA)-\d{3}(?=')/gu))
}

const emitted = new Set([...specsIn('../../host/frames/'), ...specsIn('./findings/'), 'FRAME-017'])
/** Judged by cases and observers of their own. */
const ofOthers = [
  'frame/arrives-as-built',
  'frame/executed-query-is-told',
  'frame/answers-are-of-bearable-size',
]
const judged = judgements.flatMap(({ faults: specs = [], advice = [] }) => [...specs, ...advice])

describe('the rules made of findings', () => {
  test('cover every spec id that a reader or a judge of frames can name', () => {
    expect(emitted.size).toBeGreaterThan(50)
    expect([...emitted].filter((spec) => !judged.includes(spec))).toEqual([])
  })

  test('name no spec id that nobody finds', () => {
    expect(judged.filter((spec) => !emitted.has(spec))).toEqual([])
  })

  test('are sourced by each spec id that they judge', () => {
    const unsourced = judgements.flatMap(({ rule, faults: specs = [], advice = [] }) =>
      [...specs, ...advice]
        .filter((spec) => !rule.sources.some((source) => 'spec' in source && source.spec === spec))
        .map((spec) => `${rule.id} ${spec}`),
    )
    expect(unsourced).toEqual([])
  })

  test('are all rules of the area besides those of cases, each once', () => {
    const ids = judgements.map(({ rule }) => rule.id)
    const all = Object.values(rules).map(({ id }) => id)
    expect(ids.toSorted()).toEqual(all.filter((id) => !ofOthers.includes(id)).toSorted())
  })

  test('let no advice break a must and no refusal a should', () => {
    const wrong = judgements.filter(
      ({ rule, faults: specs, advice }) =>
        (specs === undefined) === (advice === undefined) || (rule.level === 'must') !== (specs !== undefined),
    )
    expect(wrong.map(({ rule }) => rule.id)).toEqual([])
  })
})

describe('a broken file', () => {
  test.each(faults.map((fault) => [fault.what, fault] as const))(
    'of the kind "%s" breaks a rule',
    (_, fault) => {
      const frames = [readFrame(fault.bytes, DataFrameFormat.ARROW)]
      const range = { from: 1_700_000_000_000, to: 1_700_003_600_000 }
      const findings = judgeAnswer({ refId: 'A', range, whole: true, frames })
      const broken = findings.map((finding) => judgementOf(finding)?.rule)
      expect(broken).not.toContain(undefined)
      expect(fault.specs.every((spec) => findings.some((finding) => finding.spec === spec))).toBe(true)
      if (fault.refused) expect(broken.some((rule) => rule?.level === 'must')).toBe(true)
    },
  )
})

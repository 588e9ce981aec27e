import { clip } from '../../../host/frames/finding.ts'
import type { Field, FieldType, Frame } from '../../../host/frames/frame.ts'
import type { PlacedFrame } from '../contract.ts'
import { declaring } from '../contract.ts'
import { describeTypes, isNumeric, rowsOf } from '../fields.ts'
import type { PlaneFinding, PlaneJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'

const aFrame = 'a frame with fields of type log-lines'

/** How log lines are judged. Their type has no version, so each frame stands for itself (frames.md 5.4). */
export const logJudgements: readonly PlaneJudgement[] = [
  {
    rule: rules['log-lines-have-time-and-body'],
    about: aFrame,
    judge: (frames) =>
      perLogFrame(frames, logFrames, (frame) =>
        required
          .filter(({ name, type }) => fieldCalled(frame, name)?.type !== type)
          .map(({ name, type }) => ({
            where: `field "${name}"`,
            expected: `a field "${name}" of type ${type}`,
            found: describeTypes(frame),
          })),
      ),
  },
  {
    rule: rules['log-columns-are-filled'],
    about: aFrame,
    judge: (frames) =>
      perLogFrame(frames, logFrames, ({ fields }) =>
        fields
          .filter(({ name, nullable }) => nullable && filled.includes(name))
          .map(({ name, values }) => ({
            where: `field "${name}"`,
            expected: 'nullable = false, and no nulls',
            found: values.includes(null) ? 'nulls' : 'nullable = true',
          })),
      ),
  },
  {
    rule: rules['log-labels-are-objects'],
    about: `${aFrame} that has labels`,
    judge: (frames) =>
      perLogFrame(
        frames,
        (all) => logFrames(all).filter(({ frame }) => labelFields(frame).length > 0),
        (frame) => labelFields(frame).flatMap(labelFindings),
      ),
  },
  {
    rule: rules['log-lines-ask-for-the-logs-view'],
    about: aFrame,
    judge: (frames) =>
      perLogFrame(frames, logFrames, ({ meta = {} }) => {
        const wish = meta['preferredVisualisationType']
        if (wish === 'logs') return []
        const found = wish === undefined ? 'nothing' : clip(JSON.stringify(wish))
        return [{ where: 'meta.preferredVisualisationType', expected: 'logs', found }]
      }),
  },
  {
    rule: rules['log-ids-are-unique'],
    about: `${aFrame} that has ids`,
    judge(frames) {
      const seen = new Set<string>()
      return perLogFrame(frames, framesWith('id'), (frame) => {
        const repeated = textsOf(frame, 'id').filter((id) => {
          if (seen.has(id)) return true
          seen.add(id)
          return false
        })
        const [first] = repeated
        if (first === undefined) return []
        const found = `${repeated.length} repeated, first ${JSON.stringify(clip(first))}`
        return [{ where: 'field "id"', expected: 'an id of its own for each line', found }]
      })
    },
  },
  {
    rule: rules['log-severities-are-known'],
    about: `${aFrame} that has severities`,
    judge: (frames) =>
      perLogFrame(frames, framesWith('severity'), (frame) => {
        const odd = textsOf(frame, 'severity').find((word) => !isLevel(word))
        if (odd === undefined) return []
        const expected = 'critical, error, warning, info, debug, trace, unknown or another name of these'
        return [{ where: 'field "severity"', expected, found: JSON.stringify(clip(odd)) }]
      }),
  },
  {
    rule: rules['log-nanoseconds-are-numbers'],
    about: aFrame,
    judge: (frames) =>
      perLogFrame(frames, logFrames, ({ fields }) =>
        fields
          .filter((field) => field.name === 'tsNs' && !isNumeric(field))
          .map(({ type }) => ({ where: 'field "tsNs"', expected: 'a number field, or none', found: type })),
      ),
  },
]

const required: readonly { readonly name: string; readonly type: FieldType }[] = [
  { name: 'timestamp', type: 'time' },
  { name: 'body', type: 'string' },
]

/** Columns that the contract wants without nulls. */
const filled = ['timestamp', 'body', 'labels', 'labelTypes']

/** What a browser makes a level of (grafana:packages/grafana-data/src/types/logs.ts LogLevel, frames.md 5.4). */
const levels =
  'emerg emergency fatal alert crit critical warn warning err eror error info information informational notice dbug debug trace unknown'.split(
    ' ',
  )

/** Case does not matter, and syslog's numbers are read, too (grafana:public/app/features/logs/utils.ts getLogLevelFromKey). */
function isLevel(word: string): boolean {
  return word === '' || levels.includes(word.toLowerCase()) || /^[0-7]$/u.test(word)
}

function logFrames(frames: readonly Frame[]): readonly PlacedFrame[] {
  return declaring(frames, 'log-lines').filter(({ frame }) => frame.fields.length > 0)
}

function framesWith(name: string): typeof logFrames {
  return (frames) => logFrames(frames).filter(({ frame }) => textsOf(frame, name).length > 0)
}

function perLogFrame(
  frames: readonly Frame[],
  choose: typeof logFrames,
  judge: (frame: Frame) => readonly Omit<PlaneFinding, 'frame'>[],
): readonly PlaneFinding[] | undefined {
  const chosen = choose(frames)
  if (chosen.length === 0) return undefined
  return chosen.flatMap(({ frame, position }) =>
    judge(frame).map((finding) => ({ ...finding, frame: position })),
  )
}

/** The browser takes the first field of a name, whatever its type. */
function fieldCalled({ fields }: Frame, wanted: string): Field | undefined {
  return fields.find(({ name }) => name === wanted)
}

/** The texts of an optional column; none when it is of another type, which is then not read. */
function textsOf(frame: Frame, name: string): readonly string[] {
  const field = fieldCalled(frame, name)
  if (field?.type !== 'string' || rowsOf(frame) === 0) return []
  return field.values.filter((value) => typeof value === 'string')
}

function labelFields(frame: Frame): readonly Field[] {
  return ['labels', 'labelTypes'].flatMap((name) => fieldCalled(frame, name) ?? [])
}

function labelFindings({ name, type, values }: Field): readonly Omit<PlaneFinding, 'frame'>[] {
  const where = `field "${name}"`
  if (type !== 'json') return [{ where, expected: 'a JSON column', found: `a ${type} column` }]
  const row = values.findIndex((value) => typeof value === 'string' && !isObject(value))
  if (row === -1) return []
  return [
    { where, expected: 'a JSON object in every row', found: `${clip(String(values[row]))} in row ${row}` },
  ]
}

function isObject(text: string): boolean {
  return text.trimStart().startsWith('{')
}

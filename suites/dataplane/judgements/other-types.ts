import { clip } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import { declaring } from '../contract.ts'
import { describeTypes, fieldsThat, isNumeric, placeOf } from '../fields.ts'
import type { PlaneFinding, PlaneJudgement } from '../judgement.ts'
import { rules } from '../rules.ts'

/** How the types without a contract are judged; each frame stands for itself. */
export const otherJudgements: readonly PlaneJudgement[] = [
  {
    rule: rules['listings-start-with-name-and-media-type'],
    about: 'a frame with fields of type directory-listing',
    judge: (frames) =>
      perFrameOf(frames, 'directory-listing', (frame) => {
        const [name, mediaType] = frame.fields
        if (name?.type === 'string' && mediaType?.type === 'string') return []
        const expected = 'two string fields in front: name and media type'
        return [{ where: 'the fields', expected, found: describeTypes(frame) }]
      }),
  },
  {
    rule: rules['heatmap-rows-have-numeric-bounds'],
    about: 'a frame of type heatmap-rows with the label le',
    judge(frames) {
      const findings = perFrameOf(frames, 'heatmap-rows', (frame) =>
        fieldsThat(frame, ({ labels = {} }) => labels['le'] !== undefined && !isBound(labels['le'])).map(
          (placed) => ({
            where: placeOf(placed),
            expected: 'a number or +Inf as the label le',
            found: JSON.stringify(clip(placed.field.labels?.['le'] ?? '')),
          }),
        ),
      )
      const bounded = declaring(frames, 'heatmap-rows').some(({ frame }) =>
        frame.fields.some(({ labels = {} }) => labels['le'] !== undefined),
      )
      return bounded ? findings : undefined
    },
  },
  {
    rule: rules['heatmap-cells-have-x-y-and-values'],
    about: 'a frame with fields of type heatmap-cells',
    judge: (frames) => perFrameOf(frames, 'heatmap-cells', cellFindings),
  },
]

/** Names of the fields that place a cell (PLANE-047). */
const axes = { x: ['xMax', 'xMin', 'x'], y: ['yMax', 'yMin', 'y'] } as const
const placing: readonly string[] = [...axes.x, ...axes.y]

function cellFindings(frame: Frame): readonly Omit<PlaneFinding, 'frame'>[] {
  const x = fieldsThat(frame, ({ name, type }) => isOneOf(axes.x, name) && type === 'time')
  const y = fieldsThat(frame, (field) => isOneOf(axes.y, field.name) && isNumeric(field))
  const values = fieldsThat(frame, (field) => !placing.includes(field.name) && isNumeric(field))
  const missing = [
    ...(x.length > 0 ? [] : ['a time field xMax, xMin or x']),
    ...(y.length > 0 ? [] : ['a number field yMax, yMin or y']),
    ...(values.length > 0 ? [] : ['a number field for the values']),
  ]
  return missing.map((expected) => ({ where: 'the fields', expected, found: describeTypes(frame) }))
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name)
}

function isBound(text: string): boolean {
  return /^[+-]?Inf$/u.test(text) || (text.trim() !== '' && Number.isFinite(Number(text)))
}

function perFrameOf(
  frames: readonly Frame[],
  type: string,
  judge: (frame: Frame) => readonly Omit<PlaneFinding, 'frame'>[],
): readonly PlaneFinding[] | undefined {
  const filled = declaring(frames, type).filter(({ frame }) => frame.fields.length > 0)
  if (filled.length === 0) return undefined
  return filled.flatMap(({ frame, position }) =>
    judge(frame).map((finding) => ({ ...finding, frame: position })),
  )
}

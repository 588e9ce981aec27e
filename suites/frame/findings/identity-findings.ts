import { fieldPlace } from '../../../host/frames/finding.ts'
import type { Field, Frame } from '../../../host/frames/frame.ts'
import type { SeenAnswer, SeenFinding } from '../seen-frame.ts'

/** Judges by what names fields and frames can be told apart (FRAME-039, DATA-203). */
export function identityFindings(answer: SeenAnswer): readonly SeenFinding[] {
  return [...refIdFindings(answer), ...duplicateFindings(answer)]
}

function refIdFindings({ refId, range, frames }: SeenAnswer): readonly SeenFinding[] {
  // An answer that nobody asked for is dropped, whatever its frames say (DATA-202).
  if (range === undefined) return []
  return frames.flatMap(({ frame }, position) => {
    if (frame === undefined || frame.refId === '' || frame.refId === refId) return []
    const expected = `no refId, or ${JSON.stringify(refId)}`
    return [
      {
        spec: 'DATA-203',
        where: 'refId',
        expected,
        found: JSON.stringify(frame.refId),
        advice: true,
        frame: position,
      },
    ]
  })
}

function duplicateFindings(answer: SeenAnswer): readonly SeenFinding[] {
  const series = new Set<string>()
  return answer.frames.flatMap(({ frame }, position) => {
    const inside = new Set<string>()
    return (frame?.fields ?? []).flatMap((field, index) => {
      const identity = identityOf(field)
      // Frames of one answer may repeat their time and text columns; only series are told apart across frames.
      const across = frame !== undefined && answer.whole && isSeries(field, frame)
      const repeated = inside.has(identity) || (across && series.has(`${frame.name}\n${identity}`))
      inside.add(identity)
      if (across) series.add(`${frame.name}\n${identity}`)
      if (!repeated) return []
      const found = `a second one with the labels ${JSON.stringify(field.labels ?? {})}`
      return [
        {
          spec: 'FRAME-039',
          where: fieldPlace(field.name, index),
          expected: 'a name and labels that no other field has',
          found,
          advice: true as const,
          frame: position,
        },
      ]
    })
  })
}

function identityOf({ name, labels, config }: Field): string {
  const sorted = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([name, sorted, config?.['displayNameFromDS'] ?? ''])
}

function isSeries({ type }: Field, frame: Frame): boolean {
  if (type === 'time' || type === 'string' || type === 'json' || type === 'enum') return false
  return frame.fields.some((field) => field.type === 'time')
}

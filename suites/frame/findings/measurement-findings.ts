import { fieldPlace } from '../../../host/frames/finding.ts'
import type { Field } from '../../../host/frames/frame.ts'
import type { SeenAnswer, SeenFinding } from '../seen-frame.ts'

/** So many rows show a habit. */
const ENOUGH_ROWS = 4

/** Notes columns in which NaN seems to stand for "no measurement" (FRAME-038); pieces of a frame can not tell. */
export function measurementFindings(answer: SeenAnswer): readonly SeenFinding[] {
  if (!answer.whole) return []
  return answer.frames.flatMap(({ frame }, position) =>
    (frame?.fields ?? []).flatMap((field, index) => {
      if (!isMeasured(field)) return []
      const missing = field.values.filter((value) => Number.isNaN(value)).length
      // Who has nulls knows the difference.
      if (missing * 2 <= field.values.length || field.values.includes(null)) return []
      const found = `NaN in ${missing} of ${field.values.length} rows, and no null`
      return [
        {
          spec: 'FRAME-038',
          where: fieldPlace(field.name, index),
          expected: 'null where nothing was measured',
          found,
          advice: true as const,
          frame: position,
        },
      ]
    }),
  )
}

/** Whether there are enough floating-point values to tell a habit. */
export function isMeasured({ type, values }: Field): boolean {
  return (type === 'float64' || type === 'float32') && values.length >= ENOUGH_ROWS
}

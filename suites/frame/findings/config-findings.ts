import { fieldPlace } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import type { MetaFinding } from './meta-findings.ts'
import { isRecord, records } from './records.ts'

/** Judges the values of each field's `config` (META-037, 038). */
export function configFindings(frame: Frame): readonly MetaFinding[] {
  return frame.fields.flatMap((field, index) => {
    const where = `${fieldPlace(field.name, index)} config`
    const { displayName, thresholds } = field.config ?? {}
    const named = typeof displayName === 'string' && displayName !== ''
    return [
      ...(named
        ? [
            {
              spec: 'META-038',
              where: `${where}.displayName`,
              expected: 'displayNameFromDS',
              found: JSON.stringify(displayName),
            },
          ]
        : []),
      ...(isRecord(thresholds) ? thresholdFindings(thresholds, `${where}.thresholds`) : []),
    ]
  })
}

function thresholdFindings(thresholds: Record<string, unknown>, where: string): MetaFinding[] {
  const { mode } = thresholds
  const values = records(thresholds['steps']).map((step) => step['value'] ?? null)
  const [first, ...rest] = values
  const modeFinding = { spec: 'META-037', where, expected: 'the mode absolute or percentage' }
  const stepFinding = { spec: 'META-037', where: `${where}.steps`, found: JSON.stringify(values) }
  return [
    ...(mode === 'absolute' || mode === 'percentage'
      ? []
      : [{ ...modeFinding, found: JSON.stringify(mode ?? null) }]),
    ...(first === undefined || first === null
      ? []
      : [{ ...stepFinding, expected: 'null as the value of the first step' }]),
    ...(ascends(rest) ? [] : [{ ...stepFinding, expected: 'values that ascend' }]),
  ]
}

function ascends(values: readonly unknown[]): boolean {
  return values.every((value, index) => {
    if (typeof value !== 'number') return false
    const previous = values[index - 1]
    return typeof previous !== 'number' || previous <= value
  })
}

import { fieldPlace } from '../../../host/frames/finding.ts'
import type { Field, Frame } from '../../../host/frames/frame.ts'
import type { MetaFinding } from './meta-findings.ts'
import { isRecord } from './records.ts'

/** Judges whether enum fields of a JSON frame name their values, as the reader of Arrow does for columns (FRAME-034). */
export function enumFindings(frame: Frame): readonly MetaFinding[] {
  return frame.fields.flatMap((field, index) => {
    if (field.type !== 'enum') return []
    const texts = countTexts(field)
    const place = { spec: 'FRAME-034', where: fieldPlace(field.name, index) }
    if (texts === undefined)
      return [{ ...place, expected: 'the names in config.type.enum.text', found: 'none' }]
    const outside = field.values.find((value) => typeof value === 'number' && value >= texts)
    if (outside === undefined) return []
    const found = `${String(outside)} with ${texts} texts`
    return [{ ...place, expected: 'indices into config.type.enum.text', found }]
  })
}

function countTexts({ config }: Field): number | undefined {
  const type = config?.['type']
  const names = isRecord(type) ? type['enum'] : undefined
  const texts = isRecord(names) ? names['text'] : undefined
  return Array.isArray(texts) ? texts.length : undefined
}

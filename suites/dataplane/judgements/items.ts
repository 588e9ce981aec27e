import { clip } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import type { ContractType, PlacedFrame } from '../contract.ts'
import { contractOf, framesReadAs } from '../contract.ts'
import { fieldsThat, isDimension, isNumeric, isValue, placeOf, rowsOf } from '../fields.ts'
import { describeLabels, dimensionsOf, labelsKey } from '../item-key.ts'
import type { Labels } from '../item-key.ts'
import type { PlaneFinding } from '../judgement.ts'

/** What two items must not have in common, and where it stands. */
interface Identity {
  readonly name: string
  readonly labels: Labels
  readonly frame: number
  readonly where: string
}

/** Finds items of equal name and dimensions (PLANE-004); undefined when there are no items. */
export function itemFindings(frames: readonly Frame[]): readonly PlaneFinding[] | undefined {
  const contract = contractOf(frames)
  if (contract.kind === 'off') return undefined
  const placed = framesReadAs(frames, [contract.type]) ?? []
  const items = placed.flatMap((one) => identitiesOf(one, contract.type))
  if (items.length === 0) return undefined
  const seen = new Set<string>()
  return items.flatMap(({ name, labels, frame, where }) => {
    const key = JSON.stringify([name, labelsKey(labels)])
    const repeated = seen.has(key)
    seen.add(key)
    if (!repeated) return []
    const found = `a second item ${JSON.stringify(clip(name))} {${describeLabels(labels)}}`
    return [{ frame, where, expected: 'items that differ in name or dimensions', found }]
  })
}

function identitiesOf({ frame, position }: PlacedFrame, type: ContractType): readonly Identity[] {
  switch (type) {
    case 'timeseries-wide':
      return fieldItems({ frame, position }, isValue)
    case 'numeric-wide':
      return fieldItems({ frame, position }, isNumeric)
    // The first value field is the item, the others are not read (PLANE-016).
    case 'timeseries-multi':
    case 'numeric-multi':
      return fieldItems({ frame, position }, isValue).slice(0, 1)
    // Rows of one series have equal dimensions, so that only the names of value fields can collide.
    case 'timeseries-long':
      return fieldItems({ frame, position }, isValue).map((item) => ({ ...item, labels: {} }))
    case 'numeric-long':
      return rowItems({ frame, position })
    default:
      return type satisfies never
  }
}

function fieldItems(
  { frame, position }: PlacedFrame,
  test: Parameters<typeof fieldsThat>[1],
): readonly Identity[] {
  return fieldsThat(frame, test).map((placed) => ({
    name: placed.field.name,
    labels: placed.field.labels ?? {},
    frame: position,
    where: placeOf(placed),
  }))
}

function rowItems({ frame, position }: PlacedFrame): readonly Identity[] {
  // Rows that nothing tells apart are what PLANE-027 is about.
  if (!frame.fields.some(isDimension)) return []
  const values = fieldsThat(frame, isNumeric)
  const dimensions = dimensionsOf(frame)
  return Array.from({ length: rowsOf(frame) }, (_, row) => {
    const labels = dimensions(row)
    return values.map(({ field }) => ({
      name: field.name,
      labels,
      frame: position,
      where: `row ${row}`,
    }))
  }).flat()
}

import { clip } from '../../../host/frames/finding.ts'
import type { Frame } from '../../../host/frames/frame.ts'
import type { ContractType, PlacedFrame } from '../../dataplane/contract.ts'
import { declarationOf, framesReadAs } from '../../dataplane/contract.ts'
import { describeTypes, fieldsThat, isNumeric, isValue, rowsOf, timeIndex } from '../../dataplane/fields.ts'
import { dimensionsOf, labelsKey } from '../../dataplane/item-key.ts'
import type { Conversion, Item } from './conversion.ts'

/** Converts frames that are under the contract, with the texts of Grafana's dataplane library (frames.md section 7; dataplane:sdata). */
export function convertTyped(frames: readonly Frame[], type: ContractType): Conversion {
  const placed = framesReadAs(frames, [type]) ?? []
  if (placed[0]?.frame.fields.length === 0) return { kind: 'no-data' }
  const refusal = type.startsWith('timeseries-')
    ? placed.map((one) => seriesRefusal(one, type) ?? mixture(one, type)).find((one) => one !== undefined)
    : strangerRefusal(frames, type)
  if (refusal !== undefined) return refusal
  const items = placed.flatMap(({ frame }) => itemsOf(frame, type))
  return { kind: 'items', of: type.startsWith('timeseries-') ? 'series' : 'numbers', items }
}

function seriesRefusal({ frame, position }: PlacedFrame, type: ContractType): Conversion | undefined {
  const because = `frame ${position} has ${describeTypes(frame)}`
  if (frame.fields.length === 0) {
    const text = `frame ${position} has zero or null fields which is invalid when more than one frame`
    return { kind: 'refused', text, because }
  }
  if (timeIndex(frame) === undefined)
    return { kind: 'refused', text: `frame ${position} is missing a []time.Time field`, because }
  if (frame.fields.some(isValue)) return undefined
  const text =
    type === 'timeseries-multi'
      ? `frame ${position} must have at least one value field but has 0`
      : 'frame is missing a numeric value field'
  return { kind: 'refused', text, because }
}

/** The reader of long series appends values of one name to one column, whatever their types *(ran: sdata v0.0.9)*. */
function mixture({ frame, position }: PlacedFrame, type: ContractType): Conversion | undefined {
  if (type !== 'timeseries-long' || rowsOf(frame) === 0) return undefined
  const types = new Map<string, string>()
  for (const { field } of fieldsThat(frame, isValue)) {
    const own = `${field.nullable ? 'nullable ' : ''}${field.type}`
    const before = types.get(field.name) ?? own
    types.set(field.name, own)
    if (before === own) continue
    const because = `frame ${position} has ${before} and ${own} under the name ${JSON.stringify(clip(field.name))}`
    return { kind: 'refused', text: PANIC, because }
  }
  return undefined
}

/** What an alert rule shows when the reader panics (grafana:pkg/services/ngalert/eval/eval.go EvaluateRaw). */
const PANIC = 'alert rule panic; please check the logs for the full stack'

/** The reader of numeric-multi minds every frame that is not its own (PLANE-031). */
function strangerRefusal(frames: readonly Frame[], type: ContractType): Conversion | undefined {
  if (type !== 'numeric-multi') return undefined
  const position = frames.findIndex((frame) => declarationOf(frame)?.type !== type)
  const stranger = frames[position]
  if (stranger === undefined) return undefined
  const declared = declarationOf(stranger)?.type ?? ''
  return {
    kind: 'refused',
    text:
      stranger.meta === undefined
        ? PANIC
        : `frame has wrong type, expected NumericMulti but got "${declared}"`,
    because: `frame ${position} declares ${declared === '' ? 'no type' : declared}`,
  }
}

function itemsOf(frame: Frame, type: ContractType): readonly Item[] {
  switch (type) {
    case 'timeseries-wide':
      return fieldItems(frame, isValue)
    case 'numeric-wide':
      return fieldItems(frame, isNumeric)
    case 'timeseries-multi':
    case 'numeric-multi':
      return fieldItems(frame, isValue).slice(0, 1)
    case 'timeseries-long':
      return distinct(rowItems(frame, isValue))
    case 'numeric-long':
      return rowItems(frame, isNumeric)
    default:
      return type satisfies never
  }
}

function fieldItems(frame: Frame, test: typeof isValue): readonly Item[] {
  return fieldsThat(frame, test).map(({ field: { name, labels = {} } }) => ({ name, labels }))
}

function rowItems(frame: Frame, test: typeof isValue): readonly Item[] {
  const names = fieldsThat(frame, test).map(({ field }) => field.name)
  const dimensions = dimensionsOf(frame)
  return Array.from({ length: rowsOf(frame) }, (_, row) => {
    const labels = dimensions(row)
    return names.map((name) => ({ name, labels }))
  }).flat()
}

/** The rows of one series are one item. */
function distinct(items: readonly Item[]): readonly Item[] {
  return [
    ...new Map(items.map((item) => [JSON.stringify([item.name, labelsKey(item.labels)]), item])).values(),
  ]
}

import type { Field, FieldValue, Frame } from './frame.ts'

/** Rows shown when the caller does not say; about half a terminal. */
const DEFAULT_ROWS = 20
/** Narrowest terminal that output has to fit. */
const DEFAULT_WIDTH = 80
/** Widest cell; a longer text would push the other columns out. */
const MAX_CELL = 40

/**
 * Draws a frame as a text table: name, dimensions, then one column for each field with name, labels and type, as the Go
 * SDK's `Frame.StringTable` does, and with units where there are any.
 *
 * Rows and columns that do not fit are counted instead of shown: by default 20 rows and 80 characters.
 *
 * @example
 * const { frame } = readArrowFrame(bytes)
 * if (frame !== undefined) console.log(describe(frame, { rows: 10 }))
 */
export function describeFrame(frame: Frame, options: { rows?: number; width?: number } = {}): string {
  const { rows = DEFAULT_ROWS, width = DEFAULT_WIDTH } = options
  const total = greatest(frame.fields.map((field) => field.values.length))
  const head = [
    `Name: ${printable(frame.name)}`,
    `Dimensions: ${frame.fields.length} Fields by ${total} Rows`,
  ]
  if (frame.fields.length === 0) return `${head.join('\n')}\n`
  const shown = total > rows ? Math.max(0, rows - 1) : total
  const withUnits = frame.fields.some((field) => unitOf(field) !== '')
  const columns = fitColumns(
    frame.fields.map((field) => drawColumn(field, { shown, total, withUnits })),
    width,
  )
  const height = greatest(columns.map((column) => column.length))
  const widths = columns.map((column) => greatest(column.map((cell) => cell.length)))
  const line = `+${widths.map((size) => '-'.repeat(size + 2)).join('+')}+`
  const lines = Array.from({ length: height }, (_, row) => {
    const cells = columns.map((column, index) => ` ${(column[row] ?? '').padEnd(widths[index] ?? 0)} `)
    return `|${cells.join('|')}|`
  })
  const header = withUnits ? HEADER_LINES + 1 : HEADER_LINES
  const body = [line, ...lines.slice(0, header), line, ...lines.slice(header), line]
  return `${[...head, ...body].join('\n')}\n`
}

const HEADER_LINES = 3

/** As `Math.max`, which runs out of stack when a plugin sends very many numbers. */
function greatest(sizes: readonly number[]): number {
  return sizes.reduce((most, size) => Math.max(most, size), 0)
}

/** Name of a type as Go prints it, for example `[]*time.Time`. */
export function goTypeOf({ type, nullable }: Field): string {
  const names: Partial<Record<Field['type'], string>> = {
    time: 'time.Time',
    json: 'json.RawMessage',
    enum: 'data.EnumItemIndex',
  }
  return `[]${nullable ? '*' : ''}${names[type] ?? type}`
}

interface Extent {
  readonly shown: number
  readonly total: number
  readonly withUnits: boolean
}

function drawColumn(field: Field, { shown, total, withUnits }: Extent): string[] {
  const labels = Object.entries(field.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
  return [
    `Name: ${printable(field.name)}`,
    `Labels: ${printable(labels.join(', '))}`,
    `Type: ${goTypeOf(field)}`,
    ...(withUnits ? [`Unit: ${printable(unitOf(field))}`] : []),
    ...field.values.slice(0, shown).map((value) => drawCell(field, value)),
    ...(total > shown ? [`...+${total - shown} rows`] : []),
  ]
}

function unitOf({ config }: Field): string {
  const unit = config?.['unit']
  return typeof unit === 'string' ? unit : ''
}

/** Leaves out columns at the right until the rest fits beside a note of how many there were. */
function fitColumns(columns: readonly string[][], width: number): readonly string[][] {
  const kept: string[][] = []
  let used = 1
  for (const [index, column] of columns.entries()) {
    const size = greatest(column.map((cell) => cell.length)) + 3
    const note = [`...+${columns.length - index} fields`]
    const reserve = index === columns.length - 1 ? 0 : (note[0]?.length ?? 0) + 3
    // The first column is shown whatever it takes: a table of nothing helps nobody.
    if (index > 0 && used + size + reserve > width) return [...kept, note]
    kept.push(column)
    used += size
  }
  return kept
}

function drawCell(field: Field, value: FieldValue): string {
  if (value === null) return 'null'
  if (field.type === 'time' && typeof value === 'bigint') return drawTime(value)
  return printable(String(value))
}

/** RFC 3339 in UTC with as many decimals as the instant has. */
function drawTime(instant: bigint): string {
  const second = 1_000_000_000n
  const rest = ((instant % second) + second) % second
  const start = new Date(Number((instant - rest) / 1_000_000n))
  if (Number.isNaN(start.getTime())) return `${instant} ns`
  const decimals = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/u, '')}`
  return `${start.toISOString().slice(0, -5)}${decimals}Z`
}

/** One line without control characters, because a plugin chose the text and a terminal obeys it. */
function printable(text: string): string {
  const line = text.replaceAll(/\p{Cc}/gu, ' ')
  return line.length <= MAX_CELL ? line : `${line.slice(0, MAX_CELL - 1)}…`
}

import type { Field, FieldType, Frame } from '../../../host/frames/frame.ts'

/** Texts of the enum columns, with a colour for each. */
export const enumConfig = {
  type: { enum: { text: ['off', 'on', 'broken'], color: ['blue', 'green', 'red'] } },
} as const

/** Three values of each type: the middle one, and those at the ends that a browser still shows exactly. */
const values: Readonly<Record<FieldType, Field['values']>> = {
  time: [1_700_000_000_000_000_001n, 1_700_000_060_123_456_789n, 1_700_000_120_000_000_000n],
  int8: [0, -128, 127],
  int16: [0, -32_768, 32_767],
  int32: [0, -2_147_483_648, 2_147_483_647],
  int64: [0n, -9_007_199_254_740_991n, 9_007_199_254_740_991n],
  uint8: [0, 1, 255],
  uint16: [0, 1, 65_535],
  uint32: [0, 1, 4_294_967_295],
  uint64: [0n, 1n, 9_007_199_254_740_991n],
  float32: [0.5, -1.25, Infinity],
  float64: [0.1, NaN, -Infinity],
  string: ['', 'zwölf 🎈', 'a "quoted" text\nin two lines'],
  bool: [false, true, false],
  json: ['{"a":[1,null]}', '"text"', '[]'],
  enum: [0, 1, 2],
}

// In the order of the table above: time first, so that it is the time column of the frame.
const types = Object.keys(values) as FieldType[]

/** One column of every type, none of them with nulls. */
export const everyType: Frame = {
  name: 'every type',
  refId: '',
  fields: types.map((type) => column(type, false)),
}

/** The same columns as nullable ones; one value of each is null. */
export const everyTypeNullable: Frame = {
  name: 'every nullable type',
  refId: '',
  fields: types.map((type) => column(type, true)),
}

/** The same columns without rows. */
export const noRows: Frame = {
  name: 'no rows',
  refId: '',
  fields: everyType.fields.map((field) => ({ ...field, values: [] })),
}

/** No columns at all: the documented form of "no data" (FRAME-041). */
export const noFields: Frame = { name: 'no fields', refId: '', fields: [] }

function column(type: FieldType, nullable: boolean): Field {
  const [first = null, , last = null] = values[type]
  return {
    name: `a ${type}`,
    type,
    nullable,
    ...(type === 'enum' ? { config: enumConfig } : {}),
    values: nullable ? [first, null, last] : values[type],
  }
}

import * as fc from 'fast-check'

import type { Field, FieldType, FieldValue, Frame } from '../frame.ts'

/** Any correct frame that Arrow can carry without losing anything. */
export function arbitraryFrame(): fc.Arbitrary<Frame> {
  return fc.nat({ max: 20 }).chain((rows) =>
    fc
      .record({
        name: fc.string({ unit: 'grapheme' }),
        refId: fc.string(),
        meta: fc.option(arbitraryMeta, { nil: undefined }),
        fields: fc.array(arbitraryField(rows), { maxLength: 6 }),
      })
      .map(({ meta, ...frame }) => ({ ...frame, ...(meta === undefined ? {} : { meta }) })),
  )
}

// A JSON round trip turns -0 into 0, in our hands as in Go's.
const arbitraryMeta = fc.record(
  {
    custom: fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))),
    executedQueryString: fc.string({ unit: 'grapheme' }),
  },
  { noNullPrototype: true },
)

const cells: Readonly<Record<FieldType, fc.Arbitrary<FieldValue>>> = {
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32_768, max: 32_767 }),
  int32: fc.integer(),
  int64: fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }),
  uint8: fc.nat({ max: 255 }),
  uint16: fc.nat({ max: 65_535 }),
  uint32: fc.nat({ max: 4_294_967_295 }),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
  float32: fc.float(),
  float64: fc.double(),
  string: fc.string({ unit: 'grapheme' }),
  bool: fc.boolean(),
  time: fc.bigInt({ min: -2_208_988_800_000_000_000n, max: 7_258_118_400_000_000_000n }),
  json: fc.json().filter((text) => text.trim() !== 'null'),
  enum: fc.nat({ max: 2 }),
}

function arbitraryField(rows: number): fc.Arbitrary<Field> {
  return fc
    .record({
      name: fc.string({ unit: 'grapheme', minLength: 1 }),
      type: fc.constantFrom(...fieldTypes),
      nullable: fc.boolean(),
      labels: fc.option(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), { nil: undefined }),
    })
    .chain(({ labels, ...field }) => {
      const cell = field.nullable ? fc.option(cells[field.type]) : cells[field.type]
      return fc.array(cell, { minLength: rows, maxLength: rows }).map((values) => ({
        ...field,
        ...(labels === undefined ? {} : { labels: { ...labels } }),
        ...(field.type === 'enum' ? { config: { type: { enum: { text: ['a', 'b', 'c'] } } } } : {}),
        values,
      }))
    })
}

/** Every field type. */
export const fieldTypes: readonly FieldType[] = [
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
  'string',
  'bool',
  'time',
  'json',
  'enum',
]

/** The types that Grafana knows for a field, named as `typeInfo.frame` names them, `time` and `json` shortened (JSON-003). */
export type FieldType =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'string'
  | 'bool'
  | 'time'
  | 'json'
  | 'enum'

/**
 * One cell of a field.
 *
 * `int64` and `uint64` are bigint; `time` is a bigint of nanoseconds since 1970-01-01T00:00:00Z; `json` is the text of
 * the document; `enum` is the index into `config.type.enum.text`.
 */
export type FieldValue = null | number | bigint | string | boolean

/** A column of a frame, as the host sees it after decoding. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  readonly nullable: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly config?: Readonly<Record<string, unknown>>
  readonly values: readonly FieldValue[]
}

/** A data frame, as the host sees it after decoding: names and metadata first, then columns of equal length. */
export interface Frame {
  readonly name: string
  readonly refId: string
  readonly meta?: Readonly<Record<string, unknown>>
  readonly fields: readonly Field[]
}

import type { ArrowColumnData, ArrowFile } from '../../../host/frames/arrow-file.ts'
import type { ArrowColumn, ArrowMetadata } from '../../../host/frames/arrow-schema.ts'

/** Declares something else for the column of this name. */
export function declareColumn(name: string, change: Partial<ArrowColumn>): (file: ArrowFile) => ArrowFile {
  return (file) => {
    const columns = file.schema.columns.map((column) =>
      column.name === name ? { ...column, ...change } : column,
    )
    return { ...file, schema: { ...file.schema, columns } }
  }
}

/** Adds pairs behind the metadata of the column of this name. */
export function addColumnMetadata(name: string, ...pairs: ArrowMetadata): (file: ArrowFile) => ArrowFile {
  return (file) => {
    const column = file.schema.columns.find((one) => one.name === name)
    return declareColumn(name, { metadata: [...(column?.metadata ?? []), ...pairs] })(file)
  }
}

/** Adds pairs behind the metadata of the frame. */
export function addFrameMetadata(...pairs: ArrowMetadata): (file: ArrowFile) => ArrowFile {
  return (file) => ({ ...file, schema: { ...file.schema, metadata: [...file.schema.metadata, ...pairs] } })
}

/** Renames the metadata keys of the frame and of all columns. */
export function renameKeys(rename: (key: string) => string): (file: ArrowFile) => ArrowFile {
  const renamed = (pairs: ArrowMetadata): ArrowMetadata =>
    pairs.map(([key, value]) => [rename(key), value] as const)
  return ({ schema, ...file }) => ({
    ...file,
    schema: {
      ...schema,
      metadata: renamed(schema.metadata),
      columns: schema.columns.map((column) => ({ ...column, metadata: renamed(column.metadata) })),
    },
  })
}

/** Writes something else into the column of this name, in every batch. */
export function fillColumn(
  name: string,
  change: (column: ArrowColumnData) => Partial<ArrowColumnData>,
): (file: ArrowFile) => ArrowFile {
  return (file) => {
    const index = file.schema.columns.findIndex((column) => column.name === name)
    const batches = file.batches.map((batch) => ({
      ...batch,
      columns: batch.columns.map((column, at) => (at === index ? { ...column, ...change(column) } : column)),
    }))
    return { ...file, batches }
  }
}

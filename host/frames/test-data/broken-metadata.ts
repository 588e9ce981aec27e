import type { Fault } from './broken-file.ts'
import { COUNT, withColumn, withSchemaMetadata } from './broken-file.ts'

/** Files with one fault in their metadata (frames.md section 3). */
export const metadataFaults: readonly Fault[] = [
  {
    what: 'a misspelt frame key',
    bytes: withSchemaMetadata(['refid', 'A']),
    specs: ['META-001'],
    refused: false,
  },
  {
    what: 'a misspelt field key',
    bytes: withColumn(COUNT, { metadata: [['Labels', '{}']] }),
    specs: ['META-002'],
    refused: false,
  },
  {
    what: 'a repeated frame key',
    bytes: withSchemaMetadata(['name', 'a'], ['name', 'b']),
    specs: ['META-003'],
    refused: false,
  },
  {
    what: 'a repeated field key',
    bytes: withColumn(COUNT, {
      metadata: [
        ['labels', '{}'],
        ['labels', '{"a":"b"}'],
      ],
    }),
    specs: ['META-003'],
    refused: false,
  },
  {
    what: 'meta that is no JSON',
    bytes: withSchemaMetadata(['meta', '']),
    specs: ['META-004'],
    refused: true,
  },
  {
    what: 'meta that is no object',
    bytes: withSchemaMetadata(['meta', '[]']),
    specs: ['META-005'],
    refused: true,
  },
  {
    what: 'an error among the metadata',
    bytes: withSchemaMetadata(['error', 'x']),
    specs: ['META-008'],
    refused: false,
  },
  {
    what: 'warnings in meta',
    bytes: withSchemaMetadata(['meta', '{"warnings":[]}']),
    specs: ['META-008'],
    refused: false,
  },
]

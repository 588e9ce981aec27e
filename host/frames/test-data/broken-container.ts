import type { Fault } from './broken-file.ts'
import {
  TEXT,
  batchAt,
  blockAt,
  changed,
  good,
  joined,
  none,
  patched,
  text,
  withColumn,
} from './broken-file.ts'

/** Files with one fault in their packing (frames.md section 1). */
export const containerFaults: readonly Fault[] = [
  { what: 'no bytes', bytes: none, specs: ['FRAME-004'], refused: true },
  { what: 'a short text', bytes: text('garbage'), specs: ['FRAME-002'], refused: true },
  { what: 'a long text', bytes: text('garbage garbage garbage'), specs: ['FRAME-001'], refused: true },
  {
    what: 'a JSON frame',
    bytes: text('{"schema":{"fields":[]},"data":{"values":[]}}'),
    specs: ['FRAME-017'],
    refused: true,
  },
  { what: 'a file cut at the end', bytes: good.slice(0, -3), specs: ['FRAME-001'], refused: true },
  { what: 'the stream format', bytes: good.slice(8, -40), specs: ['FRAME-001'], refused: true },
  { what: 'a footer length of zero', bytes: patched(-10, 0, 0, 0, 0), specs: ['FRAME-002'], refused: true },
  {
    what: 'a footer length beyond the file',
    bytes: patched(-10, 0, 0, 0, 0x7f),
    specs: ['FRAME-002'],
    refused: true,
  },
  { what: 'another first byte', bytes: patched(0, 0x42), specs: ['FRAME-003'], refused: false },
  { what: 'bytes behind the end', bytes: joined(good, text('xy')), specs: ['FRAME-004'], refused: true },
  { what: 'two files glued', bytes: joined(good, good), specs: ['FRAME-004'], refused: true },
  {
    what: 'a footer without sense',
    bytes: patched(-10 - Buffer.from(good).readInt32LE(good.length - 10), 0xff, 0xff, 0xff, 0x7f),
    specs: ['FRAME-001'],
    refused: true,
  },
  {
    what: 'another schema in the first message',
    bytes: changed((file) => ({ ...file, leadingSchema: { ...file.schema, metadata: [] } })),
    specs: ['FRAME-005'],
    refused: false,
  },
  { what: 'a block at an odd offset', bytes: patched(blockAt(), 1), specs: ['FRAME-006'], refused: true },
  {
    what: 'a block without header',
    bytes: patched(blockAt() + 8, 0, 0),
    specs: ['FRAME-006'],
    refused: true,
  },
  {
    what: 'a block beyond the file',
    bytes: patched(blockAt() + 16, 0, 0, 0, 0x10),
    specs: ['FRAME-006'],
    refused: true,
  },
  {
    what: 'a block shorter than its message',
    bytes: patched(blockAt() + 16, 0xf8),
    specs: ['FRAME-006'],
    refused: true,
  },
  {
    what: 'a message that claims another length than its block',
    bytes: patched(batchAt() + 4, 0xf0),
    specs: ['FRAME-006'],
    refused: true,
  },
  {
    what: 'a block with a body above the limit',
    bytes: patched(blockAt() + 16, 0, 0, 0, 0x11),
    specs: ['FRAME-007'],
    refused: true,
  },
  {
    what: 'a dictionary column',
    bytes: withColumn(TEXT, { dictionary: true }),
    specs: ['FRAME-010'],
    refused: true,
  },
  {
    what: 'a dictionary in the footer',
    bytes: changed((file) => ({ ...file, dictionaries: 1 })),
    specs: ['FRAME-010'],
    refused: true,
  },
  {
    what: 'an unknown codec',
    bytes: changed((file) => ({
      ...file,
      batches: file.batches.map((batch) => ({ ...batch, compression: 9 })),
    })),
    specs: ['FRAME-011'],
    refused: true,
  },
  {
    what: 'metadata version V4',
    bytes: changed((file) => ({ ...file, version: 3 })),
    specs: ['FRAME-012'],
    refused: false,
  },
]

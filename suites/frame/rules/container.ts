import type { RuleDefinition } from '../../kernel/rule.ts'
import { allIsLost } from './all-is-lost.ts'

/** How the bytes of a frame are packed (frames.md section 1). */
export const containerRules = {
  'format-is-told': {
    statement: 'The format of a response or chunk is 0 (Arrow) or 1 (JSON) and names what its frames are.',
    level: 'must',
    consequence: `Grafana believes the answer and not its own request, so ${allIsLost} Clients of chunks get a line that is no JSON.`,
    sources: [
      { spec: 'FRAME-017' },
      { spec: 'DATA-207' },
      { spec: 'DATA-208' },
      { spec: 'CHUNK-108' },
      { proto: 'DataResponse.format' },
      { proto: 'QueryChunkedDataResponse.format' },
    ],
  },
  'answers-are-of-bearable-size': {
    statement: 'An answer takes at most 100 MiB.',
    level: 'should',
    consequence:
      'browsers run out of memory; from 2 GiB on Grafana can not receive the answer at all and says RESOURCE_EXHAUSTED.',
    sources: [{ spec: 'FRAME-018' }],
  },
  'complete-arrow-file': {
    statement: 'Every Arrow frame is one complete Arrow IPC file and not a stream.',
    level: 'must',
    consequence: allIsLost,
    sources: [
      { spec: 'FRAME-001' },
      { spec: 'FRAME-002' },
      { spec: 'FRAME-016' },
      { spec: 'DATA-209' },
      { proto: 'DataResponse.frames' },
    ],
  },
  'one-file-per-entry': {
    statement: 'Every entry of the frames holds exactly one file, with nothing behind it.',
    level: 'must',
    consequence: `an empty entry or bytes behind the file: ${allIsLost} Two files glued: only the last is read, at wrong places.`,
    sources: [{ spec: 'FRAME-004' }, { spec: 'DATA-209' }],
  },
  'schema-in-footer': {
    statement: 'The footer of an Arrow file holds a complete schema.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'FRAME-005' }],
  },
  'batches-inside-the-file': {
    statement: 'Every batch that the footer lists begins and ends at a multiple of 8 inside the file.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'FRAME-006' }],
  },
  'batches-within-limits': {
    statement: 'No record batch is larger than 256 MiB, and no batch header larger than 64 MiB.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'FRAME-007' }, { upstream: 'apache/arrow-go:arrow/ipc/file_reader.go' }],
  },
  'no-dictionaries': {
    statement: 'No column of an Arrow frame is dictionary-encoded.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'FRAME-010' }],
  },
  'columns-as-long-as-their-batch': {
    statement: 'Every column of a batch has as many rows as the batch.',
    level: 'must',
    consequence:
      'Grafana up to 12.4 panics and answers "Server Error", or sends status 200 with an empty body; newer ones lose every query of the request.',
    sources: [{ spec: 'FRAME-013' }, { spec: 'PLANE-005' }, { spec: 'ALERT-014' }],
  },
  'buffers-hold-their-rows': {
    statement:
      'The buffers of every column lie inside their batch, are compressed with nothing but LZ4 or ZSTD, and hold the rows that they claim.',
    level: 'must',
    consequence: allIsLost,
    sources: [{ spec: 'FRAME-014' }, { spec: 'FRAME-011' }],
  },
  'readable-by-others': {
    statement:
      'An Arrow file begins with its magic, repeats the schema of its footer, and is little-endian in metadata version V5.',
    level: 'should',
    consequence:
      'Grafana shows the data, but notebooks, tests and JavaScript readers refuse the same bytes or read another schema.',
    sources: [{ spec: 'FRAME-003' }, { spec: 'FRAME-005' }, { spec: 'FRAME-012' }],
  },
} as const satisfies Readonly<Record<string, RuleDefinition>>

import type { ArrowFile } from '../../../host/frames/arrow-file.ts'
import { DataFrameFormat } from '../../../proto/gen/grafana/backend_pb.js'
import { defineMutant } from '../../kernel/mutant.ts'
import { varyData } from '../../query/vary-data.ts'
import { declareColumn, fillColumn } from '../forge/change-arrow.ts'
import { forgeArrow, forgeArrowBytes } from '../forge/forge.ts'
import { withFirstBlock, withoutFooterSchema } from '../forge/patch-footer.ts'
import { rules } from '../rules.ts'

const MIB = 1024 * 1024

/** Misdeeds in the packing of frames. */
export const containerMutants = [
  defineMutant({
    id: 'says-json-and-sends-arrow',
    breaks: [rules['format-is-told']],
    mutate: (base) => ({
      ...base,
      data: {
        ...base.data,
        // Trap: the requested format is copied into the response, and the frames are Arrow all the same.
        async queryData(request, call) {
          const response = await base.data.queryData({ ...request, format: DataFrameFormat.ARROW }, call)
          for (const one of Object.values(response.responses)) one.format = request.format
          return response
        },
      },
    }),
  }),
  defineMutant({
    id: 'sends-all-that-it-has',
    breaks: [rules['answers-are-of-bearable-size']],
    // In a member that no host reads, so that the test does not decode as much.
    mutate: varyData((data) => ({
      toDataResponse(answer, ...rest) {
        const response = data.toDataResponse(answer, ...rest)
        const large = answer.frames.some(({ name }) => name === 'described table')
        return large ? { ...response, jsonMeta: new Uint8Array(101 * MIB) } : response
      },
    })),
  }),
  defineMutant({
    id: 'sends-the-arrow-stream-format',
    breaks: [rules['complete-arrow-file']],
    mutate: forgeArrowBytes('every type', (bytes) => bytes.slice(8, streamEnd(bytes))),
  }),
  defineMutant({
    id: 'cuts-the-end-off-a-frame',
    breaks: [rules['complete-arrow-file']],
    mutate: forgeArrowBytes('every type', (bytes) => bytes.slice(0, -1)),
  }),
  defineMutant({
    id: 'lies-about-the-length-of-the-footer',
    breaks: [rules['complete-arrow-file']],
    mutate: forgeArrowBytes('every type', (bytes) => {
      const copy = bytes.slice()
      new DataView(copy.buffer, copy.byteOffset).setInt32(copy.length - 10, copy.length, true)
      return copy
    }),
  }),
  defineMutant({
    id: 'lists-an-absent-frame-as-no-bytes',
    breaks: [rules['one-file-per-entry']],
    mutate: forgeArrowBytes('no fields', () => new Uint8Array(0)),
  }),
  defineMutant({
    id: 'writes-two-frames-into-one-entry',
    breaks: [rules['one-file-per-entry']],
    mutate: forgeArrowBytes('described table', (bytes) => new Uint8Array(Buffer.concat([bytes, bytes]))),
  }),
  defineMutant({
    id: 'leaves-the-schema-out-of-the-footer',
    breaks: [rules['schema-in-footer']],
    mutate: forgeArrowBytes('every type', withoutFooterSchema),
  }),
  defineMutant({
    id: 'points-outside-the-file',
    breaks: [rules['batches-inside-the-file']],
    mutate: forgeArrowBytes('every type', (bytes) => withFirstBlock(bytes, { bodyLength: MIB })),
  }),
  defineMutant({
    id: 'does-not-align-its-batches',
    breaks: [rules['batches-inside-the-file']],
    mutate: forgeArrowBytes('every type', (bytes) => withFirstBlock(bytes, { offset: 12 })),
  }),
  defineMutant({
    id: 'writes-300-mib-into-one-batch',
    breaks: [rules['batches-within-limits']],
    mutate: forgeArrowBytes('every type', (bytes) => withFirstBlock(bytes, { bodyLength: 300 * MIB })),
  }),
  defineMutant({
    id: 'encodes-texts-as-a-dictionary',
    breaks: [rules['no-dictionaries']],
    mutate: forgeArrow('described table', declareColumn('id', { dictionary: true })),
  }),
  defineMutant({
    id: 'writes-a-column-shorter-than-the-others',
    breaks: [rules['columns-as-long-as-their-batch']],
    mutate: forgeArrow(
      'every type',
      fillColumn('a float64', ({ rows }) => ({ rows: rows - 1 })),
    ),
  }),
  defineMutant({
    id: 'writes-offsets-beyond-the-texts',
    breaks: [rules['buffers-hold-their-rows']],
    mutate: forgeArrow(
      'every type',
      fillColumn('a string', ({ buffers: [validity = none, offsets = none] }) => ({
        buffers: [validity, offsets, none],
      })),
    ),
  }),
  defineMutant({
    id: 'compresses-with-a-codec-of-its-own',
    breaks: [rules['buffers-hold-their-rows']],
    mutate: forgeArrow('every type', inEachBatch({ compression: 9 })),
  }),
  defineMutant({
    id: 'forgets-the-magic-at-the-start',
    breaks: [rules['readable-by-others']],
    mutate: forgeArrowBytes(
      'every type',
      (bytes) => new Uint8Array(Buffer.concat([new Uint8Array(8), bytes.subarray(8)])),
    ),
  }),
  defineMutant({
    id: 'writes-metadata-version-4',
    breaks: [rules['readable-by-others']],
    mutate: forgeArrow('every type', (file) => ({ ...file, version: 3 })),
  }),
  defineMutant({
    id: 'begins-with-another-schema',
    breaks: [rules['readable-by-others']],
    mutate: forgeArrow('every type', (file) => ({
      ...file,
      leadingSchema: { ...file.schema, metadata: [] },
    })),
  }),
]

const none = new Uint8Array(0)

function inEachBatch(change: Partial<ArrowFile['batches'][number]>): (file: ArrowFile) => ArrowFile {
  return (file) => ({ ...file, batches: file.batches.map((batch) => ({ ...batch, ...change })) })
}

/** A stream is a file without magic at both ends and without footer. */
function streamEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return bytes.length - 10 - view.getInt32(bytes.length - 10, true)
}

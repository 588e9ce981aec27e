import { expect, test } from 'vitest'

import { compareFrames } from '../../../host/frames/compare.ts'
import { encodeArrowFile } from '../../../host/frames/arrow-file.ts'
import { readArrowFrame } from '../../../host/frames/read-arrow.ts'
import { describeArrowFile, writeArrowFrame } from '../../../host/frames/write-arrow.ts'
import { scriptedFrame } from '../scripted/scripted-frames.ts'
import { withFirstBlock, withoutFooterSchema } from './patch-footer.ts'
import { writeInBatches } from './several-batches.ts'
import { withStringViews } from './string-views.ts'

const labelledSeries = scriptedFrame('series')
const logLines = scriptedFrame('logs')
const everyTypeNullable = scriptedFrame('nulls')
const noRows = scriptedFrame('rowless')

test.each([labelledSeries, everyTypeNullable, noRows])(
  'batches of two rows hold what one batch holds',
  (frame) => {
    const { frame: read, findings } = readArrowFrame(writeInBatches(frame, 2))
    expect(findings).toEqual([])
    expect(read === undefined ? ['unreadable'] : compareFrames(frame, read)).toEqual([])
  },
)

test.each([everyTypeNullable, logLines])('views hold the same texts', (frame) => {
  const { frame: read, findings } = readArrowFrame(encodeArrowFile(withStringViews(describeArrowFile(frame))))
  expect(findings).toEqual([])
  expect(read === undefined ? ['unreadable'] : compareFrames(frame, read)).toEqual([])
})

test('a footer is patched in the one place that was meant', () => {
  const file = writeArrowFrame(labelledSeries)
  expect(specsOf(withoutFooterSchema(file))).toEqual(['FRAME-005'])
  expect(specsOf(withFirstBlock(file, { metadataLength: 12 }))).toEqual(['FRAME-006'])
  expect(specsOf(withFirstBlock(file, { metadataLength: 128 * 1024 * 1024 }))).toEqual(['FRAME-007'])
  expect(specsOf(file)).toEqual([])
})

function specsOf(bytes: Uint8Array): readonly string[] {
  return readArrowFrame(bytes).findings.map((finding) => finding.spec)
}

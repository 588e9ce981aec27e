import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { createLogReader } from '../../host/logs/read-log-line.ts'
import { isTorn } from './torn.ts'

const torn = (line: string): boolean => isTorn(createLogReader({ goPlugin: '1.7.0' }).read(line))

test.each([
  '{"@level":"info","@mess{"@level":"debug","@message":"b"}',
  '{"@level":"info","@message":"a"}{"@level":"info","@message":"b"}',
  '  "@level": "info",',
  '"@message": "cut off at the fro',
])('%s is a piece of an entry, or several', (line) => {
  expect(torn(line)).toBe(true)
})

test.each([
  '',
  'plain',
  '{',
  '{Name:x Level:"@level"}',
  '["@level"]',
  '"@level"',
  'sent {"@level":"info"} to the backend',
  '{"level":"info","msg":"of another logger"}{"level":"info"}',
  '{"@level":5}',
  'null',
])('%s is not', (line) => {
  expect(torn(line)).toBe(false)
})

test('no whole JSON object is torn', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('@level', '@message', '@timestamp', 'x'), fc.json()),
      (entry) => {
        expect(torn(JSON.stringify(entry))).toBe(false)
      },
    ),
  )
})

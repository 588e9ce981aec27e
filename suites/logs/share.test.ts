import { expect, test } from 'vitest'

import { createLogReader } from '../../host/logs/read-log-line.ts'
import { StructuredShare } from './share.ts'

const good = '{"@level":"info","@message":"ready"}'

function shareOf(...lines: readonly string[]): StructuredShare['share'] {
  const reader = createLogReader({ goPlugin: '1.7.0' })
  const share = new StructuredShare()
  for (const line of lines) share.add('one', reader.read(line))
  return share.share
}

function times(count: number, line: string): readonly string[] {
  return Array.from({ length: count }, () => line)
}

test('silence says nothing', () => {
  expect(shareOf()).toEqual({ kind: 'none' })
})

test('a few notices of a runtime say nothing', () => {
  expect(shareOf(...times(4, 'ExperimentalWarning: …'))).toEqual({ kind: 'none' })
})

test('half of the lines is enough', () => {
  expect(shareOf(...times(10, 'plain'), ...times(10, good))).toEqual({ kind: 'enough' })
})

test('less than half of the lines is too little', () => {
  expect(shareOf(...times(11, 'plain'), ...times(10, good))).toEqual({
    kind: 'too-little',
    structured: 10,
    lost: 11,
  })
})

test('a Go panic with its trace does not count', () => {
  expect(shareOf(good, 'panic: boom', ...times(30, '\tmain.go:3'))).toEqual({ kind: 'enough' })
})

test('levels in brackets do not count', () => {
  expect(shareOf(...times(20, '[WARN] slow'))).toEqual({ kind: 'none' })
})

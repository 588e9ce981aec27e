import { expect, test } from 'vitest'

import { createLogReader } from '../../host/logs/read-log-line.ts'
import { Continuations } from './continuation.ts'

const good = '{"@level":"info","@message":"ready"}'

function found(...lines: readonly string[]): readonly string[] {
  const reader = createLogReader({ goPlugin: '1.7.0' })
  const continuations = new Continuations()
  return lines.flatMap((line) => continuations.add('one', reader.read(line)) ?? [])
}

test('a trace in the middle of the log is found by its first indented line', () => {
  expect(found(good, 'Error: boom', '    at a (a.js:1:1)', '    at b (b.js:1:1)', good)).toEqual([
    '    at a (a.js:1:1)',
  ])
})

test('the last words of a process are not judged', () => {
  expect(found(good, 'Error: boom', '    at a (a.js:1:1)')).toEqual([])
})

test('plain lines without indentation are no continuation', () => {
  expect(found(good, 'notice', 'another notice', '', good)).toEqual([])
})

test('what follows a Go panic is understood by Grafana', () => {
  expect(found(good, 'panic: boom', '\tmain.go:3 +0x1b', good)).toEqual([])
})

test('each process is looked at alone', () => {
  const reader = createLogReader({ goPlugin: '1.7.0' })
  const continuations = new Continuations()
  expect(continuations.add('one', reader.read('    at a (a.js:1:1)'))).toBeUndefined()
  expect(continuations.add('two', reader.read(good))).toBeUndefined()
})

import { expect, test } from 'vitest'

import { errorTextFault, LONGEST_ERROR_BYTES } from './error-text.ts'

test.each([
  ['Go', 'boom\n\ngoroutine 42 [running]:\nmain.query(0x1)\n\t/src/main.go:12 +0x1d'],
  ['Python', 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: no'],
  ['Rust', "thread 'main' panicked\nstack backtrace:\n   0: rust_begin_unwind"],
  ['Java', 'java.lang.NullPointerException\n\tat com.example.Query.run(Query.java:12)'],
  ['.NET', 'System.Exception: no\n   at Plugin.Query.Run() in /src/Query.cs:line 12'],
  [
    'JavaScript',
    'TypeError: x is undefined\n    at query (/src/query.js:12:3)\n    at node:internal/main:1:2',
  ],
])('finds a stack trace of %s', (_, text) => {
  expect(errorTextFault(text)).toMatch(/stack trace/)
})

test.each([
  'syntax error at position 12 (near "from")',
  'line 1:\n  SELECT * FROM t\n         ^ no such table',
  'The server at db.example.com (10.0.0.1) refused the connection',
  'the queue is full:\n  at most 12 queries (see the manual)',
  'goroutine limit reached',
  'x'.repeat(LONGEST_ERROR_BYTES),
])('accepts %.60s', (text) => {
  expect(errorTextFault(text)).toBeUndefined()
})

test('counts bytes, not characters', () => {
  expect(errorTextFault('ü'.repeat(LONGEST_ERROR_BYTES / 2 + 1))).toBe('4098 bytes of error text')
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { createLineSplitter, type LinePiece } from './split-lines.ts'

function split(stream: 'stderr' | 'stdout', ...parts: readonly string[]): readonly LinePiece[] {
  const splitter = createLineSplitter(stream)
  return [...parts.flatMap((part) => splitter.push(Buffer.from(part))), ...splitter.end()]
}

function shape(pieces: readonly LinePiece[]): readonly (readonly [string, number])[] {
  return pieces.map((piece) => [piece.kind, piece.bytes] as const)
}

describe.each(['stderr', 'stdout'] as const)('%s', (stream) => {
  test('is split at line feeds, and a carriage return before one is dropped', () => {
    const pieces = split(stream, 'one\r\ntwo\n\nthree')
    expect(pieces.map((piece) => 'text' in piece && piece.text)).toEqual(['one', 'two', '', 'three'])
  })

  test('yields the same lines however the bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'é', '\r', '\n', 'x'.repeat(32_767), 'x'.repeat(65_534))),
        (parts) => {
          const whole = split(stream, parts.join(''))
          expect(split(stream, ...parts)).toEqual(whole)
          expect(split(stream, ...parts.flatMap((part) => [part.slice(0, 1), part.slice(1)]))).toEqual(whole)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('passes a line of 65 535 bytes', () => {
    expect(shape(split(stream, `${'x'.repeat(65_535)}\nafter\n`))).toEqual([
      ['line', 65_535],
      ['line', 5],
    ])
  })

  test('passes 65 535 bytes without a line feed at the end', () => {
    expect(shape(split(stream, 'x'.repeat(65_535)))).toEqual([['line', 65_535]])
  })

  test('keeps a byte order mark and replaces what is not UTF-8', () => {
    const splitter = createLineSplitter(stream)
    const [piece] = splitter.push(Uint8Array.from([0xef, 0xbb, 0xbf, 0xff, 0x0a]))
    expect(piece).toEqual({ kind: 'line', text: '\ufeff\ufffd', bytes: 4 })
  })
})

describe('stderr beyond 64 KiB', () => {
  test('comes in chunks, the last of them ends with the line', () => {
    expect(shape(split('stderr', `${'x'.repeat(70_000)}\nafter\n`))).toEqual([
      ['chunk', 65_536],
      ['chunk', 4_464],
      ['line', 5],
    ])
  })

  test('leaves an empty chunk behind a line of exactly 65 536 bytes', () => {
    expect(shape(split('stderr', `${'x'.repeat(65_536)}\n`))).toEqual([
      ['chunk', 65_536],
      ['chunk', 0],
    ])
  })

  test('holds a carriage return back at the edge of the buffer', () => {
    expect(shape(split('stderr', `${'x'.repeat(65_535)}\r\n`))).toEqual([
      ['chunk', 65_535],
      ['chunk', 0],
    ])
  })
})

describe('stdout beyond 64 KiB', () => {
  test('is never read again', () => {
    const splitter = createLineSplitter('stdout')
    expect(shape(splitter.push(Buffer.from(`short\n${'x'.repeat(65_536)}`)))).toEqual([
      ['line', 5],
      ['too-long', 65_536],
    ])
    expect(splitter.push(Buffer.from('\nafter\n'))).toEqual([])
    expect(splitter.end()).toEqual([])
  })
})

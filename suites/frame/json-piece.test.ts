import { expect, test } from 'vitest'

import { completeJsonPiece } from './json-piece.ts'

const bytes = (content: string): Uint8Array => new TextEncoder().encode(content)
const first = bytes(
  '{"schema":{"fields":[{"name":"v","typeInfo":{"frame":"int64"}}]},"data":{"values":[[1]]}}',
)

function text(piece: Uint8Array | undefined): string {
  return new TextDecoder().decode(piece)
}

test('a later piece gets the schema of the first piece of its frame', () => {
  const schemas = new Map<string, string>()
  expect(completeJsonPiece(first, 'a', schemas)).toBe(first)
  expect(text(completeJsonPiece(bytes('{"data":{"values":[[9223372036854775807]]}}'), 'a', schemas))).toBe(
    '{"schema":{"fields":[{"name":"v","typeInfo":{"frame":"int64"}}]},"data":{"values":[[9223372036854775807]]}}',
  )
})

test('a piece whose schema never came can not be completed', () => {
  const schemas = new Map<string, string>()
  completeJsonPiece(first, 'a', schemas)
  expect(completeJsonPiece(bytes('{"data":{"values":[[2]]}}'), 'b', schemas)).toBeUndefined()
})

test.each(['', 'null', '[]', '{"data":'])('the piece "%s" is handed back as it is', (broken) => {
  const piece = bytes(broken)
  expect(completeJsonPiece(piece, 'a', new Map())).toBe(piece)
})

import { describe, expect, test } from 'vitest'

import { DataFrameFormat } from '../../proto/gen/grafana/backend_pb.js'
import type { Frame } from '../frames/frame.ts'
import { writeArrowFrame } from '../frames/write-arrow.ts'
import { chunkedRoute } from './chunked-route.ts'
import { chunksOfAnswer, jsonlLine } from './chunks.ts'
import type { Chunk } from './chunks.ts'

const frame: Frame = {
  name: 'n',
  refId: '',
  fields: [{ name: 'v', type: 'int64', nullable: true, values: [1n, null] }],
}
const arrow = writeArrowFrame(frame)
const written = (refId: string): string =>
  `{"schema":{"name":"n","refId":"${refId}","fields":[{"name":"v","type":"number","typeInfo":{"frame":"int64","nullable":true}}]},"data":{"values":[[1,null]]}}`

describe('the query route of the API server', () => {
  test.each([
    ['text/jsonl', 'query-chunked-data'],
    ['application/json, text/jsonl;q=0.9', 'query-chunked-data'],
    ['application/json', 'query-data'],
    ['', 'query-data'],
  ])('accepting %j leads to %s where the feature is on (CHUNK-101)', (accept, kind) => {
    expect(chunkedRoute(accept, { enabled: true }).kind).toBe(kind)
  })

  test('lines are refused with 406 where the feature is off (CHUNK-101)', () => {
    const route = chunkedRoute('text/jsonl', { enabled: false })
    expect(route.kind === 'refused' && route.answer.status).toBe(406)
    expect(chunkedRoute('*/*', { enabled: false }).kind).toBe('query-data')
  })
})

describe('an answer to QueryData in place of chunks (CHUNK-103)', () => {
  const response = {
    status: 200,
    error: '',
    errorSource: '',
    jsonMeta: new Uint8Array(),
    format: DataFrameFormat.ARROW,
  }
  const answer = {
    responses: {
      A: { ...response, $typeName: 'pluginv2.DataResponse' as const, frames: [arrow, arrow] },
      B: {
        ...response,
        $typeName: 'pluginv2.DataResponse' as const,
        frames: [arrow],
        status: 502,
        error: 'gone',
        errorSource: 'downstream',
      },
      C: { ...response, $typeName: 'pluginv2.DataResponse' as const, frames: [] },
    },
  }

  test('has a chunk for each frame, numbered within its refId, and one for an error behind them (CHUNK-103)', () => {
    const chunks = chunksOfAnswer(answer)
    expect(
      chunks.map(({ refId, frameId, frame: bytes, error }) => [refId, frameId, bytes.length > 0, error]),
    ).toEqual([
      ['A', '0', true, ''],
      ['A', '1', true, ''],
      ['B', '0', true, ''],
      ['B', '', false, 'gone'],
    ])
  })

  test('is written as lines (CHUNK-103, CHUNK-112)', () => {
    expect(chunksOfAnswer(answer).map((chunk) => jsonlLine(chunk))).toEqual([
      `{"refId":"A","frameId":"0","frame":${written('A')}}\n`,
      `{"refId":"A","frameId":"1","frame":${written('A')}}\n`,
      `{"refId":"B","frameId":"0","frame":${written('B')}}\n`,
      '{"refId":"B","error":"gone","errorSource":"downstream"}\n',
    ])
  })
})

describe('a line for a chunk', () => {
  const chunk: Chunk = {
    refId: 'A',
    frameId: 'f',
    frame: new TextEncoder().encode('{"schema":{"fields":[]},\n"data":{"values":[]}}'),
    format: DataFrameFormat.JSON,
    status: 200,
    error: '',
    errorSource: '',
  }

  test('copies JSON as it is, line breaks included (CHUNK-109, CHUNK-112)', () => {
    expect(jsonlLine(chunk)).toBe(
      '{"refId":"A","frameId":"f","frame":{"schema":{"fields":[]},\n"data":{"values":[]}}}\n',
    )
  })

  test('names the source of an error, even an empty one, and nothing without an error (CHUNK-112)', () => {
    const none = { ...chunk, frame: new Uint8Array(), frameId: '' }
    expect(jsonlLine({ ...none, error: 'a < b' })).toBe(
      '{"refId":"A","error":"a \\u003c b","errorSource":""}\n',
    )
    expect(jsonlLine({ ...none, errorSource: 'plugin' })).toBe('{"refId":"A"}\n')
  })

  test('does not exist for Arrow that cannot be read', () => {
    expect(
      jsonlLine({ ...chunk, format: DataFrameFormat.ARROW, frame: Buffer.from('garbage') }),
    ).toBeUndefined()
  })
})

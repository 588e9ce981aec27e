import { defineRules } from '../kernel/rule.ts'

/** What a QueryChunkedData answer has to be (rpc.md section 3). */
export const rules = defineRules('chunked', {
  'supported-or-unimplemented': {
    statement: 'QueryChunkedData answers with a stream of frames, or with UNIMPLEMENTED.',
    level: 'must',
    consequence: 'Grafana can not fall back to QueryData: panels show "No data", or an error.',
    sources: [{ spec: 'CHUNK-102' }, { spec: 'ERR-001' }],
  },
  'same-answer-as-query-data': {
    statement: 'The pieces of a chunked answer add up to the answer of QueryData.',
    level: 'must',
    consequence: 'the same panel shows different data, depending on how it was asked.',
    sources: [{ spec: 'CHUNK-114' }],
  },
  'every-message-is-addressed': {
    statement: 'Every message names a refId of the request, and with a frame also a frameId.',
    level: 'must',
    consequence: 'rows are attributed to no query and are lost.',
    sources: [
      { spec: 'CHUNK-104' },
      { spec: 'FRAME-019' },
      { proto: 'QueryChunkedDataResponse.refId' },
      { proto: 'QueryChunkedDataResponse.frameId' },
    ],
  },
  'json-pieces-fit-together': {
    statement: 'The first JSON piece of a frame has its schema; all later ones have matching data alone.',
    level: 'must',
    consequence: 'the rows behind the first piece fail to decode, and the query with them.',
    sources: [{ spec: 'CHUNK-105' }, { spec: 'JSON-026' }, { proto: 'QueryChunkedDataResponse.frameId' }],
  },
  'arrow-pieces-fit-together': {
    statement: 'Every Arrow piece is a complete file, with the same fields as the first piece of its frame.',
    level: 'must',
    consequence: 'the stream ends with "received chunked frame with mismatched field count", or in a panic.',
    sources: [{ spec: 'CHUNK-106' }, { spec: 'FRAME-019' }],
  },
  'frame-is-finished-before-the-next': {
    statement: 'Within a refId all pieces of a frame come before the first piece of another.',
    level: 'should',
    consequence: 'one series appears as several, each with a part of the rows.',
    sources: [{ spec: 'CHUNK-107' }],
  },
  'json-is-on-one-line': {
    statement: 'JSON frames contain no line break.',
    level: 'must',
    consequence: 'Grafana copies them into a line-delimited stream, which then breaks at the client.',
    sources: [{ spec: 'CHUNK-109' }],
  },
  'failures-are-answered-in-band': {
    statement: 'A query that fails gets a message with its refId and error, and the stream ends OK.',
    level: 'should',
    consequence: 'the client sees a cut-off stream: all queries of the request are lost, without a reason.',
    sources: [{ spec: 'CHUNK-110' }, { spec: 'FRAME-020' }],
  },
  'status-is-explicit': {
    statement: 'Messages with data carry a 2xx status, messages with an error 4xx or 5xx.',
    level: 'should',
    consequence: 'accumulated results carry status 0, or success beside an error.',
    sources: [{ spec: 'CHUNK-111' }, { proto: 'QueryChunkedDataResponse.status' }],
  },
  'pieces-are-sent-as-they-come': {
    statement: 'Pieces are sent when they are ready, not when all are.',
    level: 'should',
    consequence: 'the first rows come as late as the last, and memory peaks as with QueryData.',
    sources: [{ spec: 'CHUNK-113' }],
  },
  'cancellation-leaves-no-trace': {
    statement: 'After a stream was cancelled the same query is answered as before.',
    level: 'should',
    consequence: 'a panel stays empty once somebody has left it while it was loading.',
    sources: [{ spec: 'CHUNK-113' }],
  },
})
